//! The probability from which a topic is assigned.
//!
//! The threshold with the best F1 on out-of-fold predictions suits the corpus it was found on; one half suits any, if the
//! probabilities are right. The threshold is half-way between the two, measured in log-odds.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Resamplings the threshold is averaged over.
const RESAMPLINGS: usize = 100;
/// Seed of the resamplings.
const SEED: u64 = 20;

/// The threshold half-way, in log-odds, between one half and the one with the best F1.
pub fn choose(probabilities: &[f64], labels: &[bool]) -> f64 {
    let best = best_f1(probabilities, labels).clamp(0.01, 0.99);
    let half_way = (best / (1.0 - best)).ln() / 2.0;
    1.0 / (1.0 + (-half_way).exp())
}

/// The threshold with the best F1, averaged over bootstrap resamplings: the best threshold of one sample jumps with
/// every article near it, the average is steady. Without a positive label it is one half.
fn best_f1(probabilities: &[f64], labels: &[bool]) -> f64 {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED);
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]).then(a.cmp(b)));
    let thresholds: Vec<f64> = (0..RESAMPLINGS)
        .filter_map(|_| {
            let mut times = vec![0_u32; probabilities.len()];
            for _ in 0..probabilities.len() {
                times[random.gen_range(0..probabilities.len())] += 1;
            }
            best_of(&order, probabilities, labels, &times)
        })
        .collect();
    if thresholds.is_empty() { 0.5 } else { thresholds.iter().sum::<f64>() / thresholds.len() as f64 }
}

/// The best threshold of one resampling: half-way between the last sample it lets in and the first it keeps out.
/// `order` lists the samples by falling probability, `times` tells how often each was drawn.
fn best_of(order: &[usize], probabilities: &[f64], labels: &[bool], times: &[u32]) -> Option<f64> {
    let drawn: Vec<usize> = order.iter().copied().filter(|sample| times[*sample] > 0).collect();
    let positives: u32 = drawn.iter().filter(|sample| labels[**sample]).map(|sample| times[*sample]).sum();
    if positives == 0 {
        return None;
    }
    let (mut best, mut threshold) = (0.0, 0.5);
    let (mut let_in, mut right) = (0, 0);
    for (position, &sample) in drawn.iter().enumerate() {
        let_in += times[sample];
        right += if labels[sample] { times[sample] } else { 0 };
        let following = drawn.get(position + 1).map_or(0.0, |next| probabilities[*next]);
        let f1 = f64::from(2 * right) / f64::from(let_in + positives);
        if f1 > best && following < probabilities[sample] {
            (best, threshold) = (f1, f64::midpoint(probabilities[sample], following));
        }
    }
    Some(threshold)
}

#[cfg(test)]
mod tests {
    use super::{best_f1, choose};

    #[test]
    fn a_clean_gap_is_cut_inside() {
        let probabilities: Vec<f64> =
            (0..50).map(|i| if i < 20 { 0.7 + f64::from(i) / 100.0 } else { 0.1 }).collect();
        let labels: Vec<bool> = (0..50).map(|i| i < 20).collect();
        let threshold = best_f1(&probabilities, &labels);
        assert!((0.3..0.7).contains(&threshold), "{threshold}");
    }

    #[test]
    fn the_choice_lies_between_the_best_and_one_half() {
        let probabilities: Vec<f64> = (0..50).map(|i| if i < 20 { 0.4 } else { 0.1 }).collect();
        let labels: Vec<bool> = (0..50).map(|i| i < 20).collect();
        let best = best_f1(&probabilities, &labels);
        assert!((best..0.5).contains(&choose(&probabilities, &labels)));
    }

    #[test]
    fn without_positive_labels_it_is_one_half() {
        assert!((best_f1(&[0.2, 0.9], &[false, false]) - 0.5).abs() < f64::EPSILON);
    }
}
