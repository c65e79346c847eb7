//! Which terms spoke for and against a topic, and where they stand.

use std::ops::Range;

use crate::features::{FeatureExtractor, FeatureVector, Occurrences};
use crate::scorer::Scorer;
use crate::terms::Family;

/// What one term added to a margin.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The term in normal form.
    pub term: String,
    /// Its family.
    pub family: Family,
    /// Weight of the term times its value in the document.
    pub contribution: f64,
    /// Its places in the document's normalised text.
    pub places: Vec<Range<usize>>,
}

/// How a margin came about: `margin = bias + Σ supporting + Σ opposing + remaining`.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The margin before any term is seen.
    pub bias: f64,
    /// Terms that spoke for the topic, strongest first.
    pub supporting: Vec<Contribution>,
    /// Terms that spoke against it, strongest first.
    pub opposing: Vec<Contribution>,
    /// What all other terms added.
    pub remaining: f64,
}

/// Everything an explanation is drawn from.
pub(crate) struct Evidence<'a> {
    pub(crate) features: &'a FeatureExtractor,
    pub(crate) scorer: &'a Scorer,
    pub(crate) vector: &'a FeatureVector,
    pub(crate) occurrences: &'a Occurrences,
}

impl Evidence<'_> {
    /// Explains the margin of `topic`, listing at most `terms` terms for and as many against it.
    pub(crate) fn explain(&self, topic: usize, terms: usize) -> Explanation {
        let mut all: Vec<(u32, f64)> = self
            .vector
            .features
            .iter()
            .map(|feature| {
                let weight = self.scorer.weights_of(feature.index)[topic];
                (feature.index, f64::from(weight) * f64::from(feature.value))
            })
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let supporting = all.iter().take_while(|(_, contribution)| *contribution > 0.0).count().min(terms);
        let opposing =
            all.iter().rev().take_while(|(_, contribution)| *contribution < 0.0).count().min(terms);
        let (rest, against) = all.split_at(all.len() - opposing);
        let (in_favour, rest) = rest.split_at(supporting);
        Explanation {
            bias: self.scorer.bias()[topic],
            supporting: in_favour.iter().map(|entry| self.contribution(*entry)).collect(),
            opposing: against.iter().rev().map(|entry| self.contribution(*entry)).collect(),
            remaining: rest.iter().map(|(_, contribution)| contribution).sum(),
        }
    }

    fn contribution(&self, (index, contribution): (u32, f64)) -> Contribution {
        let (family, term) = self.features.term(index);
        let places = self.occurrences.of(index).cloned().collect();
        Contribution { term: term.to_owned(), family, contribution, places }
    }
}
