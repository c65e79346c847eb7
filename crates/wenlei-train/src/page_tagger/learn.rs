//! Stochastic gradient descent over lessons, with averaging.
//!
//! Adam (Kingma and Ba 2015) with the weights drawn back to where they began apart from the steps (Loshchilov and
//! Hutter 2019).

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use wenlei_text::page::lessons::Shape;

use super::chain::{Chain, Over};
use super::gold::Lesson;
use super::network::{self, Activation};

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Times every lesson is gone through.
    pub rounds: usize,
    /// Length of the first steps; they shrink to nothing.
    pub rate: f32,
    /// How strongly numbers are drawn back to where they began.
    pub pull: f32,
    /// How often an input is left out of a lesson.
    pub dropout: f64,
    /// Head start of each mistake.
    pub cost: f32,
    /// The hand-set numbers are multiplied with this to begin with.
    pub scale: f32,
    /// Networks that learn by themselves.
    pub members: usize,
    /// Seed of all chance.
    pub seed: u64,
}

/// Features that are never left out: a tag's own likelihood and a line's length and end.
const STEADY: usize = 11;
/// Spread of the numbers between inputs and units to begin with.
const SPREAD: f32 = 0.15;
/// Memories of Adam's two means.
const MEMORY: (f32, f32) = (0.9, 0.999);

/// Learns from `lessons`, beginning at `start`. The network is a committee: each member has its share of the units and
/// learns by itself, and the network's scores are the mean of theirs, which are less moved by chance.
pub fn learn(shape: &Shape, start: &[f32], lessons: &[Lesson], manner: Manner) -> Vec<f32> {
    let share = Shape { units: shape.units / manner.members, ..shape.clone() };
    let seed = |member| Xoshiro256PlusPlus::seed_from_u64(manner.seed.wrapping_mul(1000) + member as u64);
    let members: Vec<Vec<f32>> = (0..manner.members)
        .into_par_iter()
        .map(|member| learn_alone(&share, &at_nought(shape, &share, start), lessons, manner, seed(member)))
        .collect();
    unite(shape, &share, &members)
}

/// The numbers a member begins at: those of `start`, and no units.
fn at_nought(shape: &Shape, share: &Shape, start: &[f32]) -> Vec<f32> {
    let mut numbers = start[..shape.unit(0)].to_vec();
    numbers.resize(share.edge(0), 0.0);
    numbers.extend(&start[shape.edge(0)..]);
    numbers
}

/// One network of the units of all members.
fn unite(shape: &Shape, share: &Shape, members: &[Vec<f32>]) -> Vec<f32> {
    let mut numbers = vec![0.0; shape.numbers()];
    let part = 1.0 / members.len() as f32;
    for (index, member) in members.iter().enumerate() {
        for at in 0..shape.unit(0) {
            numbers[at] += part * member[at];
        }
        for edge in 0..shape.edges.len() {
            numbers[shape.edge(edge)] += part * member[share.edge(edge)];
        }
        let first = index * share.units;
        for input in 0..shape.inputs {
            let row = &member[share.unit(input)..][..share.units];
            numbers[shape.unit(input) + first..][..share.units].copy_from_slice(row);
        }
        for unit in 0..share.units {
            let row = member[share.output(unit)..][..share.outputs].iter().map(|number| part * number);
            let place = shape.output(first + unit);
            numbers[place..][..shape.outputs].iter_mut().zip(row).for_each(|(place, number)| *place = number);
        }
    }
    numbers
}

fn learn_alone(
    shape: &Shape,
    start: &[f32],
    lessons: &[Lesson],
    manner: Manner,
    mut chance: Xoshiro256PlusPlus,
) -> Vec<f32> {
    let mut origin: Vec<f32> = start.iter().map(|number| number * manner.scale).collect();
    for number in &mut origin[shape.unit(0)..shape.output(0)] {
        *number = chance.gen_range(-SPREAD..SPREAD);
    }
    let mut order: Vec<usize> =
        (0..lessons.len()).filter(|lesson| !lessons[*lesson].seen.is_empty()).collect();
    let mut descent = Descent::new(origin, manner, order.len() * manner.rounds);
    for round in 0..manner.rounds {
        order.shuffle(&mut chance);
        for lesson in &order {
            let kept = kept(shape, manner.dropout, &mut chance);
            if let Some(gradient) = gradient(shape, &descent.numbers, &lessons[*lesson], &kept, manner.cost) {
                descent.step(&gradient, round * 2 >= manner.rounds);
            }
        }
    }
    descent.average()
}

fn kept(shape: &Shape, dropout: f64, chance: &mut Xoshiro256PlusPlus) -> Vec<bool> {
    let steady = |input: usize| input % shape.features < STEADY || input >= 3 * shape.features;
    (0..shape.inputs).map(|input| steady(input) || !chance.gen_bool(dropout)).collect()
}

/// How unlikely gold is by `numbers`: the negative logarithm of its probability; none when it is impossible.
pub fn loss(shape: &Shape, numbers: &[f32], lesson: &Lesson) -> Option<f64> {
    let lines: Vec<Activation> =
        lesson.seen.iter().map(|seen| network::run(shape, numbers, seen.inputs.clone())).collect();
    let outputs: Vec<&[f32]> = lines.iter().map(|line| line.outputs.as_slice()).collect();
    let total = |over| {
        Chain::new(shape, &outputs, &numbers[shape.edge(0)..], &lesson.known, over).map(|chain| chain.total())
    };
    Some(total(Over::All(0.0))? - total(Over::Gold)?)
}

/// The slopes of the log-likelihood of gold against all labellings; none when gold is impossible.
pub fn gradient(
    shape: &Shape,
    numbers: &[f32],
    lesson: &Lesson,
    kept: &[bool],
    cost: f32,
) -> Option<Vec<f32>> {
    let run = |inputs: &Vec<usize>| {
        network::run(shape, numbers, inputs.iter().copied().filter(|input| kept[*input]).collect())
    };
    let lines: Vec<Activation> = lesson.seen.iter().map(|seen| run(&seen.inputs)).collect();
    let outputs: Vec<&[f32]> = lines.iter().map(|line| line.outputs.as_slice()).collect();
    let chain = |over| Chain::new(shape, &outputs, &numbers[shape.edge(0)..], &lesson.known, over);
    let (gold, all) = (chain(Over::Gold)?, chain(Over::All(cost))?);
    let mut slopes = vec![vec![0.0; shape.outputs]; lines.len()];
    let mut gradient = vec![0.0; numbers.len()];
    gold.add_use(1.0, &mut slopes, &mut gradient[shape.edge(0)..]);
    all.add_use(-1.0, &mut slopes, &mut gradient[shape.edge(0)..]);
    for (line, slopes) in lines.iter().zip(&slopes) {
        line.add_slopes(shape, numbers, slopes, &mut gradient);
    }
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
