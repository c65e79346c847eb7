//! A model to look at: figures and pictures on one HTML page without script.

use askama::Template;
use wenlei_model::{Family, Model};

use crate::chart::{Chart, Series};
use crate::evaluate::Mistake;
use crate::metrics::{self, Table, TopicFigures, Truth};

/// Terms listed for each topic.
const LISTED_TERMS: usize = 24;

/// A term and its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedTerm {
    /// The term.
    pub term: String,
    /// Its weight times its inverse document frequency: what one occurrence adds, before the text is normalised.
    pub weight: f64,
}

/// What a report shows.
#[derive(Debug)]
pub struct Report<'a> {
    /// Its headline.
    pub title: &'a str,
    /// What was measured.
    pub subtitle: String,
    /// The model.
    pub model: &'a Model,
    /// What the model said.
    pub table: &'a Table,
    /// Macro-F1 over the number of training articles; empty for no picture of it.
    pub learning_curve: &'a [(usize, f64)],
    /// Wrong decisions, worst first.
    pub mistakes: &'a [Mistake],
}

struct TopicReport<'a> {
    topic: &'a wenlei_model::Topic,
    figures: TopicFigures,
    terms: Vec<WeightedTerm>,
    /// Of the documents that carry this topic, how many are assigned each topic, and a share for the shade.
    assigned: Vec<(usize, f64)>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report<'a>,
    topics: Vec<TopicReport<'a>>,
    figures: wenlei_model::Figures,
    precision_recall: String,
    reliability: String,
    learning: Option<String>,
}

impl Report<'_> {
    /// The page.
    ///
    /// # Errors
    /// A template can't be rendered.
    pub fn render(&self) -> askama::Result<String> {
        let figures = metrics::per_topic(self.table);
        let topics = self.model.topics().iter().zip(figures).enumerate();
        let topics = topics
            .map(|(index, (topic, figures))| TopicReport {
                topic,
                figures,
                terms: heaviest_terms(self.model, index, LISTED_TERMS),
                assigned: self.assigned(index),
            })
            .collect();
        let learning = (!self.learning_curve.is_empty()).then(|| self.learning().to_svg()).transpose()?;
        Page {
            report: self,
            topics,
            figures: metrics::figures(self.table),
            precision_recall: self.precision_recall().to_svg()?,
            reliability: self.reliability().to_svg()?,
            learning,
        }
        .render()
    }

    fn assigned(&self, topic: usize) -> Vec<(usize, f64)> {
        let carrying: Vec<_> = self.table.iter().filter(|row| row[topic].truth == Truth::Carried).collect();
        let topics = 0..self.model.topics().len();
        topics
            .map(|other| carrying.iter().filter(|row| row[other].assigned).count())
            .map(|count| (count, count as f64 / carrying.len().max(1) as f64))
            .collect()
    }

    fn precision_recall(&self) -> Chart {
        let series = self.model.topics().iter().enumerate().map(|(index, topic)| {
            let cells = self.table.iter().map(|row| row[index]);
            Series { name: topic.name_en.clone(), points: metrics::precision_recall(cells) }
        });
        Chart {
            x_label: "recall",
            y_label: "precision",
            x_range: (0.0, 1.0),
            y_range: (0.0, 1.0),
            marked: false,
            diagonal: false,
            series: series.collect(),
        }
    }

    fn reliability(&self) -> Chart {
        let bins = metrics::bins(self.table, 10);
        let points = bins.iter().map(|bin| (bin.probability, bin.carried)).collect();
        Chart {
            x_label: "mean probability",
            y_label: "share that carries the topic",
            x_range: (0.0, 1.0),
            y_range: (0.0, 1.0),
            marked: true,
            diagonal: true,
            series: vec![Series { name: "ten bins of equal mass".into(), points }],
        }
    }

    fn learning(&self) -> Chart {
        let points: Vec<(f64, f64)> =
            self.learning_curve.iter().map(|(size, f1)| (*size as f64, *f1)).collect();
        let largest = points.last().map_or(1.0, |point| point.0);
        let lowest = points.iter().map(|point| point.1).fold(1.0, f64::min);
        Chart {
            x_label: "training articles",
            y_label: "macro-F1",
            x_range: (0.0, largest),
            y_range: ((lowest * 10.0).floor() / 10.0, 1.0),
            marked: true,
            diagonal: false,
            series: vec![Series { name: "macro-F1".into(), points }],
        }
    }
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
        .map(|(index, weight)| WeightedTerm { term: model.features().term(index).1.to_owned(), weight })
        .collect()
}
