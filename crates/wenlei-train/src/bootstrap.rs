//! How far a figure would move on other articles: percentile intervals by resampling (Efron 1979).

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::metrics::Table;

/// Resamplings behind an interval.
const RESAMPLINGS: u64 = 200;
/// Seed of the resamplings.
const SEED: u64 = 95;

/// The interval that holds the middle 95 % of `figure` over resamplings of the documents. `documents` is their number;
/// a table of several repeats holds them one repeat after another, and a document is drawn with all its repeats.
pub fn interval(table: &Table, documents: usize, figure: impl Fn(&Table) -> f64 + Sync) -> (f64, f64) {
    let mut values: Vec<f64> = (0..RESAMPLINGS)
        .into_par_iter()
        .map(|resampling| {
            let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED + resampling);
            let drawn = (0..documents).map(|_| random.gen_range(0..documents));
            let rows = drawn.flat_map(|document| table.iter().skip(document).step_by(documents));
            figure(&rows.cloned().collect())
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((RESAMPLINGS - 1) as f64 * share).round() as usize];
    (at(0.025), at(0.975))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Cell, Truth, exact};

    #[test]
    fn the_interval_holds_the_figure_and_narrows_with_more_documents() {
        let table = |documents: usize| -> Table {
            (0..documents)
                .map(|i| vec![Cell { truth: Truth::Carried, probability: 0.9, assigned: i % 5 > 0 }])
                .collect()
        };
        let (low, high) = interval(&table(50), 50, exact);
        assert!(low < 0.8 && 0.8 < high);
        let (lower, higher) = interval(&table(500), 500, exact);
        assert!(higher - lower < high - low);
    }
}
