//! What both losses share: the problem, its state and the passes over the samples.

use linfa::Float;
use linfa::dataset::Records;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::hyperparams::LinearClassifierValidParams;
use super::records::SparseRecords;

/// Samples, labels and costs.
pub(super) struct Problem<'a, F> {
    pub(super) records: &'a SparseRecords<F>,
    /// `y_i`: +1 or −1.
    pub(super) signs: Vec<F>,
    /// `C_i`.
    pub(super) costs: Vec<F>,
    pub(super) intercept_scale: F,
}

/// Dual variables and the weights they stand for: `w = Σ α_i y_i x_i`.
#[derive(Clone, Debug)]
pub(super) struct State<F> {
    pub(super) dual: Vec<F>,
    /// One weight a feature, then that of the intercept feature.
    pub(super) weights: Vec<F>,
}

impl<'a, F: Float> Problem<'a, F> {
    pub(super) fn new(
        records: &'a SparseRecords<F>,
        labels: impl Iterator<Item = bool>,
        weights: Option<&[f32]>,
        params: &LinearClassifierValidParams<F>,
    ) -> Self {
        let signs: Vec<F> = labels.map(|label| if label { F::one() } else { -F::one() }).collect();
        let costs = signs
            .iter()
            .enumerate()
            .map(|(row, sign)| {
                let class = if *sign > F::zero() { params.positive_weight } else { F::one() };
                params.cost * class * weights.map_or(F::one(), |weights| F::cast(weights[row]))
            })
            .collect();
        Self { records, signs, costs, intercept_scale: params.intercept_scale }
    }

    pub(super) fn samples(&self) -> usize {
        self.signs.len()
    }

    /// `y_i wᵀx_i`.
    pub(super) fn margin(&self, row: usize, weights: &[F]) -> F {
        let intercept = weights[weights.len() - 1] * self.intercept_scale;
        self.signs[row] * (self.records.dot(row, weights) + intercept)
    }

    /// `x_iᵀx_i`.
    pub(super) fn squared_norm(&self, row: usize) -> F {
        self.records.squared_norm(row) + self.intercept_scale * self.intercept_scale
    }

    /// Adds `change · y_i x_i` to the weights: what a change of `α_i` does to them.
    pub(super) fn update(&self, row: usize, change: F, weights: &mut [F]) {
        let scale = change * self.signs[row];
        self.records.add_scaled(row, scale, weights);
        let last = weights.len() - 1;
        weights[last] += scale * self.intercept_scale;
    }

    /// The state for given dual variables.
    pub(super) fn state(&self, dual: Vec<F>) -> State<F> {
        let mut weights = vec![F::zero(); self.records.nfeatures() + 1];
        for (row, alpha) in dual.iter().enumerate().filter(|(_, alpha)| **alpha != F::zero()) {
            self.update(row, *alpha, &mut weights);
        }
        State { dual, weights }
    }

    /// `½ wᵀw`.
    pub(super) fn regularisation(weights: &[F]) -> F {
        weights.iter().fold(F::zero(), |sum, weight| sum + *weight * *weight) / F::cast(2.0)
    }
}

/// Visits samples in a new random order every pass; the order depends on the seed alone.
pub(super) struct Order {
    random: Xoshiro256PlusPlus,
}

impl Order {
    pub(super) fn new(seed: u64) -> Self {
        Self { random: Xoshiro256PlusPlus::seed_from_u64(seed) }
    }

    pub(super) fn shuffle(&mut self, rows: &mut [usize]) {
        rows.shuffle(&mut self.random);
    }
}
