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

/// Keeps a random `share` of the samples, in their order; the same seed keeps the same ones.
pub fn thin(samples: &mut Vec<usize>, share: f64, seed: u64) {
    let kept = (samples.len() as f64 * share).round() as usize;
    if kept < samples.len() {
        samples.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(seed));
        samples.truncate(kept);
        samples.sort_unstable();
    }
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

    #[test]
    fn thinning_keeps_a_share_in_order() {
        let mut samples: Vec<usize> = (0..100).collect();
        thin(&mut samples, 0.3, 1);
        assert!(samples.len() == 30 && samples.is_sorted());
    }
}
