//! The best sequence of states for a page.
//!
//! Viterbi's algorithm: time and memory are linear in the number of lines.

use super::context::Context;
use super::scores::Scores;
use super::tag::{STATES, State};

const COUNT: usize = STATES.len();

/// One state for every line.
pub(super) fn decode(context: &Context, weights: &Scores) -> Vec<State> {
    let lines = context.features.len();
    if lines == 0 {
        return Vec::new();
    }
    let mut scores = start(context, weights);
    let mut origins = vec![[0_u8; COUNT]; lines];
    for (line, origins) in origins.iter_mut().enumerate().skip(1) {
        scores = advance(context, weights, line, &scores, origins);
    }
    trace_back(&scores, &origins)
}

fn emissions(context: &Context, weights: &Scores, line: usize) -> [f32; COUNT] {
    let tags = weights.tags(context.features[line]);
    STATES.map(|state| tags[state.tag() as usize])
}

/// A page begins with furniture or with an article.
fn start(context: &Context, weights: &Scores) -> [f32; COUNT] {
    let emissions = emissions(context, weights, 0);
    STATES.map(|state| if state.is_beginning() { emissions[state as usize] } else { f32::NEG_INFINITY })
}

fn advance(
    context: &Context,
    weights: &Scores,
    line: usize,
    before: &[f32; COUNT],
    origins: &mut [u8; COUNT],
) -> [f32; COUNT] {
    let mut scores = [f32::NEG_INFINITY; COUNT];
    let bearings = weights.bearings(context.junctions[line]);
    for (from, to, step, cost) in &weights.steps {
        let score = before[*from as usize] + cost + bearings[*step as usize];
        if score > scores[*to as usize] {
            scores[*to as usize] = score;
            origins[*to as usize] = *from as u8;
        }
    }
    for (score, emission) in scores.iter_mut().zip(emissions(context, weights, line)) {
        *score += emission;
    }
    // Only differences matter; sums over a million lines would lose them.
    let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.map(|score| score - best)
}

fn trace_back(scores: &[f32; COUNT], origins: &[[u8; COUNT]]) -> Vec<State> {
    let ends = STATES.iter().filter(|state| state.is_complete());
    let best = ends.max_by(|a, b| scores[**a as usize].total_cmp(&scores[**b as usize]));
    let mut state = best.copied().unwrap_or(State::Furniture);
    let mut path = vec![state; origins.len()];
    for line in (1..origins.len()).rev() {
        state = STATES[usize::from(origins[line][state as usize])];
        path[line - 1] = state;
    }
    path
}
