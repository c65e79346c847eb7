//! The fitted classifier.

use linfa::Float;
use linfa::dataset::{AsSingleTargets, DatasetBase, Records};
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, ArrayView1};

use super::error::LearnerError;
use super::hyperparams::{LinearClassifierParams, LinearClassifierValidParams};
use super::records::SparseRecords;

/// A linear decision function `wᵀx + b`; a sample is positive where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearClassifier<F> {
    weights: Vec<F>,
    intercept: F,
    duality_gap: F,
    passes: usize,
}

impl<F: Float> LinearClassifier<F> {
    /// Default hyper-parameters.
    pub fn params() -> LinearClassifierParams<F> {
        LinearClassifierParams::new()
    }

    /// `solved` is one weight a feature, then that of the intercept feature.
    pub(super) fn new(solved: &[F], intercept_scale: F, duality_gap: F, passes: usize) -> Self {
        let (intercept, weights) = solved.split_last().expect("a weight for the intercept");
        Self { weights: weights.to_vec(), intercept: *intercept * intercept_scale, duality_gap, passes }
    }

    /// The classifier for records as they were before each feature was multiplied by its scale.
    ///
    /// # Panics
    /// If there isn't one scale a feature.
    #[must_use]
    pub fn unscaled(mut self, scales: &[F]) -> Self {
        assert_eq!(scales.len(), self.weights.len(), "one scale a feature");
        for (weight, scale) in self.weights.iter_mut().zip(scales) {
            *weight *= *scale;
        }
        self
    }

    /// One weight a feature.
    pub fn weights(&self) -> ArrayView1<'_, F> {
        ArrayView1::from(&self.weights)
    }

    /// The intercept.
    pub fn intercept(&self) -> F {
        self.intercept
    }

    /// Primal minus dual objective: an upper bound of what the solution lacks.
    pub fn duality_gap(&self) -> F {
        self.duality_gap
    }

    /// Passes over the samples it took.
    pub fn passes(&self) -> usize {
        self.passes
    }

    /// The decision function on every record.
    pub fn decision_function(&self, records: &SparseRecords<F>) -> Array1<F> {
        (0..records.nsamples()).map(|row| self.margin(records, row)).collect()
    }

    /// The decision function on one record.
    ///
    /// # Panics
    /// If there is no such record, or it has other features.
    pub fn margin(&self, records: &SparseRecords<F>, row: usize) -> F {
        records.dot(row, &self.weights) + self.intercept
    }
}

impl<F: Float, T: AsSingleTargets<Elem = bool>> Fit<SparseRecords<F>, T, LearnerError>
    for LinearClassifierValidParams<F>
{
    type Object = LinearClassifier<F>;

    /// Fits a classifier; the weights of the dataset, if any, multiply the costs of its samples.
    ///
    /// # Errors
    /// The data don't fit together, or a record is not finite.
    fn fit(&self, dataset: &DatasetBase<SparseRecords<F>, T>) -> Result<LinearClassifier<F>, LearnerError> {
        let problem = self.problem(dataset)?;
        let mut state = problem.state(self.start(&problem));
        let passes = self.solve(&problem, &mut state);
        Ok(self.classifier(&problem, &state, passes))
    }
}

impl<F: Float> PredictInplace<SparseRecords<F>, Array1<bool>> for LinearClassifier<F> {
    fn predict_inplace(&self, records: &SparseRecords<F>, targets: &mut Array1<bool>) {
        assert_eq!(
            records.nsamples(),
            targets.len(),
            "the number of samples must match the number of targets"
        );
        *targets = self.decision_function(records).mapv(|margin| margin >= F::zero());
    }

    fn default_target(&self, records: &SparseRecords<F>) -> Array1<bool> {
        Array1::default(records.nsamples())
    }
}
