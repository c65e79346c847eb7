//! Sums over all labellings of a page: forwards, backwards, and how often each number is used.

use wenlei_text::page::lessons::Shape;

use super::gold::{Lesson, begins_first};

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

/// Whether a feature takes part.
pub type Kept = [bool];

/// Adds `weight` times the expected use of every number to `gradient`; nothing when no labelling is possible.
pub fn expect(
    shape: &Shape,
    numbers: &[f32],
    lesson: &Lesson,
    kept: &Kept,
    over: Over,
    weight: f64,
    gradient: &mut [f64],
) -> Option<f64> {
    let count = shape.states.len();
    let lines = lesson.seen.len();
    let base = shape.features * shape.tags;
    let edge_base = base + shape.signs * shape.kinds;
    let nodes: Vec<Vec<f64>> =
        (0..lines).map(|line| node_scores(shape, numbers, lesson, kept, over, line)).collect();
    let bearing = |line: usize, edge: usize| -> f64 {
        let step = shape.edges[edge];
        let known = lesson.known[line];
        let mut score = f64::from(numbers[edge_base + edge]);
        for sign in &lesson.seen[line].signs {
            score += f64::from(numbers[base + sign * shape.kinds + step.kind]);
        }
        match over {
            Over::Gold if !known.agrees_with_step(step) => NEVER,
            Over::All(cost) if !known.agrees_with_step(step) => score + 2.0 * f64::from(cost),
            _ => score,
        }
    };
    let bearings: Vec<Vec<f64>> =
        (0..lines).map(|line| (0..shape.edges.len()).map(|edge| bearing(line, edge)).collect()).collect();
    let mut forward = vec![vec![NEVER; count]; lines];
    for state in 0..count {
        let first = shape.states[state].first
            && (!matches!(over, Over::Gold) || lesson.known[0].begins == begins_first(shape, state));
        forward[0][state] = if first { nodes[0][state] } else { NEVER };
    }
    for line in 1..lines {
        let mut terms = Sums::new(count);
        for (edge, score) in shape.edges.iter().zip(&bearings[line]) {
            terms.add(edge.to, forward[line - 1][edge.from] + score);
        }
        forward[line] = terms.logs().iter().zip(&nodes[line]).map(|(sum, node)| sum + node).collect();
    }
    let mut backward = vec![vec![NEVER; count]; lines];
    for (place, last) in shape.states.iter().zip(&mut backward[lines - 1]) {
        *last = if place.last { 0.0 } else { NEVER };
    }
    for line in (1..lines).rev() {
        let mut terms = Sums::new(count);
        for (edge, score) in shape.edges.iter().zip(&bearings[line]) {
            terms.add(edge.from, backward[line][edge.to] + score + nodes[line][edge.to]);
        }
        backward[line - 1] = terms.logs();
    }
    let mut total = Sums::new(1);
    (0..count).for_each(|state| total.add(0, forward[0][state] + backward[0][state]));
    let total = total.logs()[0];
    if total == NEVER {
        return None;
    }
    for line in 0..lines {
        for (state, place) in shape.states.iter().enumerate() {
            let share = weight * (forward[line][state] + backward[line][state] - total).exp();
            if share != 0.0 {
                for feature in lesson.seen[line].features.iter().filter(|feature| kept[**feature]) {
                    gradient[feature * shape.tags + place.tag] += share;
                }
            }
        }
        if line == 0 {
            continue;
        }
        for (index, (edge, score)) in shape.edges.iter().zip(&bearings[line]).enumerate() {
            let log =
                forward[line - 1][edge.from] + score + nodes[line][edge.to] + backward[line][edge.to] - total;
            let share = weight * log.exp();
            if share != 0.0 {
                gradient[edge_base + index] += share;
                for sign in &lesson.seen[line].signs {
                    gradient[base + sign * shape.kinds + edge.kind] += share;
                }
            }
        }
    }
    Some(total)
}

fn node_scores(
    shape: &Shape,
    numbers: &[f32],
    lesson: &Lesson,
    kept: &Kept,
    over: Over,
    line: usize,
) -> Vec<f64> {
    let mut tags = vec![0.0; shape.tags];
    for feature in lesson.seen[line].features.iter().filter(|feature| kept[**feature]) {
        let row = &numbers[feature * shape.tags..(feature + 1) * shape.tags];
        tags.iter_mut().zip(row).for_each(|(sum, number)| *sum += f64::from(*number));
    }
    let known = lesson.known[line];
    let score = |place: &wenlei_text::page::lessons::Place| match over {
        Over::Gold if !known.agrees(*place) => NEVER,
        Over::Gold => tags[place.tag],
        Over::All(cost) => tags[place.tag] + f64::from(cost * known.cost(*place)),
    };
    shape.states.iter().map(score).collect()
}

/// Logarithms of sums of exponentials, several at once.
struct Sums {
    greatest: Vec<f64>,
    sums: Vec<f64>,
}

impl Sums {
    fn new(count: usize) -> Self {
        Self { greatest: vec![NEVER; count], sums: vec![0.0; count] }
    }

    fn add(&mut self, at: usize, term: f64) {
        if term == NEVER {
            return;
        }
        if term > self.greatest[at] {
            self.sums[at] = self.sums[at] * (self.greatest[at] - term).exp() + 1.0;
            self.greatest[at] = term;
        } else {
            self.sums[at] += (term - self.greatest[at]).exp();
        }
    }

    fn logs(&self) -> Vec<f64> {
        self.greatest.iter().zip(&self.sums).map(|(greatest, sum)| greatest + sum.ln()).collect()
    }
}
