//! What unlabelled text tells: how common terms are and which go together.
//!
//! A few hundred labelled articles know few words. A latent semantic basis `V` (Deerwester et al. 1990), the leading
//! right singular vectors of the TF-IDF rows of many unlabelled texts, gives terms that occur in the same texts similar
//! rows. The learner sees `(x, s·Vᵀx)` and finds weights `(w, u)`; since `w·x + u·(s·Vᵀx) = (w + s·V·u)·x`, they fold
//! into one weight a term, and the model that is served stays linear.
//!
//! The file holds figures per term, and no text. This module must not know labels, topics or learners.

mod file;
mod matrix;
mod projection;
mod svd;
mod texts;

use std::path::PathBuf;

use ndarray::Array2;
use thiserror::Error;
use wenlei_model::features::Families;
use wenlei_model::{FeatureExtractor, TermExtractor};
use wenlei_text::Document;

pub use file::BackgroundError;
pub use projection::Projection;
pub(crate) use projection::extend;
pub use texts::TextError;

use crate::lexicon;
use crate::progress::Progress;

/// Statistics of unlabelled text.
#[derive(Clone, Debug)]
pub struct Background {
    /// The terms by family, with their inverse document frequencies in the unlabelled text.
    pub families: Families,
    /// Number of texts.
    pub documents: u32,
    /// The basis: terms (all families one after another) by components.
    pub basis: Array2<f32>,
}

/// What to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackgroundSettings {
    /// Number of components.
    pub rank: usize,
    /// A term in fewer texts is left out.
    pub min_documents: u32,
    /// Seed of the search for the basis.
    pub seed: u64,
}

/// Why no background could be made.
#[derive(Debug, Error)]
pub enum MakeBackgroundError {
    /// The texts.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Too few terms for so many components.
    #[error("{terms} terms occur in at least {min_documents} texts: too few for {rank} components")]
    TooFewTerms {
        /// Terms found.
        terms: usize,
        /// The least number of texts.
        min_documents: u32,
        /// Components asked for.
        rank: usize,
    },
    /// The decomposition.
    #[error("the basis can't be computed: {0}")]
    Svd(#[from] linfa_linalg::LinalgError),
}

impl Background {
    /// Reads texts and computes their statistics.
    ///
    /// # Errors
    /// See [`MakeBackgroundError`].
    pub fn make(
        texts: &[PathBuf],
        extractor: TermExtractor,
        settings: BackgroundSettings,
        progress: Progress,
    ) -> Result<Self, MakeBackgroundError> {
        let texts = texts::read(texts)?;
        let document = |text: &String| Document::new("", text);
        let families = lexicon::features(&extractor, &texts, document, settings.min_documents, progress);
        let features = FeatureExtractor::new(extractor, families);
        let BackgroundSettings { rank, min_documents, .. } = settings;
        if features.dimension() < 2 * rank {
            return Err(MakeBackgroundError::TooFewTerms {
                terms: features.dimension(),
                min_documents,
                rank,
            });
        }
        let rows = matrix::rows(&features, &texts, progress);
        let basis = svd::right_singular_vectors(&rows, rank, settings.seed, progress)?;
        Ok(Self { families: features.families().clone(), documents: texts.len() as u32, basis })
    }
}
