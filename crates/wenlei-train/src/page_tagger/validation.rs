//! Cross-validation: what pages that weren't learnt from are split into.

use rayon::prelude::*;

use super::learn::Manner;
use super::study::Splitter;
use crate::pages::{self, LabelledPage, Mistake, Summary};

/// What came of it.
#[derive(Clone, Debug)]
pub struct Validation {
    /// Means over all pages by the numbers set by hand.
    pub hand_set: Summary,
    /// And by those learnt from the other folds.
    pub learnt: Summary,
    /// Mean over the pages of gold's negative logarithm. It tells two manners of learning apart that the figures, which
    /// only see what came out best, don't.
    pub loss: f64,
    /// Pages whose gold is possible, over which that mean goes.
    pub possible: usize,
    /// Every mistake.
    pub mistakes: Vec<Mistake>,
}

/// Learns `folds` times, each time without one part of the pages. A group is one page in several settings.
pub fn validate(
    groups: &[Vec<LabelledPage>],
    made: &[LabelledPage],
    folds: usize,
    manner: Manner,
) -> Validation {
    let splitters: Vec<Splitter> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let others = groups.iter().enumerate().filter(|(index, _)| index % folds != fold);
            let others: Vec<&[LabelledPage]> = others.map(|(_, group)| group.as_slice()).collect();
            Splitter::learn(&others, made, manner)
        })
        .collect();
    let held = || groups.iter().map(|group| &group[0]).zip(splitters.iter().cycle());
    let losses: Vec<f64> = held().filter_map(|(page, splitter)| splitter.loss(page)).collect();
    let (learnt, mistakes) =
        pages::measure(held().map(|(page, splitter)| (page, splitter.split(&page.text))), None);
    let start = Splitter::hand_set();
    Validation {
        hand_set: pages::measure(held().map(|(page, _)| (page, start.split(&page.text))), None).0,
        learnt,
        loss: losses.iter().sum::<f64>() / losses.len() as f64,
        possible: losses.len(),
        mistakes,
    }
}
