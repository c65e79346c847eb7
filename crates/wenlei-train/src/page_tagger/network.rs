//! The splitter's network, forwards with what it remembers and backwards through it.
//!
//! Serving's own forward pass is `wenlei_text::page`'s, which also says what the network is; a test holds the two
//! together.

use wenlei_text::page::lessons::Shape;

/// What is left out of a lesson, so that nothing is relied on alone: 0, or what makes up for those left out.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Inputs.
    pub inputs: Vec<bool>,
    /// Units, then the cells of both memories.
    pub hidden: Vec<f32>,
}

impl Kept {
    /// Everything.
    pub fn all(shape: &Shape) -> Self {
        Self { inputs: vec![true; shape.inputs], hidden: vec![1.0; shape.units + 2 * shape.cells] }
    }
}

/// What the network made of a page.
#[derive(Clone, Debug)]
pub struct Pass {
    lines: Vec<LinePass>,
    /// What went on in the memory down the page and in that up it, for each line.
    memories: [Vec<Turn>; 2],
    /// For each line scores of the tags, then of the kinds of steps.
    pub outputs: Vec<Vec<f32>>,
}

#[derive(Clone, Debug)]
struct LinePass {
    /// The inputs that took part, and how strong they were.
    inputs: Vec<(usize, f32)>,
    /// The units, those below nought cut to it.
    units: Vec<f32>,
}

/// A line's turn in a memory.
#[derive(Clone, Debug, Default)]
struct Turn {
    /// What was there before.
    before: Vec<f32>,
    /// How far each cell moves to its candidate, and how steep that is in the gate's sum.
    gates: Vec<(f32, f32)>,
    /// Each candidate, likewise.
    candidates: Vec<(f32, f32)>,
    /// What is there afterwards.
    after: Vec<f32>,
}

/// Runs the network on a page whose lines have these inputs.
pub fn run<'a>(
    shape: &Shape,
    numbers: &[f32],
    inputs: impl Iterator<Item = &'a Vec<(usize, f32)>>,
    kept: &Kept,
) -> Pass {
    let lines: Vec<LinePass> = inputs.map(|inputs| line(shape, numbers, inputs, kept)).collect();
    let memories = [0, 1].map(|direction| remember(shape, numbers, direction, &lines));
    let output = |at: usize| {
        let mut outputs = vec![0.0; shape.outputs];
        for (input, strength) in &lines[at].inputs {
            add(&mut outputs, *strength, &numbers[shape.direct(*input)..]);
        }
        for (hidden, activity) in hidden(&lines[at], &memories, at, shape, kept).enumerate() {
            add(&mut outputs, activity, &numbers[shape.output(hidden)..]);
        }
        outputs
    };
    let outputs = (0..lines.len()).map(output).collect();
    Pass { lines, memories, outputs }
}

fn line(shape: &Shape, numbers: &[f32], inputs: &[(usize, f32)], kept: &Kept) -> LinePass {
    let inputs: Vec<_> = inputs.iter().copied().filter(|(input, _)| kept.inputs[*input]).collect();
    let mut units = vec![0.0; shape.units];
    for (input, strength) in &inputs {
        add(&mut units, *strength, &numbers[shape.unit(*input)..]);
    }
    units.iter_mut().zip(&kept.hidden).for_each(|(unit, kept)| *unit = unit.max(0.0) * kept);
    LinePass { inputs, units }
}

/// Units and cells as the outputs see them.
fn hidden<'a>(
    line: &'a LinePass,
    memories: &'a [Vec<Turn>; 2],
    at: usize,
    shape: &Shape,
    kept: &'a Kept,
) -> impl Iterator<Item = f32> + 'a {
    let cells = memories[0][at].after.iter().chain(&memories[1][at].after);
    let cells = cells.zip(&kept.hidden[shape.units..]).map(|(cell, kept)| cell * kept);
    line.units.iter().copied().chain(cells)
}

/// The lines in the order in which a memory meets them.
fn order(direction: usize, lines: usize) -> Box<dyn DoubleEndedIterator<Item = usize>> {
    if direction == 0 { Box::new(0..lines) } else { Box::new((0..lines).rev()) }
}

fn remember(shape: &Shape, numbers: &[f32], direction: usize, lines: &[LinePass]) -> Vec<Turn> {
    let cells = shape.cells;
    let row = |source| &numbers[shape.memory(direction, source)..][..2 * cells];
    let mut turns = vec![Turn::default(); lines.len()];
    let mut memory = vec![0.0; cells];
    for at in order(direction, lines.len()) {
        let mut sums = row(shape.units + cells).to_vec();
        for (source, activity) in lines[at].units.iter().chain(&memory).enumerate() {
            add(&mut sums, *activity, row(source));
        }
        let before = memory.clone();
        let bent = |sum: &f32| (sum / (1.0 + sum.abs()), (1.0 + sum.abs()).powi(-2));
        let gate = |(value, slope): (f32, f32)| (0.5 + 0.5 * value, 0.5 * slope);
        let gates: Vec<_> = sums[..cells].iter().map(|sum| gate(bent(sum))).collect();
        let candidates: Vec<_> = sums[cells..].iter().map(bent).collect();
        for ((cell, gate), candidate) in memory.iter_mut().zip(&gates).zip(&candidates) {
            *cell += gate.0 * (candidate.0 - *cell);
        }
        turns[at] = Turn { before, gates, candidates, after: memory.clone() };
    }
    turns
}

impl Pass {
    /// Adds the slopes of every number to `gradient`, given those of the outputs.
    pub fn add_slopes(
        &self,
        shape: &Shape,
        numbers: &[f32],
        outputs: &[Vec<f32>],
        kept: &Kept,
        gradient: &mut [f32],
    ) {
        let mut slopes: Vec<Vec<f32>> = Vec::with_capacity(outputs.len());
        for (at, outputs) in outputs.iter().enumerate() {
            let activities = hidden(&self.lines[at], &self.memories, at, shape, kept);
            slopes.push(
                activities
                    .enumerate()
                    .map(|(hidden, activity)| {
                        let place = shape.output(hidden);
                        add(&mut gradient[place..][..shape.outputs], activity, outputs);
                        dot(&numbers[place..], outputs)
                    })
                    .collect(),
            );
        }
        for direction in [0, 1] {
            self.add_memory(shape, numbers, direction, &mut slopes, kept, gradient);
        }
        for ((line, slopes), outputs) in self.lines.iter().zip(&slopes).zip(outputs) {
            let live =
                |((slope, unit), kept): ((&f32, &f32), &f32)| if *unit > 0.0 { slope * kept } else { 0.0 };
            let units: Vec<f32> = slopes.iter().zip(&line.units).zip(&kept.hidden).map(live).collect();
            for (input, strength) in &line.inputs {
                add(&mut gradient[shape.direct(*input)..][..shape.outputs], *strength, outputs);
                add(&mut gradient[shape.unit(*input)..][..shape.units], *strength, &units);
            }
        }
    }

    /// Back through a memory: the slopes of its numbers, and what they add to those of the units.
    fn add_memory(
        &self,
        shape: &Shape,
        numbers: &[f32],
        direction: usize,
        slopes: &mut [Vec<f32>],
        kept: &Kept,
        gradient: &mut [f32],
    ) {
        let cells = shape.cells;
        let own = shape.units + direction * cells;
        let mut carried = vec![0.0; cells];
        for at in order(direction, self.lines.len()).rev() {
            let turn = &self.memories[direction][at];
            let mut sums = vec![0.0; 2 * cells];
            for cell in 0..cells {
                let slope = carried[cell] + slopes[at][own + cell] * kept.hidden[own + cell];
                let ((gate, gate_slope), (candidate, candidate_slope)) =
                    (turn.gates[cell], turn.candidates[cell]);
                sums[cell] = slope * (candidate - turn.before[cell]) * gate_slope;
                sums[cells + cell] = slope * gate * candidate_slope;
                carried[cell] = slope * (1.0 - gate);
            }
            let units = self.lines[at].units.iter().zip(&mut slopes[at]);
            let content = turn.before.iter().zip(&mut carried);
            for (source, (activity, below)) in units.chain(content).enumerate() {
                let place = shape.memory(direction, source);
                add(&mut gradient[place..][..2 * cells], *activity, &sums);
                *below += dot(&numbers[place..], &sums);
            }
            add(&mut gradient[shape.memory(direction, shape.units + cells)..][..2 * cells], 1.0, &sums);
        }
    }
}

/// Adds a multiple of the beginning of `row`.
fn add(sums: &mut [f32], factor: f32, row: &[f32]) {
    sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += factor * number);
}

fn dot(row: &[f32], other: &[f32]) -> f32 {
    row.iter().zip(other).map(|(number, other)| number * other).sum()
}
