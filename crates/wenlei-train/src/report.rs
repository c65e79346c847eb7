//! `report.html`: a model to look at.

use askama::Template;
use wenlei_model::{Family, Model};

use crate::fit::Fitted;
use crate::metrics::{self, TopicFigures};
use crate::recipe::Recipe;

/// Terms listed for and against each topic.
const LISTED_TERMS: usize = 24;

/// A term and its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedTerm {
    /// The term.
    pub term: String,
    /// Its family.
    pub family: Family,
    /// Its weight times its inverse document frequency: what one occurrence adds, before the document is normalised.
    pub weight: f64,
}

struct TopicReport<'a> {
    topic: &'a wenlei_model::Topic,
    figures: TopicFigures,
    supporting: Vec<WeightedTerm>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Report<'a> {
    recipe: &'a Recipe,
    model: &'a Model,
    topics: Vec<TopicReport<'a>>,
}

/// The report of a fitted model: one HTML page without script.
///
/// # Errors
/// The template can't be rendered.
pub fn render(recipe: &Recipe, fitted: &Fitted) -> askama::Result<String> {
    let topics = fitted
        .model
        .topics()
        .iter()
        .zip(metrics::per_topic(&fitted.validation))
        .enumerate()
        .map(|(index, (topic, figures))| {
            let supporting = heaviest_terms(&fitted.model, index, LISTED_TERMS);
            TopicReport { topic, figures, supporting }
        })
        .collect();
    Report { recipe, model: &fitted.model, topics }.render()
}

/// The `count` words that speak most strongly for a topic, given by its place in the model.
pub fn heaviest_terms(model: &Model, topic: usize, count: usize) -> Vec<WeightedTerm> {
    let words = model.features().families()[Family::Word as usize].vocabulary.len();
    let mut terms: Vec<(u32, f64)> = (0..words as u32)
        .map(|index| {
            let weight = model.scorer().weights_of(index)[topic];
            (index, f64::from(weight) * f64::from(model.features().idf(index)))
        })
        .collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    terms
        .into_iter()
        .take(count)
        .map(|(index, weight)| {
            let (family, term) = model.features().term(index);
            WeightedTerm { term: term.to_owned(), family, weight }
        })
        .collect()
}
