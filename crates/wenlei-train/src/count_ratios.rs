//! Scaling features by how unevenly they occur with and without a topic (Wang and Manning 2012, *Baselines and Bigrams*).
//!
//! With `p_j` the share that feature `j` has of all occurrences in articles that carry the topic, and `q_j` the same in
//! the others, each counted once more than it was, the scale is `1 + |ln(p_j / q_j)|`: telling features are cheap to
//! use, the learner decides how. As the scales multiply into the weights, the model stays linear.

use crate::learner::SparseRecords;

/// One scale a feature, for `rows` of `records` with these labels. Features from `features` on are left as they are.
pub fn scales(
    records: &SparseRecords<f32>,
    rows: &[usize],
    labels: &[bool],
    features: usize,
    all: usize,
) -> Vec<f32> {
    let mut counts = [vec![1.0_f64; features], vec![1.0_f64; features]];
    for (row, label) in rows.iter().zip(labels) {
        let inside = records.row(*row);
        for feature in inside.indices().iter().map(|index| *index as usize).filter(|index| *index < features)
        {
            counts[usize::from(*label)][feature] += 1.0;
        }
    }
    let [without, with] = counts;
    let (all_with, all_without) = (with.iter().sum::<f64>(), without.iter().sum::<f64>());
    let ratios =
        with.iter().zip(&without).map(|(p, q)| 1.0 + ((p / all_with) / (q / all_without)).ln().abs());
    let mut scales: Vec<f32> = ratios.map(|ratio| ratio as f32).collect();
    scales.resize(all, 1.0);
    scales
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_feature_is_scaled_up_and_an_even_one_is_not() {
        let rows =
            [vec![(0, 1.0), (1, 1.0)], vec![(0, 1.0), (1, 1.0)], vec![(1, 1.0), (2, 0.5)], vec![(1, 1.0)]];
        let records = SparseRecords::from_rows(3, rows);
        let scales = scales(&records, &[0, 1, 2, 3], &[true, true, false, false], 2, 3);
        // Counted once more: with the topic 3 and 3 of 6, without it 1 and 3 of 4.
        assert!((scales[0] - (1.0 + 2.0_f32.ln())).abs() < 1e-6, "{scales:?}");
        assert!((scales[1] - (1.0 + 1.5_f32.ln())).abs() < 1e-6, "{scales:?}");
        assert!((scales[2] - 1.0).abs() < f32::EPSILON);
    }
}
