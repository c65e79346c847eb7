//! A page read: its articles, their topics and the evidence; and three ways to show it.
//!
//! This module must not know files or arguments.

pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod table;

use std::ops::Range;

use wenlei_model::{Model, Prediction};
use wenlei_text::page::{self, Article, ArticleDocument, Page};

/// Terms of evidence kept for each assigned topic.
const EVIDENCE: usize = 24;

/// An article and what the model says of it.
pub(crate) struct Reading {
    pub(crate) article: Article,
    pub(crate) document: ArticleDocument,
    pub(crate) prediction: Prediction,
}

/// A page, read.
pub(crate) struct PageReading<'a> {
    pub(crate) text: &'a str,
    pub(crate) model: &'a Model,
    pub(crate) page: Page,
    pub(crate) readings: Vec<Reading>,
}

/// A stretch of the page that spoke for a topic.
pub(crate) struct Evidence {
    /// Bytes of the page.
    pub(crate) range: Range<usize>,
    /// Place of the topic in the model.
    pub(crate) topic: usize,
    /// What it added, relative to the strongest term of the topic: above 0, at most 1.
    pub(crate) strength: f64,
}

impl<'a> PageReading<'a> {
    /// Splits and classifies a page.
    pub(crate) fn new(model: &'a Model, text: &'a str) -> Self {
        let page = page::split(text);
        let read = |article: &Article| {
            let document = ArticleDocument::new(article, text);
            let analysis = model.analyze(document.document());
            let mut prediction = model.predict(&analysis);
            model.explain(&mut prediction, document.document(), &analysis, EVIDENCE);
            Reading { article: article.clone(), document, prediction }
        };
        let readings = page.articles.iter().map(read).collect();
        Self { text, model, page, readings }
    }
}

impl Reading {
    /// Places of the assigned topics in the model, with their probabilities.
    pub(crate) fn assigned(&self) -> impl Iterator<Item = (usize, f64)> {
        let assigned = self.prediction.topics.iter().filter(|topic| topic.assigned);
        assigned.map(|topic| (topic.topic, topic.probability))
    }

    /// What spoke for the assigned topics, by place on the page.
    pub(crate) fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        for topic in self.prediction.topics.iter().filter(|topic| topic.assigned) {
            let supporting = topic.explanation.iter().flat_map(|explanation| &explanation.supporting);
            let strongest =
                supporting.clone().map(|term| term.contribution).fold(f64::MIN_POSITIVE, f64::max);
            for term in supporting {
                evidence.extend(term.places.iter().map(|place| Evidence {
                    range: self.document.locate(place.clone()),
                    topic: topic.topic,
                    strength: term.contribution / strongest,
                }));
            }
        }
        evidence.sort_by_key(|evidence| (evidence.range.start, evidence.range.end));
        evidence
    }
}
