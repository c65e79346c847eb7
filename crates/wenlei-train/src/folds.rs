//! Cutting a corpus into parts that are alike.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Deals the samples out to `folds` parts so that every set of labels is spread evenly, and returns the part of each
/// sample. The same seed gives the same parts.
pub fn stratified(labels: &[Vec<bool>], folds: usize, seed: u64) -> Vec<usize> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut strata: BTreeMap<&[bool], Vec<usize>> = BTreeMap::new();
    for (sample, set) in labels.iter().enumerate() {
        strata.entry(set).or_default().push(sample);
    }
    let mut fold_of = vec![0; labels.len()];
    let mut next = 0;
    // Dealing on from stratum to stratum keeps the parts equal even when many strata are small.
    for samples in strata.values_mut() {
        samples.shuffle(&mut random);
        for &sample in samples.iter() {
            fold_of[sample] = next % folds;
            next += 1;
        }
    }
    fold_of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_set_is_spread_evenly() {
        let labels: Vec<Vec<bool>> = (0..103).map(|i| vec![i % 3 == 0, i % 10 == 0]).collect();
        let fold_of = stratified(&labels, 5, 7);
        for fold in 0..5 {
            let inside: Vec<&Vec<bool>> =
                (0..103).filter(|i| fold_of[*i] == fold).map(|i| &labels[i]).collect();
            assert!((20..=21).contains(&inside.len()));
            assert!((6..=8).contains(&inside.iter().filter(|set| set[0]).count()));
        }
        assert_eq!(fold_of, stratified(&labels, 5, 7));
        assert_ne!(fold_of, stratified(&labels, 5, 8));
    }
}
