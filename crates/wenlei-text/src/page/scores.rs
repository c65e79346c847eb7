//! The table by which pages are read: the hand-set log-odds of [`super::weights`] and [`super::tag`], put right by what
//! was learnt from labelled pages ([`super::learnt`]).

use std::sync::LazyLock;

use super::context::{Junction, SIGNS};
use super::feature::{FEATURES, Features};
use super::learnt;
use super::tag::{STEP_KINDS, STEPS, State, Step, TAGS, steps};
use super::weights;

/// What features, signs between lines and steps speak for.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    /// For each feature what it says of each tag.
    pub(super) emissions: [[f32; TAGS]; FEATURES],
    /// For each sign between two lines what it says of each kind of step.
    pub(super) junctions: [[f32; STEPS]; SIGNS.len()],
    /// The steps there are: from, to, kind, score.
    pub(super) steps: Vec<(State, State, Step, f32)>,
}

/// The table in use.
pub(super) static SCORES: LazyLock<Scores> = LazyLock::new(|| {
    let mut scores = Scores::by_hand();
    let mut numbers = scores.numbers();
    for (number, correction) in numbers.iter_mut().zip(learnt::corrections()) {
        *number += correction;
    }
    scores.set(&numbers);
    scores
});

impl Scores {
    /// What was set by hand.
    pub(super) fn by_hand() -> Self {
        Self {
            emissions: weights::emissions(),
            junctions: SIGNS.map(|sign| STEP_KINDS.map(|step| weights::junction(step, sign))),
            steps: steps(),
        }
    }

    /// All numbers in one row: emissions, junctions, steps.
    pub(super) fn numbers(&self) -> Vec<f32> {
        let emissions = self.emissions.iter().flatten();
        let junctions = self.junctions.iter().flatten();
        emissions.chain(junctions).chain(self.steps.iter().map(|(_, _, _, score)| score)).copied().collect()
    }

    /// Takes all numbers from such a row.
    pub(super) fn set(&mut self, numbers: &[f32]) {
        let emissions = self.emissions.iter_mut().flatten();
        let junctions = self.junctions.iter_mut().flatten();
        let steps = self.steps.iter_mut().map(|(_, _, _, score)| score);
        for (place, number) in emissions.chain(junctions).chain(steps).zip(numbers) {
            *place = *number;
        }
    }

    /// The score of each tag for a line with these features.
    pub(super) fn tags(&self, features: Features) -> [f32; TAGS] {
        let mut scores = [0.0; TAGS];
        for feature in features.numbers() {
            for (score, weight) in scores.iter_mut().zip(&self.emissions[feature]) {
                *score += weight;
            }
        }
        scores
    }

    /// How what stands between two lines bears on each kind of step.
    pub(super) fn bearings(&self, junction: Junction) -> [f32; STEPS] {
        let mut bearings = [0.0; STEPS];
        for (sign, row) in SIGNS.iter().zip(&self.junctions) {
            if junction.has(*sign) {
                for (bearing, weight) in bearings.iter_mut().zip(row) {
                    *bearing += weight;
                }
            }
        }
        bearings
    }
}
