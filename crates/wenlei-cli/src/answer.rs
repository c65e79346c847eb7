//! Answers, whoever gave them: `source` fills these types, `commands` and `page_view` show them.
//!
//! Kinds, roles and reasons keep the names that `wenlei-text` and `wenlei-model` give them. This module must not know
//! where answers come from or how they are shown.

use std::ops::Range;

use wenlei_model::NoTopicReason;
use wenlei_text::page;

/// The model that gave an answer.
pub(crate) struct ModelIdentity {
    pub(crate) name: String,
    /// BLAKE3 digest of its file, in hexadecimal.
    pub(crate) digest: String,
}

/// The topics of a document.
pub(crate) struct Classification {
    /// Every topic of the model, in its order.
    pub(crate) topics: Vec<Topic>,
    /// Set when no topic is assigned.
    pub(crate) no_topic: Option<NoTopicReason>,
    pub(crate) model: ModelIdentity,
}

/// One topic of a document or an article.
pub(crate) struct Topic {
    pub(crate) id: String,
    pub(crate) name_zh: String,
    /// 0 to 1.
    pub(crate) probability: f64,
    pub(crate) assigned: bool,
    /// Set when it was asked for.
    pub(crate) explanation: Option<Explanation>,
}

/// What spoke for and against a topic, strongest first.
pub(crate) struct Explanation {
    pub(crate) supporting: Vec<Contribution>,
    pub(crate) opposing: Vec<Contribution>,
}

/// What one term added to a margin.
pub(crate) struct Contribution {
    pub(crate) term: String,
    pub(crate) added: f64,
    /// Where it stands, in bytes of the page; empty for single documents, which are shown without places.
    pub(crate) places: Vec<Range<usize>>,
}

/// A word of a document, in normal form.
pub(crate) struct Word {
    pub(crate) text: String,
    /// Empty unless it was asked for.
    pub(crate) part_of_speech: String,
}

/// The features of a document.
pub(crate) struct Features {
    /// How many of the model's features the document has.
    pub(crate) present: usize,
    /// How many features the model has.
    pub(crate) dimension: usize,
    /// As many as were asked for, heaviest first.
    pub(crate) heaviest: Vec<Feature>,
    /// The words that characterise the document best, best first.
    pub(crate) keywords: Vec<String>,
}

/// One feature of a document.
pub(crate) struct Feature {
    pub(crate) term: String,
    pub(crate) family: Family,
    pub(crate) count: u32,
    pub(crate) idf: f64,
    pub(crate) weight: f64,
}

/// A kind of features.
#[derive(Clone, Copy)]
pub(crate) enum Family {
    Word,
    Characters,
}

/// A page, read.
pub(crate) struct Page {
    /// In the order of the page.
    pub(crate) articles: Vec<Article>,
    /// What belongs to no article.
    pub(crate) furniture: Vec<page::Furniture>,
    pub(crate) model: ModelIdentity,
}

/// An article of a page.
pub(crate) struct Article {
    /// What it is and where its parts stand, in bytes of the page.
    pub(crate) outline: page::Article,
    /// Empty when it has none.
    pub(crate) title: String,
    pub(crate) text: String,
    /// Every topic of the model, in its order.
    pub(crate) topics: Vec<Topic>,
}

impl Article {
    /// The assigned topics with their places in the model's order.
    pub(crate) fn assigned(&self) -> impl Iterator<Item = (usize, &Topic)> {
        self.topics.iter().enumerate().filter(|(_, topic)| topic.assigned)
    }
}
