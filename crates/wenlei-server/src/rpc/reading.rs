//! Reading one document, stage by stage: the same for single documents, batches, streams and pages.

use std::time::Duration;

use wenlei_model::{Model, Prediction};
use wenlei_text::{Document, MaskedText};

use super::stages::Stopwatch;
use crate::metrics::Stage;

/// How long it took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Times {
    /// Cutting it into words and computing features.
    pub(super) features: Duration,
    /// Scoring, calibration and explanation.
    pub(super) score: Duration,
}

/// What `model` says of a document, explained with so many terms for and against each topic if any.
pub(super) fn read(
    model: &Model,
    document: &Document,
    explain_terms: Option<usize>,
    stopwatch: &mut Stopwatch,
) -> (Prediction, Times) {
    let text = MaskedText::new(document);
    let words = model.words(&text);
    let segment = stopwatch.lap(Stage::Segment);
    let analysis = model.analyze_words(&text, &words);
    let features = stopwatch.lap(Stage::Features);
    let mut prediction = model.predict(&analysis);
    if let Some(terms) = explain_terms {
        model.explain(&mut prediction, document, &analysis, terms);
    }
    let score = stopwatch.lap(Stage::Score);
    (prediction, Times { features: segment + features, score })
}
