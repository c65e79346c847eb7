//! What a line and its neighbours say of the line's tag and of the step to it: a network with one hidden layer.
//!
//! Its inputs are yes or no: the features of the line, of the line before and of the line after, and what stands before
//! the line. They bear on the outputs directly, and through units that notice several together: "no word comes back
//! below" means a column's name only where another headline follows.

use std::sync::LazyLock;

use super::context::{Context, SIGNS};
use super::feature::FEATURES;
use super::learnt;
use super::tag::{STEPS, TAGS, steps};

/// Inputs: three lines' features and the signs.
pub(super) const INPUTS: usize = 3 * FEATURES + SIGNS.len();
/// Hidden units.
pub(super) const UNITS: usize = 96;
/// Outputs: a score for each tag, then one for each kind of step.
pub(super) const OUTPUTS: usize = TAGS + STEPS;

/// The network's numbers, and those of the steps.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// How each input bears on each output.
    direct: Vec<[f32; OUTPUTS]>,
    /// How each input bears on each unit.
    units: Vec<[f32; UNITS]>,
    /// How each unit bears on each output.
    outputs: [[f32; OUTPUTS]; UNITS],
    /// A score for each of [`steps`], in their order.
    steps: Vec<f32>,
}

/// The network in use.
pub(super) static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::of(learnt::numbers()));

impl Network {
    /// Takes its numbers from one row: direct, units, outputs, steps.
    pub(super) fn of(mut numbers: impl Iterator<Item = f32>) -> Self {
        fn rows<const N: usize>(numbers: &mut dyn Iterator<Item = f32>, count: usize) -> Vec<[f32; N]> {
            (0..count).map(|_| std::array::from_fn(|_| numbers.next().unwrap_or_default())).collect()
        }
        Self {
            direct: rows(&mut numbers, INPUTS),
            units: rows(&mut numbers, INPUTS),
            outputs: std::array::from_fn(|_| std::array::from_fn(|_| numbers.next().unwrap_or_default())),
            steps: numbers.take(steps().len()).collect(),
        }
    }

    /// The score of each step there is, in the order of [`steps`].
    pub(super) fn steps(&self) -> &[f32] {
        &self.steps
    }

    /// What a line's inputs say of its tag and of the kind of step to it.
    pub(super) fn scores(&self, inputs: impl Iterator<Item = usize>) -> ([f32; TAGS], [f32; STEPS]) {
        let (mut units, mut outputs) = ([0.0; UNITS], [0.0; OUTPUTS]);
        for input in inputs {
            add(&mut units, 1.0, &self.units[input]);
            add(&mut outputs, 1.0, &self.direct[input]);
        }
        for (unit, row) in units.iter().zip(&self.outputs) {
            if *unit > 0.0 {
                add(&mut outputs, *unit, row);
            }
        }
        (std::array::from_fn(|tag| outputs[tag]), std::array::from_fn(|kind| outputs[TAGS + kind]))
    }
}

fn add<const N: usize>(sums: &mut [f32; N], factor: f32, row: &[f32; N]) {
    sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += factor * number);
}

/// The inputs that are "yes" for a line.
pub(super) fn inputs(context: &Context, line: usize) -> impl Iterator<Item = usize> + '_ {
    let (features, junction) = (&context.features, context.junctions[line]);
    let of = move |line: Option<usize>, base: usize| {
        let features = line.and_then(|line| features.get(line)).copied().unwrap_or_default();
        features.numbers().map(move |feature| base + feature)
    };
    let signs = (0..SIGNS.len()).filter(move |sign| junction.has(SIGNS[*sign]));
    of(Some(line), 0)
        .chain(of(line.checked_sub(1), FEATURES))
        .chain(of(Some(line + 1), 2 * FEATURES))
        .chain(signs.map(|sign| 3 * FEATURES + sign))
}
