//! The TF-IDF rows of unlabelled texts, and their products with dense blocks.

use ndarray::parallel::prelude::*;
use ndarray::{Array2, ArrayView2, Axis};
use sprs::CsMatI;
use wenlei_model::FeatureExtractor;
use wenlei_text::Document;

use crate::progress::Progress;

/// A sparse matrix of texts by terms, and its transpose, so that both products run row by row in parallel and come out
/// the same whatever the number of threads.
pub(super) struct Rows {
    rows: CsMatI<f32, u32, usize>,
    columns: CsMatI<f32, u32, usize>,
}

/// The feature vectors of texts.
pub(super) fn rows(features: &FeatureExtractor, texts: &[String], progress: Progress) -> Rows {
    let bar = progress.bar("vectors", texts.len() as u64);
    let vectors: Vec<Vec<(u32, f32)>> = texts
        .par_iter()
        .map(|text| {
            bar.inc(1);
            let vector = features.extract(&Document::new("", text));
            vector.features.iter().map(|feature| (feature.index, feature.value)).collect()
        })
        .collect();
    bar.finish();
    let (mut starts, mut indices, mut values) = (vec![0], Vec::new(), Vec::new());
    for vector in vectors {
        indices.extend(vector.iter().map(|(index, _)| *index));
        values.extend(vector.iter().map(|(_, value)| *value));
        starts.push(indices.len());
    }
    let rows = CsMatI::new((texts.len(), features.dimension()), starts, indices, values);
    Rows { columns: rows.transpose_view().to_csr(), rows }
}

impl Rows {
    /// Number of terms.
    pub(super) fn terms(&self) -> usize {
        self.rows.cols()
    }

    /// `A·block`.
    pub(super) fn times(&self, block: ArrayView2<f32>) -> Array2<f32> {
        product(&self.rows, block)
    }

    /// `Aᵀ·block`.
    pub(super) fn transposed_times(&self, block: ArrayView2<f32>) -> Array2<f32> {
        product(&self.columns, block)
    }
}

fn product(matrix: &CsMatI<f32, u32, usize>, block: ArrayView2<f32>) -> Array2<f32> {
    let mut result = Array2::zeros((matrix.rows(), block.ncols()));
    result.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(row, mut sum)| {
        for (column, value) in matrix.outer_view(row).iter().flat_map(|row| row.iter()) {
            sum.scaled_add(*value, &block.row(column));
        }
    });
    result
}
