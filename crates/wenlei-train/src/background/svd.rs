//! The leading right singular vectors of a large sparse matrix, by randomised subspace iteration.
//!
//! Halko, Martinsson and Tropp (2011), *Finding Structure with Randomness*, algorithm 4.4: from a random block `Q`,
//! repeat `Q ← orth(Aᵀ(A Q))`; then the eigenvectors of the small matrix `(A Q)ᵀ(A Q)` turn `Q` into singular vectors.

use linfa_linalg::LinalgError;
use linfa_linalg::eigh::{EigSort, Eigh};
use linfa_linalg::qr::QR;
use ndarray::{Array2, Axis, Slice};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::matrix::Rows;
use crate::progress::Progress;

/// Columns beyond the wanted ones: they make the wanted ones converge faster.
const OVERSAMPLING: usize = 20;
/// Passes over the matrix and back.
const ITERATIONS: usize = 6;

/// `V`: terms by `rank`, columns of length one by falling singular value. The sign of each column is fixed by its
/// largest entry, which is positive.
pub(super) fn right_singular_vectors(
    rows: &Rows,
    rank: usize,
    seed: u64,
    progress: Progress,
) -> Result<Array2<f32>, LinalgError> {
    let bar = progress.bar("basis", ITERATIONS as u64 + 1);
    let width = (rank + OVERSAMPLING).min(rows.terms());
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut block = Array2::from_shape_simple_fn((rows.terms(), width), || random.gen_range(-1.0_f32..1.0));
    for _ in 0..ITERATIONS {
        block = rows.transposed_times(rows.times(block.view()).view()).qr()?.generate_q();
        bar.inc(1);
    }
    let image = rows.times(block.view()).mapv(f64::from);
    let (values, vectors) = image.t().dot(&image).eigh()?.sort_eig_desc();
    debug_assert!(values.iter().is_sorted_by(|a, b| a >= b));
    let mut basis = block.dot(&vectors.slice_axis(Axis(1), Slice::from(..rank)).mapv(|value| value as f32));
    for mut column in basis.axis_iter_mut(Axis(1)) {
        let largest = column.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(1.0);
        column.mapv_inplace(|value| value * largest.signum());
    }
    bar.inc(1);
    bar.finish();
    Ok(basis)
}
