//! From a recipe to a model file.

use std::path::Path;

use thiserror::Error;
use wenlei_model::manifest::FORMAT_VERSION;
use wenlei_model::{Manifest, Model, ModelError, Parts, Scorer, SelfTest};
use wenlei_text::{Document, JIEBA_VERSION, NORMALIZER_VERSION};

use crate::background::Projection;
use crate::corpus::Article;
use crate::dataset::{self, Dataset, DatasetError};
use crate::learner::{LearnerError, LinearClassifier};
use crate::progress::Progress;
use crate::recipe::Recipe;
use crate::validate::fit_topics;
use crate::validation::Validation;

/// Length of a self-test sentence in characters.
const SELF_TEST_LENGTH: usize = 60;

/// Why no model could be made.
#[derive(Debug, Error)]
pub enum FitError {
    /// The corpus.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The learner.
    #[error(transparent)]
    Learner(#[from] LearnerError),
    /// The calibration.
    #[error("the probabilities can't be calibrated: {0}")]
    Calibration(#[from] linfa_logistic::error::Error),
    /// The finished model fails its own test.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// A model and what was seen while it was made.
#[derive(Debug)]
pub struct Fitted {
    /// The model file.
    pub bytes: Vec<u8>,
    /// The model read back from it.
    pub model: Model,
    /// The corpus it was made of.
    pub dataset: Dataset,
    /// Its cross-validation.
    pub validation: Validation,
}

/// Makes the model of `directory`, whose recipe is `recipe`.
///
/// # Errors
/// See [`FitError`].
pub fn fit(directory: &Path, recipe: &Recipe, progress: Progress) -> Result<Fitted, FitError> {
    let dataset = Dataset::prepare(directory, recipe, progress)?;
    let validation = Validation::run(&dataset.samples, recipe, progress)?;
    let everything: Vec<usize> = (0..dataset.samples.len()).collect();
    let classifiers = fit_topics(&dataset.samples, &everything, &recipe.learner)?;
    let (user_dictionary, stop_words) = dataset::words(directory, recipe).map_err(DatasetError::from)?;
    let manifest = Manifest {
        format_version: FORMAT_VERSION,
        name: recipe.name.clone(),
        normalizer_version: NORMALIZER_VERSION,
        jieba_version: JIEBA_VERSION.to_owned(),
        user_dictionary,
        stop_words,
        terms: recipe.features.terms,
        unknown_idf: dataset.unknown_idf,
        passages: recipe.passages,
        decision: recipe.decision,
        calibration: validation.calibration,
        topics: validation.topics(&dataset.topics),
        figures: validation.figures(),
        corpus_digest: dataset.corpus.digest.clone(),
        training_documents: dataset.corpus.articles.len() as u32,
        self_test: Vec::new(),
    };
    let families = dataset.features.families().clone();
    let parts = Parts { manifest, families, scorer: scorer(&classifiers, &dataset.projection) };
    let (bytes, model) = finish(parts, &dataset.corpus.articles)?;
    Ok(Fitted { bytes, model, dataset, validation })
}

fn scorer(classifiers: &[LinearClassifier<f32>], projection: &Projection) -> Scorer {
    let folded: Vec<Vec<f64>> =
        classifiers.iter().map(|classifier| projection.fold(classifier.weights())).collect();
    let dimension = folded.first().map_or(0, Vec::len);
    let weights = (0..dimension)
        .flat_map(|feature| folded.iter().map(move |weights| weights[feature] as f32))
        .collect();
    Scorer::new(weights, classifiers.iter().map(|classifier| f64::from(classifier.intercept())).collect())
}

/// Writes the model, reads it back, asks it the self-test, and writes it again with the answers.
fn finish(mut parts: Parts, articles: &[Article]) -> Result<(Vec<u8>, Model), ModelError> {
    let draft = Model::from_bytes(&parts.to_bytes()?)?;
    parts.manifest.self_test = parts
        .manifest
        .topics
        .iter()
        .filter_map(|topic| articles.iter().find(|article| article.topics.contains(&topic.id)))
        .map(|article| {
            let text: String = article.text.chars().take(SELF_TEST_LENGTH).collect();
            let prediction = draft.classify(&Document::new("", &text));
            SelfTest {
                text,
                probabilities: prediction.topics.iter().map(|topic| topic.probability).collect(),
            }
        })
        .collect();
    let bytes = parts.to_bytes()?;
    let model = Model::from_bytes(&bytes)?;
    Ok((bytes, model))
}
