//! What out-of-fold margins say: calibration, thresholds, figures.

use rayon::prelude::*;
use wenlei_model::{Calibration, Decision, Figures, Topic};

use crate::fit::FitError;
use crate::metrics::{self, Cell, Table, Truth};
use crate::progress::Progress;
use crate::recipe::{Recipe, TopicNames, ValidationRecipe};
use crate::validate::{Samples, out_of_fold};
use crate::{calibrate, thresholds};

/// Shares of the corpus that the learning curve is measured at.
const CURVE: [f64; 5] = [0.1, 0.2, 0.4, 0.7, 1.0];

/// The outcome of a cross-validation.
#[derive(Clone, Debug)]
pub struct Validation {
    /// From margins to probabilities.
    pub calibration: Calibration,
    /// From which probability each topic is assigned.
    pub thresholds: Vec<f64>,
    /// Predictions on articles not trained on, all repeats one after another.
    pub table: Table,
}

impl Validation {
    /// Cross-validates `recipe` on `samples`.
    ///
    /// # Errors
    /// The learner or the calibration refuses the data.
    pub fn run(samples: &Samples, recipe: &Recipe, progress: Progress) -> Result<Self, FitError> {
        let share = recipe.passages.share;
        let margins =
            out_of_fold(samples, &recipe.learner, share, &recipe.validation, 1.0, progress)?.concat();
        let truths: Vec<&Vec<Truth>> = samples.truths.iter().cycle().take(margins.len()).collect();
        if !recipe.validation.calibrate {
            let thresholds = vec![0.5; samples.topics()];
            return Ok(Self::with(Calibration::default(), thresholds, &margins, &truths, recipe.decision));
        }
        let cells = margins.iter().flatten().zip(truths.iter().copied().flatten());
        let (scored, labels): (Vec<f64>, Vec<bool>) =
            cells.filter_map(|(margin, truth)| label(*margin, *truth)).unzip();
        let calibration = calibrate::fit(&scored, &labels)?;
        let thresholds = (0..samples.topics())
            .into_par_iter()
            .map(|topic| {
                let cells = margins.iter().zip(&truths).map(|(row, truths)| {
                    let probability = calibration.probabilities(row, recipe.decision)[topic];
                    label(probability, truths[topic])
                });
                let (probabilities, carried): (Vec<f64>, Vec<bool>) = cells.flatten().unzip();
                thresholds::choose(&probabilities, &carried)
            })
            .collect();
        Ok(Self::with(calibration, thresholds, &margins, &truths, recipe.decision))
    }

    fn with(
        calibration: Calibration,
        thresholds: Vec<f64>,
        margins: &[Vec<f64>],
        truths: &[&Vec<Truth>],
        decision: Decision,
    ) -> Self {
        let row = |(margins, truths): (&Vec<f64>, &&Vec<Truth>)| {
            let probabilities = calibration.probabilities(margins, decision);
            let assigned = decision.assign(&probabilities, &thresholds);
            let topics = probabilities.into_iter().zip(truths.iter()).zip(assigned);
            topics
                .map(|((probability, truth), assigned)| Cell { truth: *truth, probability, assigned })
                .collect()
        };
        let table = margins.iter().zip(truths).map(row).collect();
        Self { calibration, thresholds, table }
    }

    /// The topics with their thresholds and figures.
    pub fn topics(&self, names: &[TopicNames]) -> Vec<Topic> {
        let figures = metrics::per_topic(&self.table);
        names
            .iter()
            .zip(&self.thresholds)
            .zip(figures)
            .map(|((names, threshold), figures)| Topic {
                id: names.id.clone(),
                name_zh: names.name_zh.clone(),
                name_en: names.name_en.clone(),
                threshold: *threshold,
                f1: figures.f1,
            })
            .collect()
    }

    /// The figures of all topics together.
    pub fn figures(&self) -> Figures {
        metrics::figures(&self.table)
    }

    /// Macro-F1 over the number of articles trained on: one round of folds at each size, with this calibration and these
    /// thresholds.
    ///
    /// # Errors
    /// The learner refuses the data.
    pub fn learning_curve(
        &self,
        samples: &Samples,
        recipe: &Recipe,
        progress: Progress,
    ) -> Result<Vec<(usize, f64)>, FitError> {
        let round = ValidationRecipe { repeats: 1, ..recipe.validation };
        let truths: Vec<&Vec<Truth>> = samples.truths.iter().collect();
        let trained_on = samples.len() * (round.folds - 1) / round.folds;
        CURVE
            .iter()
            .map(|share| {
                let margins =
                    out_of_fold(samples, &recipe.learner, recipe.passages.share, &round, *share, progress)?
                        .concat();
                let thresholds = self.thresholds.clone();
                let at_size = Self::with(self.calibration, thresholds, &margins, &truths, recipe.decision);
                Ok(((trained_on as f64 * share) as usize, metrics::macro_f1(&at_size.table)))
            })
            .collect()
    }
}

/// A value with its label; nothing where the label is arguable.
fn label(value: f64, truth: Truth) -> Option<(f64, bool)> {
    (truth != Truth::Arguable).then_some((value, truth == Truth::Carried))
}
