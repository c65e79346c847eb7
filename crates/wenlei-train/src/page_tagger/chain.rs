//! Sums over all labellings of a page: forwards, backwards, and how often each state and step is used.
//!
//! The forward-backward algorithm of linear-chain conditional random fields (Lafferty and others 2001), in
//! logarithms.

use wenlei_text::page::lessons::{Edge, Place, Shape};

use super::gold::{Known, begins_first};
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
    /// Sums over the labellings of a page. `outputs` holds for each line the network's scores of tags and kinds of
    /// steps, `steps` a score for every edge. None when no labelling is possible.
    pub fn new(
        shape: &'a Shape,
        outputs: &[&[f32]],
        steps: &[f32],
        known: &[Known],
        over: Over,
    ) -> Option<Self> {
        let lines = || outputs.iter().zip(known);
        let node = |(outputs, known): (&&[f32], &Known)| {
            shape.states.iter().map(|place| node_score(outputs[place.tag], *known, *place, over)).collect()
        };
        let edge = |(outputs, known): (&&[f32], &Known)| {
            let score = |(edge, step): (&Edge, &f32)| {
                edge_score(step + outputs[shape.tags + edge.kind], *known, *edge, over)
            };
            shape.edges.iter().zip(steps).map(score).collect()
        };
        let (nodes, edges): (Vec<Vec<f64>>, Vec<Vec<f64>>) =
            (lines().map(node).collect(), lines().map(edge).collect());
        let forward = forward(shape, *known.first()?, over, &nodes, &edges);
        let backward = backward(shape, &nodes, &edges);
        let mut total = LogSums::new(1);
        forward
            .first()?
            .iter()
            .zip(backward.first()?)
            .for_each(|(before, after)| total.add(0, before + after));
        let total = total.logs()[0];
        (total > NEVER).then_some(Self { shape, nodes, edges, forward, backward, total })
    }

    /// Logarithm of the sum over all labellings.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// Adds `weight` times how often a line is expected to use each output, and the page each edge: the slopes of
    /// [`Self::total`].
    pub fn add_use(&self, weight: f32, outputs: &mut [Vec<f32>], steps: &mut [f32]) {
        for (line, outputs) in outputs.iter_mut().enumerate() {
            for (state, place) in self.shape.states.iter().enumerate() {
                let share = self.forward[line][state] + self.backward[line][state] - self.total;
                outputs[place.tag] += weight * share.exp() as f32;
            }
            if line == 0 {
                continue;
            }
            let edges = self.shape.edges.iter().zip(&self.edges[line]).zip(&mut *steps);
            for ((edge, score), step) in edges {
                let after = self.nodes[line][edge.to] + self.backward[line][edge.to];
                let share = self.forward[line - 1][edge.from] + score + after - self.total;
                let share = weight * share.exp() as f32;
                *step += share;
                outputs[self.shape.tags + edge.kind] += share;
            }
        }
    }
}

fn node_score(score: f32, known: Known, place: Place, over: Over) -> f64 {
    match over {
        Over::Gold if !known.agrees(place) => NEVER,
        Over::Gold => f64::from(score),
        Over::All(cost) => f64::from(score + cost * known.cost(place)),
    }
}

fn edge_score(score: f32, known: Known, edge: Edge, over: Over) -> f64 {
    match over {
        _ if known.agrees_with_step(edge) => f64::from(score),
        Over::Gold => NEVER,
        Over::All(cost) => f64::from(score + 2.0 * cost),
    }
}

fn forward(shape: &Shape, known: Known, over: Over, nodes: &[Vec<f64>], edges: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let agrees = |state| !matches!(over, Over::Gold) || known.begins == begins_first(shape, state);
    let first = |(state, score): (usize, &f64)| {
        if shape.states[state].first && agrees(state) { *score } else { NEVER }
    };
    let mut ways: Vec<Vec<f64>> = vec![nodes[0].iter().enumerate().map(first).collect()];
    for (nodes, edges) in nodes.iter().zip(edges).skip(1) {
        let before = &ways[ways.len() - 1];
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
