//! The splitter's network, forwards with what it remembers and backwards through it.
//!
//! Serving's own forward pass is `wenlei_text::page`'s; a test holds the two together.

use wenlei_text::page::lessons::Shape;

/// What the network made of one line.
#[derive(Clone, Debug)]
pub struct Activation {
    /// The inputs that took part.
    inputs: Vec<usize>,
    /// The units, negative ones cut to nought.
    units: Vec<f32>,
    /// Scores of the tags, then of the kinds of steps.
    pub outputs: Vec<f32>,
}

/// Runs the network on one line.
pub fn run(shape: &Shape, numbers: &[f32], inputs: Vec<usize>) -> Activation {
    let (mut units, mut outputs) = (vec![0.0; shape.units], vec![0.0; shape.outputs]);
    for input in &inputs {
        add(&mut units, 1.0, &numbers[shape.unit(*input)..]);
        add(&mut outputs, 1.0, &numbers[shape.direct(*input)..]);
    }
    for (unit, activity) in units.iter_mut().enumerate() {
        *activity = activity.max(0.0);
        add(&mut outputs, *activity, &numbers[shape.output(unit)..]);
    }
    Activation { inputs, units, outputs }
}

impl Activation {
    /// Adds the slopes of every number to `gradient`, given those of the outputs.
    pub fn add_slopes(&self, shape: &Shape, numbers: &[f32], outputs: &[f32], gradient: &mut [f32]) {
        let mut units = vec![0.0; shape.units];
        for (unit, activity) in self.units.iter().enumerate().filter(|(_, activity)| **activity > 0.0) {
            let row = &numbers[shape.output(unit)..][..shape.outputs];
            units[unit] = row.iter().zip(outputs).map(|(number, slope)| number * slope).sum();
            add(&mut gradient[shape.output(unit)..][..shape.outputs], *activity, outputs);
        }
        for input in &self.inputs {
            add(&mut gradient[shape.direct(*input)..][..shape.outputs], 1.0, outputs);
            add(&mut gradient[shape.unit(*input)..][..shape.units], 1.0, &units);
        }
    }
}

/// Adds a multiple of the beginning of `row`.
fn add(sums: &mut [f32], factor: f32, row: &[f32]) {
    sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += factor * number);
}
