//! Measuring a finished model on labelled articles.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use thiserror::Error;
use wenlei_model::{Decision, Model, Prediction, Topic};
use wenlei_text::Document;

use crate::corpus::{Article, Corpus};
use crate::metrics::{self, Cell, Table, TopicFigures, Truth};
use crate::progress::Progress;

/// An article carries a label that is no topic of the model.
#[derive(Debug, Error)]
#[error("article {article} is labelled {label:?}, which is no topic of the model; its topics: {topics}")]
pub struct UnknownTopic {
    /// The article.
    pub article: String,
    /// Its label.
    pub label: String,
    /// The topics there are.
    pub topics: String,
}

/// What a model says of labelled articles.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// `table[article][topic]`.
    pub table: Table,
    /// The topics, in the order of the columns.
    pub topics: Vec<String>,
    /// How topics exclude one another.
    pub decision: Decision,
}

/// The figures of an evaluation, as `evaluate --json` prints them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Number of articles.
    pub documents: usize,
    /// Mean F1 of the topics.
    pub macro_f1: f64,
    /// F1 over all decisions.
    pub micro_f1: f64,
    /// Share of articles with every scored topic right.
    pub exact: f64,
    /// Share of articles with the right label; only where topics exclude one another.
    pub accuracy: Option<f64>,
    /// Expected calibration error over all scored decisions, ten bins of equal mass.
    pub ece: f64,
    /// The figures of each topic.
    pub topics: BTreeMap<String, TopicFigures>,
}

impl Evaluation {
    /// The `count` worst decisions, with the terms that led to them, and how many there are in all.
    pub fn worst(&self, model: &Model, corpus: &Corpus, count: usize) -> (Vec<Mistake>, usize) {
        let mut mistakes = mistakes(&self.table, &corpus.articles, model.topics());
        let all = mistakes.len();
        mistakes.truncate(count);
        for mistake in &mut mistakes {
            if let Some(article) = corpus.articles.iter().find(|article| article.id == mistake.article) {
                mistake.explain(model, article);
            }
        }
        (mistakes, all)
    }

    /// Classifies every article of `corpus`.
    ///
    /// # Errors
    /// An article carries a label that is no topic of the model.
    pub fn new(model: &Model, corpus: &Corpus, progress: Progress) -> Result<Self, UnknownTopic> {
        let topics: Vec<String> = model.topics().iter().map(|topic| topic.id.clone()).collect();
        let truths = truths(&corpus.articles, &topics)?;
        let bar = progress.bar("classifying", corpus.articles.len() as u64);
        let table = corpus
            .articles
            .par_iter()
            .zip(truths)
            .map(|(article, truths)| {
                let prediction = model.classify(&Document::new(&article.title, &article.text));
                bar.inc(1);
                cells(&prediction, &truths)
            })
            .collect();
        bar.finish();
        Ok(Self { table, topics, decision: model.manifest().decision })
    }

    /// The figures.
    pub fn summary(&self) -> Summary {
        let exact = metrics::exact(&self.table);
        Summary {
            documents: self.table.len(),
            macro_f1: metrics::macro_f1(&self.table),
            micro_f1: metrics::micro_f1(&self.table),
            exact,
            accuracy: (self.decision == Decision::Exclusive).then_some(exact),
            ece: metrics::expected_calibration_error(&self.table),
            topics: self.topics.iter().cloned().zip(metrics::per_topic(&self.table)).collect(),
        }
    }
}

/// A wrong decision and the terms that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    /// The article's id.
    pub article: String,
    /// The article's title, or the beginning of its text.
    pub headline: String,
    /// The topic.
    pub topic: String,
    /// Whether the article carries it.
    pub carried: bool,
    /// The model's probability.
    pub probability: f64,
    /// How far the margin is on the wrong side of the threshold, as a difference of log-odds.
    pub distance: f64,
    /// The terms that spoke for the wrong decision, strongest first.
    pub terms: Vec<String>,
}

/// Terms named for each mistake.
const NAMED_TERMS: usize = 8;
/// Characters of the text that stand for a missing title.
const HEADLINE_LENGTH: usize = 24;

/// The wrong decisions of a table about `articles`, worst first, without terms.
pub fn mistakes(table: &Table, articles: &[Article], topics: &[Topic]) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    for (article, row) in articles.iter().zip(table) {
        let wrong = row.iter().zip(topics).filter(|(cell, _)| !cell.is_right());
        mistakes.extend(wrong.map(|(cell, topic)| Mistake::new(article, topic, *cell)));
    }
    mistakes.sort_by(|a, b| b.distance.total_cmp(&a.distance));
    mistakes
}

impl Mistake {
    fn new(article: &Article, topic: &Topic, cell: Cell) -> Self {
        let log_odds = |probability: f64| (probability / (1.0 - probability)).ln();
        let headline = if article.title.is_empty() { &article.text } else { &article.title };
        Self {
            article: article.id.clone(),
            headline: headline.chars().take(HEADLINE_LENGTH).collect(),
            topic: topic.id.clone(),
            carried: cell.truth == Truth::Carried,
            probability: cell.probability,
            distance: (log_odds(cell.probability) - log_odds(topic.threshold)).abs(),
            terms: Vec::new(),
        }
    }

    /// Adds the terms that led `model` to the mistake about `article`.
    pub fn explain(&mut self, model: &Model, article: &Article) {
        let document = Document::new(&article.title, &article.text);
        let analysis = model.analyze(&document);
        let mut prediction = model.predict(&analysis);
        model.explain(&mut prediction, &document, &analysis, NAMED_TERMS);
        let topic = prediction.topics.into_iter().find(|topic| model.topics()[topic.topic].id == self.topic);
        if let Some(explanation) = topic.and_then(|topic| topic.explanation) {
            let terms = if self.carried { explanation.opposing } else { explanation.supporting };
            self.terms = terms.into_iter().map(|term| term.term).collect();
        }
    }
}

/// What the labels say of every topic of every article.
///
/// # Errors
/// A label is no topic.
pub fn truths(articles: &[Article], topics: &[String]) -> Result<Vec<Vec<Truth>>, UnknownTopic> {
    articles
        .iter()
        .map(|article| {
            if let Some(label) =
                article.topics.iter().chain(&article.optional).find(|label| !topics.contains(label))
            {
                let (article, label) = (article.id.clone(), label.clone());
                return Err(UnknownTopic { article, label, topics: topics.join(", ") });
            }
            Ok(topics.iter().map(|topic| truth(article, topic)).collect())
        })
        .collect()
}

fn truth(article: &Article, topic: &String) -> Truth {
    if article.optional.contains(topic) {
        Truth::Arguable
    } else if article.topics.contains(topic) {
        Truth::Carried
    } else {
        Truth::Absent
    }
}

fn cells(prediction: &Prediction, truths: &[Truth]) -> Vec<Cell> {
    let topics = prediction.topics.iter().zip(truths);
    topics
        .map(|(topic, truth)| Cell {
            truth: *truth,
            probability: topic.probability,
            assigned: topic.assigned,
        })
        .collect()
}
