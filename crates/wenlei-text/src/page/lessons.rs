//! The page tagger's insides, for the program that learns its weights; no part of the interface others may rely on.

use super::Page;
use super::assemble;
use super::context::{Context, SIGNS};
use super::feature::FEATURES;
use super::line::{self, Line};
use super::network::{self, CELLS, FLAGS, HIDDEN, INPUTS, Network, OUTPUTS, SOURCES, UNITS};
use super::tag::{STATES, STEP_KINDS, STEPS, State, Step, TAGS, Tag, steps};
use super::viterbi;
use super::weights;
use super::wording;
pub use super::wording::{PARTS, Part, ROWS, Wording};

/// A step between two states.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// State of the line before.
    pub from: usize,
    /// State of the line.
    pub to: usize,
    /// Kind of step.
    pub kind: usize,
    /// Whether an article begins with the line.
    pub begins: bool,
}

/// What a state is.
#[allow(clippy::struct_excessive_bools, reason = "independent observations")]
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its tag.
    pub tag: usize,
    /// Belongs to no article.
    pub outside: bool,
    /// A line of a title.
    pub title: bool,
    /// Dropped from inside an article.
    pub insert: bool,
    /// A line of text, not a heading or names.
    pub text: bool,
    /// A page may begin with it.
    pub first: bool,
    /// A page may end with it.
    pub last: bool,
}

/// The shape of the tagger. Its numbers stand in one row: how inputs bear on outputs, how they bear on units, how
/// sources bear on the memory down the page and on that up it, how units and memories bear on outputs, and the steps'.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Inputs of each line: features of three lines, then signs, then three lines' scores of wording.
    pub inputs: usize,
    /// Those of them that are yes or no.
    pub flags: usize,
    /// Features of one line.
    pub features: usize,
    /// Hidden units.
    pub units: usize,
    /// Cells of each memory.
    pub cells: usize,
    /// Outputs: tags, then kinds of steps.
    pub outputs: usize,
    /// Tags of lines.
    pub tags: usize,
    /// The states.
    pub states: Vec<Place>,
    /// The steps between them.
    pub edges: Vec<Edge>,
}

impl Shape {
    /// The shape of the tagger in use.
    pub fn of_tagger() -> Self {
        let place = |state: State| Place {
            tag: state.tag() as usize,
            outside: state == State::Furniture,
            title: matches!(state, State::Title | State::MoreTitle | State::Under),
            insert: matches!(state, State::Insert | State::Insert0 | State::HeadInsert),
            text: matches!(state.tag(), Tag::Opening | Tag::Body | Tag::Untitled),
            first: state.is_beginning(),
            last: state.is_complete(),
        };
        let begins =
            |to: State, step: Step| step != Step::Heads && to != State::Furniture && to.is_beginning();
        let edge = |(from, to, step, _): &(State, State, Step, f32)| Edge {
            from: *from as usize,
            to: *to as usize,
            kind: *step as usize,
            begins: begins(*to, *step),
        };
        Self {
            inputs: INPUTS,
            flags: FLAGS,
            features: FEATURES,
            units: UNITS,
            cells: CELLS,
            outputs: OUTPUTS,
            tags: TAGS,
            states: STATES.map(place).to_vec(),
            edges: steps().iter().map(edge).collect(),
        }
    }

    /// Place of the number that says how an input bears on the first output.
    pub fn direct(&self, input: usize) -> usize {
        input * self.outputs
    }

    /// Place of the number that says how an input bears on the first unit.
    pub fn unit(&self, input: usize) -> usize {
        self.inputs * self.outputs + input * self.units
    }

    /// Place of the number that says how a source (the units, the memory's cells, a constant) bears on the first gate of
    /// a memory: of the one down the page (0) or up it (1). Those of the candidates follow those of the gates.
    pub fn memory(&self, direction: usize, source: usize) -> usize {
        self.inputs * (self.outputs + self.units) + (direction * SOURCES + source) * 2 * self.cells
    }

    /// Place of the number that says how a unit, or a cell of either memory after the units, bears on the first output.
    pub fn output(&self, hidden: usize) -> usize {
        self.memory(2, 0) + hidden * self.outputs
    }

    /// Place of the number of an edge.
    pub fn edge(&self, edge: usize) -> usize {
        self.output(HIDDEN) + edge
    }

    /// How many numbers there are.
    pub fn numbers(&self) -> usize {
        self.edge(self.edges.len())
    }
}

/// Where learning begins: the numbers set by hand, and neither units nor memories.
pub fn hand_set() -> Vec<f32> {
    let shape = Shape::of_tagger();
    let mut numbers = vec![0.0; shape.numbers()];
    for (feature, row) in weights::emissions().iter().enumerate() {
        numbers[shape.direct(feature)..][..TAGS].copy_from_slice(row);
    }
    for (index, sign) in SIGNS.iter().enumerate() {
        let row = STEP_KINDS.map(|step| weights::junction(step, *sign));
        numbers[shape.direct(3 * FEATURES + index) + TAGS..][..STEPS].copy_from_slice(&row);
    }
    for (index, (_, _, _, score)) in steps().iter().enumerate() {
        numbers[shape.edge(index)] = *score;
    }
    numbers
}

/// A line as the tagger sees it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its number on the page, from 1.
    pub number: usize,
    /// The inputs that aren't nought, and how strong they are.
    pub inputs: Vec<(usize, f32)>,
    /// The rows of [`Wording`] it is read by.
    pub grams: Vec<usize>,
}

/// A page as the tagger sees it.
pub fn see(page: &str, wording: &Wording) -> Vec<Seen> {
    let lines = line::lines(page);
    let context = Context::of(&lines, wording);
    let ends: Vec<usize> = page.match_indices('\n').map(|(at, _)| at).collect();
    let number = |line: &Line<'_>| ends.partition_point(|end| *end < line.range.start) + 1;
    let seen = |(index, line)| {
        let mut grams = Vec::new();
        wording::grams(&lines, index, |gram| grams.push(gram));
        Seen { number: number(line), inputs: network::inputs(&context, index).collect(), grams }
    };
    lines.iter().enumerate().map(seen).collect()
}

/// What the serving network makes of each line by these numbers: scores of tags, then of kinds of steps.
pub fn outputs(page: &str, wording: &Wording, numbers: &[f32]) -> Vec<Vec<f32>> {
    let context = Context::of(&line::lines(page), wording);
    Network::of(numbers.iter().copied()).scores(&context).map(Vec::from).collect()
}

/// Splits a page by another table of wording and other numbers of the network.
pub fn split(page: &str, wording: &Wording, numbers: &[f32]) -> Page {
    let lines = line::lines(page);
    let context = Context::of(&lines, wording);
    let states = viterbi::decode(&context, &Network::of(numbers.iter().copied()));
    assemble::assemble(&lines, &context, &states)
}
