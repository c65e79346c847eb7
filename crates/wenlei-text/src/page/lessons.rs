//! The page tagger's insides, for the program that learns its weights; no part of the interface others may rely on.

use super::Page;
use super::assemble;
use super::context::{Context, SIGNS};
use super::feature::FEATURES;
use super::line::{self, Line};
use super::scores::{SCORES, Scores};
use super::tag::{STATES, STEPS, State, Step, TAGS};
use super::viterbi;

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
    /// Belongs to no article or is dropped from inside one.
    pub insert: bool,
    /// A page may begin with it.
    pub first: bool,
    /// A page may end with it.
    pub last: bool,
}

/// The shape of the model: numbers of emissions, then of junctions, then of edges stand in one row.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Features of lines.
    pub features: usize,
    /// Tags of lines.
    pub tags: usize,
    /// Signs between lines.
    pub signs: usize,
    /// Kinds of steps.
    pub kinds: usize,
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
        let steps = Scores::by_hand().steps;
        Self {
            features: FEATURES,
            tags: TAGS,
            signs: SIGNS.len(),
            kinds: STEPS,
            states: STATES.map(place).to_vec(),
            edges: steps.iter().map(edge).collect(),
        }
    }

    /// Place of the number that says how a feature bears on a tag.
    pub fn emission(&self, feature: usize, tag: usize) -> usize {
        feature * self.tags + tag
    }

    /// Place of the number that says how a sign bears on a kind of step.
    pub fn junction(&self, sign: usize, kind: usize) -> usize {
        self.features * self.tags + sign * self.kinds + kind
    }

    /// Place of the number of an edge.
    pub fn edge(&self, edge: usize) -> usize {
        self.features * self.tags + self.signs * self.kinds + edge
    }
}

/// The numbers set by hand.
pub fn hand_set() -> Vec<f32> {
    Scores::by_hand().numbers()
}

/// The numbers in use.
pub fn in_use() -> Vec<f32> {
    SCORES.numbers()
}

/// A line as the tagger sees it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its number on the page, from 1.
    pub number: usize,
    /// Its features.
    pub features: Vec<usize>,
    /// Signs before it.
    pub signs: Vec<usize>,
}

/// A page as the tagger sees it.
pub fn see(page: &str) -> Vec<Seen> {
    let lines = line::lines(page);
    let context = Context::of(&lines);
    let ends: Vec<usize> = page.match_indices('\n').map(|(at, _)| at).collect();
    let number = |line: &Line<'_>| ends.partition_point(|end| *end < line.range.start) + 1;
    let seen = lines.iter().zip(context.features).zip(context.junctions);
    seen.map(|((line, features), junction)| Seen {
        number: number(line),
        features: features.numbers().collect(),
        signs: (0..SIGNS.len()).filter(|sign| junction.has(SIGNS[*sign])).collect(),
    })
    .collect()
}

/// Splits a page by other numbers.
pub fn split(page: &str, numbers: &[f32]) -> Page {
    let mut scores = Scores::by_hand();
    scores.set(numbers);
    let lines = line::lines(page);
    let context = Context::of(&lines);
    let states = viterbi::decode(&context, &scores);
    assemble::assemble(&lines, &context, &states)
}
