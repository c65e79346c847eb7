//! `MODEL_CARD.md`: what a model is, in words and figures.

use std::path::Path;

use askama::Template;
use wenlei_model::{Model, Topic};

use crate::ablation::Ablation;
use crate::bootstrap::interval;
use crate::fit::Fitted;
use crate::metrics::{self, Table, TopicFigures};
use crate::recipe::Recipe;

/// A figure and the interval it may lie in.
struct Estimate {
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Template)]
#[template(path = "MODEL_CARD.md", escape = "none")]
struct Card<'a> {
    recipe: &'a Recipe,
    model: &'a Model,
    topics: Vec<(&'a Topic, TopicFigures, Estimate)>,
    overall: Vec<(&'static str, Estimate)>,
    notes: Option<String>,
    ablation: Option<Ablation>,
    kilobytes: usize,
}

/// The card of a fitted model, in Markdown. `notes.md` in the model's folder is taken over as it is, and the table of
/// `ablation.json` if it was measured on the same corpus.
///
/// # Errors
/// The template can't be rendered.
pub fn render(directory: &Path, recipe: &Recipe, fitted: &Fitted) -> askama::Result<String> {
    let table = &fitted.validation.table;
    let documents = fitted.dataset.samples.len();
    let estimate = |figure: &(dyn Fn(&Table) -> f64 + Sync)| {
        let (low, high) = interval(table, documents, figure);
        Estimate { value: figure(table), low, high }
    };
    let topics = fitted.model.topics().iter().zip(metrics::per_topic(table)).enumerate();
    let topics = topics.map(|(index, (topic, figures))| {
        (topic, figures, estimate(&|table| metrics::topic_figures(table, index).f1))
    });
    let ablation = std::fs::read(directory.join("ablation.json")).ok();
    let ablation: Option<Ablation> = ablation.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Card {
        recipe,
        model: &fitted.model,
        topics: topics.collect(),
        overall: vec![
            ("macro-F1", estimate(&metrics::macro_f1)),
            ("micro-F1", estimate(&metrics::micro_f1)),
            ("every topic right", estimate(&metrics::exact)),
            ("expected calibration error", estimate(&metrics::expected_calibration_error)),
        ],
        notes: std::fs::read_to_string(directory.join("notes.md")).ok(),
        ablation: ablation.filter(|ablation| ablation.corpus_digest == fitted.dataset.corpus.digest),
        kilobytes: fitted.bytes.len() / 1000,
    }
    .render()
}
