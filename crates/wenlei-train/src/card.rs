//! `MODEL_CARD.md`: what a model is, in words and figures.

use askama::Template;

use crate::fit::Fitted;
use crate::metrics::{self, TopicFigures};
use crate::recipe::Recipe;

#[derive(Template)]
#[template(path = "MODEL_CARD.md", escape = "none")]
struct Card<'a> {
    recipe: &'a Recipe,
    model: &'a wenlei_model::Model,
    topics: Vec<(&'a wenlei_model::Topic, TopicFigures)>,
    kilobytes: usize,
}

/// The card of a fitted model, in Markdown.
///
/// # Errors
/// The template can't be rendered.
pub fn render(recipe: &Recipe, fitted: &Fitted) -> askama::Result<String> {
    let topics = fitted.model.topics().iter().zip(metrics::per_topic(&fitted.validation)).collect();
    Card { recipe, model: &fitted.model, topics, kilobytes: fitted.bytes.len() / 1000 }.render()
}
