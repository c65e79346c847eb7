//! Records stored row by row without their zeros.

use linfa::Float;
use linfa::dataset::Records;
use sprs::{CsMatI, CsVecViewI, TriMatI};

/// A sparse matrix of samples by features that linfa accepts as records.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseRecords<F>(CsMatI<F, u32, usize>);

impl<F: Float> SparseRecords<F> {
    /// Records from rows of `(feature, value)` pairs; the pairs of a row must have rising features below `features`.
    ///
    /// # Panics
    /// If a row breaks that rule.
    pub fn from_rows<R>(features: usize, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = (u32, F)>,
    {
        let (mut starts, mut indices, mut values) = (vec![0], Vec::new(), Vec::new());
        for row in rows {
            for (index, value) in row {
                indices.push(index);
                values.push(value);
            }
            starts.push(indices.len());
        }
        Self(CsMatI::new((starts.len() - 1, features), starts, indices, values))
    }

    /// Records from a dense matrix, zeros left out.
    pub fn from_dense(dense: &ndarray::Array2<F>) -> Self {
        let mut entries = TriMatI::<F, u32>::new(dense.dim());
        for ((row, column), value) in dense.indexed_iter().filter(|(_, value)| **value != F::zero()) {
            entries.add_triplet(row, column, *value);
        }
        Self(entries.to_csr())
    }

    /// The non-zero entries of a row.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> CsVecViewI<'_, F, u32> {
        self.0.outer_view(row).expect("row within bounds")
    }

    /// The given rows, in the given order.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let row = |row: &usize| {
            let (start, end) = self.bounds(*row);
            self.0.indices()[start..end].iter().copied().zip(self.0.data()[start..end].iter().copied())
        };
        Self::from_rows(self.0.cols(), rows.iter().map(row))
    }

    /// The same records with every feature multiplied by its scale.
    ///
    /// # Panics
    /// If there isn't one scale a feature.
    #[must_use]
    pub fn scaled(mut self, scales: &[F]) -> Self {
        assert_eq!(scales.len(), self.0.cols(), "one scale a feature");
        let indices = self.0.indices().to_vec();
        for (value, index) in self.0.data_mut().iter_mut().zip(indices) {
            *value *= scales[index as usize];
        }
        self
    }

    /// The product of a row with a dense vector.
    pub(super) fn dot(&self, row: usize, weights: &[F]) -> F {
        let (start, end) = self.bounds(row);
        let entries = self.0.indices()[start..end].iter().zip(&self.0.data()[start..end]);
        entries.fold(F::zero(), |sum, (index, value)| sum + *value * weights[*index as usize])
    }

    /// Adds `scale` times a row to a dense vector.
    pub(super) fn add_scaled(&self, row: usize, scale: F, weights: &mut [F]) {
        let (start, end) = self.bounds(row);
        for (index, value) in self.0.indices()[start..end].iter().zip(&self.0.data()[start..end]) {
            weights[*index as usize] += scale * *value;
        }
    }

    /// The squared length of a row.
    pub(super) fn squared_norm(&self, row: usize) -> F {
        let (start, end) = self.bounds(row);
        self.0.data()[start..end].iter().fold(F::zero(), |sum, value| sum + *value * *value)
    }

    /// The first row that holds a value that is not finite.
    pub(super) fn first_not_finite(&self) -> Option<usize> {
        (0..self.0.rows()).find(|row| self.row(*row).iter().any(|(_, value)| !value.is_finite()))
    }

    fn bounds(&self, row: usize) -> (usize, usize) {
        let starts = self.0.indptr();
        let range = starts.outer_inds_sz(row);
        (range.start, range.end)
    }
}

impl<F: Float> Records for SparseRecords<F> {
    type Elem = F;

    fn nsamples(&self) -> usize {
        self.0.rows()
    }

    fn nfeatures(&self) -> usize {
        self.0.cols()
    }
}
