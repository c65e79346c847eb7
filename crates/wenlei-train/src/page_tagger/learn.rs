//! Stochastic gradient descent over lessons, with averaging.
//!
//! Adam (Kingma and Ba 2015) with the numbers drawn back to where they began apart from the steps (Loshchilov and
//! Hutter 2019). What is left out at random stays out for a whole page (Gal and Ghahramani 2016).

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use wenlei_text::page::lessons::Shape;

use super::chain::{Chain, Over};
use super::gold::Lesson;
use super::network::{self, Kept, Pass};

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Times every lesson is gone through.
    pub rounds: usize,
    /// Lessons to a step.
    pub batch: usize,
    /// Length of the first steps; they shrink to nothing.
    pub rate: f32,
    /// How strongly numbers are drawn back to where they began.
    pub pull: f32,
    /// How often an input is left out of a lesson.
    pub dropout: f64,
    /// How often a unit or a cell is left out of one.
    pub forgetting: f64,
    /// Head start of each mistake.
    pub cost: f32,
    /// The hand-set numbers are multiplied with this to begin with.
    pub scale: f32,
    /// Seed of all chance.
    pub seed: u64,
}

/// Features that, like the signs, are never left out: a tag's own likelihood and a line's length and end.
const STEADY: usize = 11;
/// Spread of the numbers between inputs, units and memories to begin with.
const SPREAD: f32 = 0.17;
/// Memories of Adam's two means.
const MEMORY: (f32, f32) = (0.9, 0.999);
/// Longest gradient of a step.
const LONGEST: f32 = 20.0;

/// Learns from `lessons`, beginning at `start`.
pub fn learn(shape: &Shape, start: &[f32], lessons: &[Lesson], manner: Manner) -> Vec<f32> {
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(manner.seed);
    let mut origin: Vec<f32> = start.iter().map(|number| number * manner.scale).collect();
    for number in &mut origin[shape.unit(0)..shape.output(0)] {
        *number = chance.gen_range(-SPREAD..SPREAD);
    }
    let mut order: Vec<usize> =
        (0..lessons.len()).filter(|lesson| !lessons[*lesson].seen.is_empty()).collect();
    let mut descent = Descent::new(origin, manner, order.len().div_ceil(manner.batch) * manner.rounds);
    for round in 0..manner.rounds {
        order.shuffle(&mut chance);
        for batch in order.chunks(manner.batch) {
            let batch: Vec<(usize, Kept)> =
                batch.iter().map(|lesson| (*lesson, kept(shape, manner, &mut chance))).collect();
            let gradients: Vec<Vec<f32>> = batch
                .par_iter()
                .filter_map(|(lesson, kept)| {
                    gradient(shape, &descent.numbers, &lessons[*lesson], kept, manner.cost)
                })
                .collect();
            if let Some(gradient) = mean(&gradients) {
                descent.step(&gradient, round * 2 >= manner.rounds);
            }
        }
    }
    descent.average()
}

/// Chance's choice of what takes part.
fn kept(shape: &Shape, manner: Manner, chance: &mut Xoshiro256PlusPlus) -> Kept {
    let steady =
        |input: usize| input % shape.features < STEADY || (3 * shape.features..shape.flags).contains(&input);
    let inputs = (0..shape.inputs).map(|input| steady(input) || !chance.gen_bool(manner.dropout)).collect();
    let present = (1.0 / (1.0 - manner.forgetting)) as f32;
    let hidden = (0..shape.units + 2 * shape.cells)
        .map(|_| if chance.gen_bool(manner.forgetting) { 0.0 } else { present })
        .collect();
    Kept { inputs, hidden }
}

/// The mean of gradients, shortened to the longest there may be; always summed in one order.
fn mean(gradients: &[Vec<f32>]) -> Option<Vec<f32>> {
    let (first, rest) = gradients.split_first()?;
    let mut mean = first.clone();
    for gradient in rest {
        mean.iter_mut().zip(gradient).for_each(|(sum, slope)| *sum += slope);
    }
    let count = gradients.len() as f32;
    let length = mean.iter().map(|slope| slope * slope).sum::<f32>().sqrt() / count;
    let factor = (LONGEST / length).min(1.0) / count;
    Some(mean.into_iter().map(|slope| slope * factor).collect())
}

/// What the network makes of a lesson.
fn run(shape: &Shape, numbers: &[f32], lesson: &Lesson, kept: &Kept) -> Pass {
    network::run(shape, numbers, lesson.seen.iter().map(|seen| &seen.inputs), kept)
}

/// A lesson's labellings.
fn chain<'a>(
    shape: &'a Shape,
    numbers: &[f32],
    lesson: &Lesson,
    pass: &Pass,
    over: Over,
) -> Option<Chain<'a>> {
    let outputs: Vec<&[f32]> = pass.outputs.iter().map(Vec::as_slice).collect();
    Chain::new(shape, &outputs, &numbers[shape.edge(0)..], &lesson.known, over)
}

/// How unlikely gold is by `numbers`: the negative logarithm of its probability; none when it is impossible.
pub fn loss(shape: &Shape, numbers: &[f32], lesson: &Lesson) -> Option<f64> {
    let pass = run(shape, numbers, lesson, &Kept::all(shape));
    let total = |over| chain(shape, numbers, lesson, &pass, over).map(|chain| chain.total());
    Some(total(Over::All(0.0))? - total(Over::Gold)?)
}

/// The slopes of the log-likelihood of gold against all labellings; none when gold is impossible.
pub fn gradient(shape: &Shape, numbers: &[f32], lesson: &Lesson, kept: &Kept, cost: f32) -> Option<Vec<f32>> {
    let pass = run(shape, numbers, lesson, kept);
    let chain = |over| chain(shape, numbers, lesson, &pass, over);
    let (gold, all) = (chain(Over::Gold)?, chain(Over::All(cost))?);
    let mut slopes = vec![vec![0.0; shape.outputs]; pass.outputs.len()];
    let mut gradient = vec![0.0; numbers.len()];
    gold.add_use(1.0, &mut slopes, &mut gradient[shape.edge(0)..]);
    all.add_use(-1.0, &mut slopes, &mut gradient[shape.edge(0)..]);
    pass.add_slopes(shape, numbers, &slopes, kept, &mut gradient);
    Some(gradient)
}

/// The way uphill.
struct Descent {
    numbers: Vec<f32>,
    origin: Vec<f32>,
    means: Vec<f32>,
    squares: Vec<f32>,
    sums: Vec<f64>,
    summed: f64,
    /// Steps taken, and how many there will be.
    taken: usize,
    of: usize,
    /// Steps taken, up to where the means have forgotten their beginning.
    young: u16,
    manner: Manner,
}

impl Descent {
    fn new(origin: Vec<f32>, manner: Manner, of: usize) -> Self {
        let nought = vec![0.0; origin.len()];
        let (means, squares, sums) = (nought.clone(), nought, vec![0.0; origin.len()]);
        Self {
            numbers: origin.clone(),
            origin,
            means,
            squares,
            sums,
            summed: 0.0,
            taken: 0,
            of,
            young: 0,
            manner,
        }
    }

    fn step(&mut self, gradient: &[f32], sum: bool) {
        let rate = self.manner.rate * (1.0 - self.taken as f32 / self.of as f32);
        self.taken += 1;
        self.young = self.young.saturating_add(1);
        let young = |memory: f32| 1.0 - memory.powi(i32::from(self.young));
        let (first, second) = (young(MEMORY.0), young(MEMORY.1));
        for (index, slope) in gradient.iter().enumerate() {
            let (mean, square) = (&mut self.means[index], &mut self.squares[index]);
            *mean += (1.0 - MEMORY.0) * (slope - *mean);
            *square += (1.0 - MEMORY.1) * (slope * slope - *square);
            let uphill = (*mean / first) / ((*square / second).sqrt() + 1e-6);
            let drawn = (self.numbers[index] - self.origin[index]) * self.manner.pull;
            self.numbers[index] += rate * (uphill - drawn);
            if sum {
                self.sums[index] += f64::from(self.numbers[index]);
            }
        }
        self.summed += f64::from(u8::from(sum));
    }

    /// The numbers' mean over the later half of the way.
    fn average(self) -> Vec<f32> {
        self.sums.iter().map(|sum| (sum / self.summed.max(1.0)) as f32).collect()
    }
}
