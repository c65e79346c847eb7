//! What unlabelled text tells: which words go together.
//!
//! A few thousand labelled articles know few words. A latent semantic basis `V` (Deerwester et al. 1990), the leading
//! right singular vectors of the TF-IDF rows of many unlabelled texts, gives words that occur in the same texts similar
//! rows. The learner sees `(x, s·Vᵀx)` and finds weights `(w, u)`; since `w·x + u·(s·Vᵀx) = (w + s·V·u)·x`, they fold
//! into one weight a word, and the model that is served stays linear.
//!
//! The file holds figures per word, and no text. This module must not know labels, topics or learners.

mod file;
mod matrix;
mod projection;
mod svd;
mod texts;

use std::path::PathBuf;

use ndarray::Array2;
use thiserror::Error;
use wenlei_model::{Family, FeatureExtractor, TermExtractor, Vocabulary};
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
    /// The words.
    pub words: Vocabulary,
    /// Number of texts.
    pub documents: u32,
    /// The basis: words by components.
    pub basis: Array2<f32>,
}

/// What to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackgroundSettings {
    /// Number of components.
    pub rank: usize,
    /// A word in fewer texts is left out.
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
    /// Too few words for so many components.
    #[error("{words} words occur in at least {min_documents} texts: too few for {rank} components")]
    TooFewWords {
        /// Words found.
        words: usize,
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
    /// Reads texts and computes their statistics. `extractor` finds words only.
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
        let features = FeatureExtractor::new(extractor, families, 0.0);
        let BackgroundSettings { rank, min_documents, .. } = settings;
        if features.dimension() < 2 * rank {
            return Err(MakeBackgroundError::TooFewWords {
                words: features.dimension(),
                min_documents,
                rank,
            });
        }
        let rows = matrix::rows(&features, &texts, progress);
        let basis = svd::right_singular_vectors(&rows, rank, settings.seed, progress)?;
        let words = features.families()[Family::Word as usize].vocabulary.clone();
        Ok(Self { words, documents: texts.len() as u32, basis })
    }
}
