//! Sums over all labellings of a page: forwards, backwards, and how often each number is used.
//!
//! The forward-backward algorithm of linear-chain conditional random fields (Lafferty, McCallum and Pereira 2001), in
//! logarithms.

use wenlei_text::page::lessons::{Edge, Place, Shape};

use super::gold::{Lesson, begins_first};
use super::log_sum::LogSums;

/// Impossible.
const NEVER: f64 = f64::NEG_INFINITY;

/// Which labellings are summed over.
#[derive(Clone, Copy, Debug)]
pub enum Over {
    /// Those that agree with gold.
    Gold,
    /// All, each line's mistake with this head start.
    All(f32),
}

/// A page's labellings with their scores. Rows are lines; columns are states, or edges between them.
pub struct Chain<'a> {
    shape: &'a Shape,
    lesson: &'a Lesson,
    kept: &'a [bool],
    /// Score of each state on each line.
    nodes: Vec<Vec<f64>>,
    /// Score of each edge into each line; the first line's row means nothing.
    edges: Vec<Vec<f64>>,
    /// Logarithm of the sum over all ways to a state, its own score included.
    forward: Vec<Vec<f64>>,
    /// Logarithm of the sum over all ways from a state to the end, its own score left out.
    backward: Vec<Vec<f64>>,
    /// Logarithm of the sum over all labellings.
    total: f64,
}

impl<'a> Chain<'a> {
    /// Sums over the labellings of a page by `numbers`, looking only at the features that are `kept`; none when no
    /// labelling is possible.
    pub fn new(
        shape: &'a Shape,
        numbers: &[f32],
        lesson: &'a Lesson,
        kept: &'a [bool],
        over: Over,
    ) -> Option<Self> {
        let nodes = node_scores(shape, numbers, lesson, kept, over);
        let edges = edge_scores(shape, numbers, lesson, over);
        let forward = forward(shape, lesson, over, &nodes, &edges);
        let backward = backward(shape, &nodes, &edges);
        let mut chain = Self { shape, lesson, kept, nodes, edges, forward, backward, total: NEVER };
        let (first, rest) = (chain.forward.first()?, chain.backward.first()?);
        let mut total = LogSums::new(1);
        first.iter().zip(rest).for_each(|(before, after)| total.add(0, before + after));
        chain.total = total.logs()[0];
        (chain.total > NEVER).then_some(chain)
    }

    /// Logarithm of the sum over all labellings.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// Adds `weight` times the expected use of every number to `gradient`: the slope of [`Self::total`].
    pub fn add_use(&self, weight: f64, gradient: &mut [f64]) {
        for line in 0..self.nodes.len() {
            self.add_use_of_states(line, weight, gradient);
            if line > 0 {
                self.add_use_of_edges(line, weight, gradient);
            }
        }
    }

    fn add_use_of_states(&self, line: usize, weight: f64, gradient: &mut [f64]) {
        let features = || self.lesson.seen[line].features.iter().filter(|feature| self.kept[**feature]);
        for (state, place) in self.shape.states.iter().enumerate() {
            let share = weight * (self.forward[line][state] + self.backward[line][state] - self.total).exp();
            if share != 0.0 {
                features().for_each(|feature| gradient[self.shape.emission(*feature, place.tag)] += share);
            }
        }
    }

    fn add_use_of_edges(&self, line: usize, weight: f64, gradient: &mut [f64]) {
        for (index, (edge, score)) in self.shape.edges.iter().zip(&self.edges[line]).enumerate() {
            let after = self.nodes[line][edge.to] + self.backward[line][edge.to];
            let share = weight * (self.forward[line - 1][edge.from] + score + after - self.total).exp();
            if share != 0.0 {
                gradient[self.shape.edge(index)] += share;
                for sign in &self.lesson.seen[line].signs {
                    gradient[self.shape.junction(*sign, edge.kind)] += share;
                }
            }
        }
    }
}

fn node_scores(shape: &Shape, numbers: &[f32], lesson: &Lesson, kept: &[bool], over: Over) -> Vec<Vec<f64>> {
    let score = |line: usize, place: &Place| {
        let known = lesson.known[line];
        let features = lesson.seen[line].features.iter().filter(|feature| kept[**feature]);
        let score: f64 =
            features.map(|feature| f64::from(numbers[shape.emission(*feature, place.tag)])).sum();
        match over {
            Over::Gold if !known.agrees(*place) => NEVER,
            Over::Gold => score,
            Over::All(cost) => score + f64::from(cost * known.cost(*place)),
        }
    };
    (0..lesson.seen.len()).map(|line| shape.states.iter().map(|place| score(line, place)).collect()).collect()
}

fn edge_scores(shape: &Shape, numbers: &[f32], lesson: &Lesson, over: Over) -> Vec<Vec<f64>> {
    let score = |line: usize, (index, edge): (usize, &Edge)| {
        let signs = lesson.seen[line].signs.iter();
        let signs: f64 = signs.map(|sign| f64::from(numbers[shape.junction(*sign, edge.kind)])).sum();
        let score = f64::from(numbers[shape.edge(index)]) + signs;
        match over {
            _ if lesson.known[line].agrees_with_step(*edge) => score,
            Over::Gold => NEVER,
            Over::All(cost) => score + 2.0 * f64::from(cost),
        }
    };
    let lines = 0..lesson.seen.len();
    lines.map(|line| shape.edges.iter().enumerate().map(|edge| score(line, edge)).collect()).collect()
}

fn forward(
    shape: &Shape,
    lesson: &Lesson,
    over: Over,
    nodes: &[Vec<f64>],
    edges: &[Vec<f64>],
) -> Vec<Vec<f64>> {
    let mut ways: Vec<Vec<f64>> = Vec::with_capacity(nodes.len());
    for (line, (nodes, edges)) in nodes.iter().zip(edges).enumerate() {
        let states = shape.states.iter().enumerate();
        let Some(before) = ways.last() else {
            let agrees = |state| {
                !matches!(over, Over::Gold) || lesson.known[line].begins == begins_first(shape, state)
            };
            let first =
                states.map(|(state, place)| if place.first && agrees(state) { nodes[state] } else { NEVER });
            ways.push(first.collect());
            continue;
        };
        let mut sums = LogSums::new(nodes.len());
        for (edge, score) in shape.edges.iter().zip(edges) {
            sums.add(edge.to, before[edge.from] + score);
        }
        ways.push(sums.logs().iter().zip(nodes).map(|(sum, node)| sum + node).collect());
    }
    ways
}

fn backward(shape: &Shape, nodes: &[Vec<f64>], edges: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let last = shape.states.iter().map(|place| if place.last { 0.0 } else { NEVER }).collect();
    let mut ways: Vec<Vec<f64>> = vec![last];
    for (nodes, edges) in nodes.iter().zip(edges).skip(1).rev() {
        let after = &ways[ways.len() - 1];
        let mut sums = LogSums::new(nodes.len());
        for (edge, score) in shape.edges.iter().zip(edges) {
            sums.add(edge.from, after[edge.to] + score + nodes[edge.to]);
        }
        ways.push(sums.logs());
    }
    ways.reverse();
    ways
}
