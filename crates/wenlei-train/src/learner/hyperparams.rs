//! Hyper-parameters of [`LinearClassifier`](super::LinearClassifier), unchecked and checked.

use linfa::{Float, ParamGuard};
use serde::{Deserialize, Serialize};

use super::error::LearnerError;

/// What a wrong or narrow decision costs, as a function of the margin `m = y wᵀx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// `max(0, 1 − m)²`.
    SquaredHinge,
    /// `ln(1 + e^(−m))`.
    Logistic,
}

/// Checked hyper-parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearClassifierValidParams<F> {
    pub(super) loss: Loss,
    pub(super) cost: F,
    pub(super) positive_weight: F,
    pub(super) intercept_scale: F,
    pub(super) tolerance: F,
    pub(super) max_iterations: usize,
    pub(super) seed: u64,
}

/// Hyper-parameters that have not been checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearClassifierParams<F>(LinearClassifierValidParams<F>);

impl<F: Float> Default for LinearClassifierParams<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Float> LinearClassifierParams<F> {
    /// Squared hinge loss, `C = 1`, an intercept feature of 1.
    pub fn new() -> Self {
        Self(LinearClassifierValidParams {
            loss: Loss::SquaredHinge,
            cost: F::one(),
            positive_weight: F::one(),
            intercept_scale: F::one(),
            tolerance: F::cast(0.01),
            max_iterations: 1000,
            seed: 0,
        })
    }

    /// The loss, [`Loss::SquaredHinge`] unless set.
    #[must_use]
    pub fn loss(mut self, loss: Loss) -> Self {
        self.0.loss = loss;
        self
    }

    /// The cost `C` of a loss of 1, relative to the regularisation; 1 unless set.
    #[must_use]
    pub fn cost(mut self, cost: F) -> Self {
        self.0.cost = cost;
        self
    }

    /// Factor of the cost of positive samples; 1 unless set.
    #[must_use]
    pub fn positive_weight(mut self, weight: F) -> Self {
        self.0.positive_weight = weight;
        self
    }

    /// Value of the feature behind the intercept; 0 for none, 1 unless set.
    #[must_use]
    pub fn intercept_scale(mut self, scale: F) -> Self {
        self.0.intercept_scale = scale;
        self
    }

    /// The largest violation of the optimality conditions that counts as solved; 0.01 unless set.
    #[must_use]
    pub fn tolerance(mut self, tolerance: F) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// The most passes over the samples; 1000 unless set.
    #[must_use]
    pub fn max_iterations(mut self, max_iterations: usize) -> Self {
        self.0.max_iterations = max_iterations;
        self
    }

    /// Seed of the order in which samples are visited; 0 unless set.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl<F: Float> ParamGuard for LinearClassifierParams<F> {
    type Checked = LinearClassifierValidParams<F>;
    type Error = LearnerError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let checks = [
            ("cost", self.0.cost, false),
            ("positive_weight", self.0.positive_weight, false),
            ("tolerance", self.0.tolerance, false),
            ("intercept_scale", self.0.intercept_scale, true),
        ];
        for (name, value, may_be_zero) in checks {
            if !(value.is_finite() && (value > F::zero() || may_be_zero && value == F::zero())) {
                let value = value.to_f64().unwrap_or(f64::NAN);
                return Err(LearnerError::NotPositive { name, value });
            }
        }
        if self.0.max_iterations == 0 {
            return Err(LearnerError::NoIterations);
        }
        Ok(&self.0)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}
