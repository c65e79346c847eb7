//! Stochastic gradient descent over lessons, with averaging.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use wenlei_text::page::lessons::Shape;

use super::chain::{Chain, Over};
use super::gold::Lesson;

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Times every lesson is gone through.
    pub rounds: usize,
    /// Length of a step.
    pub rate: f64,
    /// How strongly numbers are drawn back to where they began, for each lesson.
    pub pull: f64,
    /// How often a feature is left out of a lesson.
    pub dropout: f64,
    /// Head start of each mistake.
    pub cost: f32,
    /// The hand-set numbers are multiplied with this to begin with.
    pub scale: f32,
    /// Seed of all chance.
    pub seed: u64,
}

/// Features that are never left out: a tag's own likelihood and a line's length and end.
const STEADY: usize = 11;
/// From here on features are outlines, which are never left out either.
const OUTLINE: usize = 76;

/// Learns from `lessons`, beginning at `start`.
pub fn learn(shape: &Shape, start: &[f32], lessons: &[Lesson], manner: Manner) -> Vec<f32> {
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(manner.seed);
    let origin: Vec<f32> = start.iter().map(|number| number * manner.scale).collect();
    let mut numbers = origin.clone();
    let mut squares = vec![1.0_f64; numbers.len()];
    let (mut sums, mut count) = (vec![0.0_f64; numbers.len()], 0.0);
    let mut order: Vec<usize> =
        (0..lessons.len()).filter(|lesson| !lessons[*lesson].seen.is_empty()).collect();
    for round in 0..manner.rounds {
        order.shuffle(&mut chance);
        for lesson in &order {
            let lesson = &lessons[*lesson];
            let kept: Vec<bool> = (0..shape.features)
                .map(|feature| !(STEADY..OUTLINE).contains(&feature) || !chance.gen_bool(manner.dropout))
                .collect();
            let chain = |over| Chain::new(shape, &numbers, lesson, &kept, over);
            let (Some(gold), Some(all)) = (chain(Over::Gold), chain(Over::All(manner.cost))) else {
                continue;
            };
            let mut gradient = vec![0.0; numbers.len()];
            gold.add_use(1.0, &mut gradient);
            all.add_use(-1.0, &mut gradient);
            for (index, slope) in gradient.iter().enumerate() {
                squares[index] += slope * slope;
                let drawn = f64::from(numbers[index] - origin[index]) * manner.pull;
                let step = manner.rate * (slope / squares[index].sqrt() - drawn);
                numbers[index] += step as f32;
            }
            if round > 0 {
                sums.iter_mut().zip(&numbers).for_each(|(sum, number)| *sum += f64::from(*number));
                count += 1.0;
            }
        }
    }
    sums.iter().map(|sum| (sum / f64::max(count, 1.0)) as f32).collect()
}
