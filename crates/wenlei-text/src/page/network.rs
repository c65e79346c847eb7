//! What a page's lines say of each line's tag and of the step to it: a small recurrent network.
//!
//! Its inputs are the features of the line, of the line before and of the line after, which are yes or no, what stands
//! before the line, and what the three lines' wording says. They bear on the outputs directly, and through units that
//! notice several together: "no word comes back below" means a column's name only where another headline follows. What
//! lies further off is kept in a memory that is carried down the page and one that is carried up it: in an article that
//! names its reporters above the text, the next heading is one of its own. Each has one gate, which says how much is
//! forgotten (the update gate of Collins, Sohl-Dickstein and Sussillo 2017). All curves are fractions, so that no
//! library's exponential decides what a page is.

use std::array::from_fn;
use std::sync::LazyLock;

use super::context::{Context, SIGNS};
use super::feature::FEATURES;
use super::learnt;
use super::tag::{STEPS, TAGS, steps};
use super::wording::PARTS;

/// Inputs that are yes or no: three lines' features and the signs.
pub(super) const FLAGS: usize = 3 * FEATURES + SIGNS.len();
/// All inputs: those, and three lines' scores of wording.
pub(super) const INPUTS: usize = FLAGS + 3 * PARTS;
/// Hidden units.
pub(super) const UNITS: usize = 40;
/// Cells of each of the two memories.
pub(super) const CELLS: usize = 16;
/// What a memory's next content depends on: the units, its content, and a constant.
pub(super) const SOURCES: usize = UNITS + CELLS + 1;
/// What outputs depend on: the units and both memories.
pub(super) const HIDDEN: usize = UNITS + 2 * CELLS;
/// Outputs: a score for each tag, then one for each kind of step.
pub(super) const OUTPUTS: usize = TAGS + STEPS;

/// The network's numbers, and those of the steps.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// How each input bears on each unit, then on each output.
    inputs: Vec<[f32; WIDTH]>,
    /// How each source bears on the gates, then on the candidates, of the memory down the page and of that up it.
    memories: [Vec<[f32; 2 * CELLS]>; 2],
    /// How the units and the memories bear on each output.
    outputs: Vec<[f32; OUTPUTS]>,
    /// A score for each of [`steps`], in their order.
    steps: Vec<f32>,
}

/// The network in use.
pub(super) static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::of(learnt::network()));

/// Units and outputs, and some noughts: processors add whole groups of numbers at once.
const WIDTH: usize = (UNITS + OUTPUTS).next_multiple_of(8);
/// Units and outputs of a line.
type Read = ([f32; UNITS], [f32; OUTPUTS]);
/// What a memory holds.
type Memory = [f32; CELLS];
const DOWN: usize = 0;
const UP: usize = 1;

impl Network {
    /// Takes its numbers from one row: how inputs bear on outputs, then on units, memories, outputs, steps.
    pub(super) fn of(mut numbers: impl Iterator<Item = f32>) -> Self {
        fn rows<const N: usize>(numbers: &mut dyn Iterator<Item = f32>, count: usize) -> Vec<[f32; N]> {
            (0..count).map(|_| from_fn(|_| numbers.next().unwrap_or_default())).collect()
        }
        let direct: Vec<[f32; OUTPUTS]> = rows(&mut numbers, INPUTS);
        let units: Vec<[f32; UNITS]> = rows(&mut numbers, INPUTS);
        let both = |(units, direct): (&[f32; UNITS], &[f32; OUTPUTS])| {
            let mut both = [0.0; WIDTH];
            both[..UNITS].copy_from_slice(units);
            both[UNITS..UNITS + OUTPUTS].copy_from_slice(direct);
            both
        };
        Self {
            inputs: units.iter().zip(&direct).map(both).collect(),
            memories: from_fn(|_| rows(&mut numbers, SOURCES)),
            outputs: rows(&mut numbers, HIDDEN),
            steps: numbers.take(steps().len()).collect(),
        }
    }

    /// The score of each step there is, in the order of [`steps`].
    pub(super) fn steps(&self) -> &[f32] {
        &self.steps
    }

    /// For each line from the first, scores of its tag, then of the kind of step to it.
    pub(super) fn scores<'a>(&'a self, context: &'a Context) -> impl Iterator<Item = [f32; OUTPUTS]> + 'a {
        let lines: Vec<Read> = (0..context.features.len()).map(|line| self.read(context, line)).collect();
        // The memory up the page must be there before the first line is read.
        let mut from_below = vec![[0.0; CELLS]; lines.len()];
        let mut memory = [0.0; CELLS];
        for ((units, _), below) in lines.iter().zip(&mut from_below).rev() {
            self.remember(UP, units, &mut memory);
            *below = memory;
        }
        let mut memory = [0.0; CELLS];
        lines.into_iter().zip(from_below).map(move |((units, mut outputs), below)| {
            self.remember(DOWN, &units, &mut memory);
            let hidden = units.iter().chain(&memory).chain(&below);
            for (activity, row) in hidden.zip(&self.outputs) {
                add(&mut outputs, *activity, row);
            }
            outputs
        })
    }

    /// A line's units, none below nought, and what its inputs say of the outputs directly.
    fn read(&self, context: &Context, line: usize) -> Read {
        let mut sums = [0.0; WIDTH];
        for flag in flags(context, line) {
            sums.iter_mut().zip(&self.inputs[flag]).for_each(|(sum, number)| *sum += number);
        }
        for (input, strength) in scores(context, line) {
            add(&mut sums, strength, &self.inputs[input]);
        }
        (from_fn(|unit| sums[unit].max(0.0)), from_fn(|output| sums[UNITS + output]))
    }

    /// Takes a line into a memory.
    fn remember(&self, direction: usize, units: &[f32; UNITS], memory: &mut Memory) {
        let rows = &self.memories[direction];
        let mut sums = rows[SOURCES - 1];
        for (activity, row) in units.iter().chain(&*memory).zip(rows) {
            if *activity != 0.0 {
                add(&mut sums, *activity, row);
            }
        }
        let (gates, candidates) = sums.split_at(CELLS);
        for ((cell, gate), candidate) in memory.iter_mut().zip(gates).zip(candidates) {
            *cell += (0.5 + 0.5 * bend(*gate)) * (bend(*candidate) - *cell);
        }
    }
}

/// From minus one to one.
fn bend(sum: f32) -> f32 {
    sum / (1.0 + sum.abs())
}

fn add<const N: usize>(sums: &mut [f32; N], factor: f32, row: &[f32; N]) {
    sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += factor * number);
}

/// A line's inputs that aren't nought: their numbers, and how strong they are.
pub(super) fn inputs(context: &Context, line: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
    flags(context, line).map(|flag| (flag, 1.0)).chain(scores(context, line))
}

/// The inputs that say yes.
fn flags(context: &Context, line: usize) -> impl Iterator<Item = usize> + '_ {
    let features = around(context, line).flat_map(move |(place, line)| {
        context.features[line].numbers().map(move |feature| place * FEATURES + feature)
    });
    let signs = (0..SIGNS.len()).filter(move |sign| context.junctions[line].has(SIGNS[*sign]));
    features.chain(signs.map(|sign| 3 * FEATURES + sign))
}

/// What the wording says.
fn scores(context: &Context, line: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
    around(context, line).flat_map(move |(place, line)| {
        let scores = context.wording[line].into_iter().enumerate();
        scores.map(move |(part, score)| (FLAGS + place * PARTS + part, score))
    })
}

/// A line, the one before and the one after, each with its place among the inputs.
fn around(context: &Context, line: usize) -> impl Iterator<Item = (usize, usize)> {
    let next = Some(line + 1).filter(|next| *next < context.features.len());
    let lines = [Some(line), line.checked_sub(1), next];
    lines.into_iter().enumerate().filter_map(|(place, line)| Some((place, line?)))
}
