//! The best sequence of states for a page.
//!
//! Viterbi's algorithm: time and memory are linear in the number of lines.

use super::context::Context;
use super::tag::{STATES, State, Step, steps};
use super::weights;

const COUNT: usize = STATES.len();

/// One state for every line.
pub(super) fn decode(context: &Context) -> Vec<State> {
    let steps = steps();
    let lines = context.features.len();
    if lines == 0 {
        return Vec::new();
    }
    let mut scores = start(context);
    let mut origins = vec![[0_u8; COUNT]; lines];
    for (line, origins) in origins.iter_mut().enumerate().skip(1) {
        scores = advance(context, &steps, line, &scores, origins);
    }
    trace_back(&scores, &origins)
}

fn emissions(context: &Context, line: usize) -> [f32; COUNT] {
    let tags = weights::emissions(context.features[line]);
    STATES.map(|state| tags[state.tag() as usize])
}

/// A page begins with furniture or with an article.
fn start(context: &Context) -> [f32; COUNT] {
    let emissions = emissions(context, 0);
    STATES.map(|state| match state {
        State::Furniture | State::Overtitle | State::Title | State::Untitled => emissions[state as usize],
        _ => f32::NEG_INFINITY,
    })
}

fn advance(
    context: &Context,
    steps: &[(State, State, Step, f32)],
    line: usize,
    before: &[f32; COUNT],
    origins: &mut [u8; COUNT],
) -> [f32; COUNT] {
    let mut scores = [f32::NEG_INFINITY; COUNT];
    for (from, to, step, cost) in steps {
        let score = before[*from as usize] + cost + weights::junction(*step, context.junctions[line]);
        if score > scores[*to as usize] {
            scores[*to as usize] = score;
            origins[*to as usize] = *from as u8;
        }
    }
    for (score, emission) in scores.iter_mut().zip(emissions(context, line)) {
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
