//! What each part of the method is worth: models without it, measured on labelled articles.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::evaluate::{Evaluation, UnknownTopic};
use crate::fit::{self, FitError};
use crate::progress::Progress;
use crate::recipe::Recipe;

/// One model and its figures on each data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What the model has that the row before lacks.
    pub part: String,
    /// Its figures, in the order of [`Ablation::data`].
    pub figures: Vec<RowFigures>,
}

/// The figures of one model on one data set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowFigures {
    /// Mean F1 of the topics.
    pub macro_f1: f64,
    /// Share of articles with every topic right.
    pub exact: f64,
    /// Expected calibration error.
    pub ece: f64,
}

/// A table of models, from the plainest to the whole recipe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ablation {
    /// Digest of the corpus that the models were made of.
    pub corpus_digest: String,
    /// Names of the data sets.
    pub data: Vec<String>,
    /// The models.
    pub rows: Vec<Row>,
}

/// Why the table can't be made.
#[derive(Debug, thiserror::Error)]
pub enum AblationError {
    /// A model.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// A data set.
    #[error(transparent)]
    Label(#[from] UnknownTopic),
}

/// Makes and measures the models.
///
/// # Errors
/// A model can't be made, or the data carry other topics.
pub fn ablate(
    directory: &Path,
    recipe: &Recipe,
    data: &[(String, Corpus)],
    progress: Progress,
) -> Result<Ablation, AblationError> {
    let steps = steps(recipe);
    let bar = progress.bar("models", steps.len() as u64);
    let mut corpus_digest = String::new();
    let mut rows = Vec::with_capacity(steps.len());
    for (part, recipe) in steps {
        let fitted = fit::fit(directory, &recipe, Progress::hidden())?;
        let mut figures = Vec::with_capacity(data.len());
        for (_, corpus) in data {
            let summary = Evaluation::new(&fitted.model, corpus, Progress::hidden())?.summary();
            figures.push(RowFigures { macro_f1: summary.macro_f1, exact: summary.exact, ece: summary.ece });
        }
        corpus_digest = fitted.dataset.corpus.digest;
        rows.push(Row { part: part.to_owned(), figures });
        bar.inc(1);
    }
    bar.finish();
    Ok(Ablation { corpus_digest, data: data.iter().map(|(name, _)| name.clone()).collect(), rows })
}

/// The recipes, each with one part more.
fn steps(recipe: &Recipe) -> Vec<(&'static str, Recipe)> {
    let calibrated = recipe.clone();
    let mut passages = calibrated.clone();
    passages.validation.calibrate = false;
    let mut background = passages.clone();
    background.passages.share = 0.0;
    let mut titles = background.clone();
    titles.background = None;
    let mut characters = titles.clone();
    characters.learner.title_weight = 0.0;
    let mut words = characters.clone();
    words.features.terms.family_weights[1..].fill(0.0);
    vec![
        ("words", words),
        ("+ characters", characters),
        ("+ titles", titles),
        ("+ background", background),
        ("+ passages", passages),
        ("+ calibration", calibrated),
    ]
}
