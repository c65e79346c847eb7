//! The best sequence of states for a page.
//!
//! Viterbi's algorithm: time and memory are linear in the number of lines.

use super::context::Context;
use super::network::{Network, OUTPUTS};
use super::tag::{STATES, State, Step, TAGS, steps};

const COUNT: usize = STATES.len();

/// One state for every line.
pub(super) fn decode(context: &Context, network: &Network) -> Vec<State> {
    let lines = context.features.len();
    if lines == 0 {
        return Vec::new();
    }
    let ways = steps();
    let mut origins = vec![[0_u8; COUNT]; lines];
    let mut scores = [f32::NEG_INFINITY; COUNT];
    for (line, (outputs, origins)) in network.scores(context).zip(&mut origins).enumerate() {
        scores = if line == 0 {
            begin(&outputs)
        } else {
            advance(&ways, network.steps(), &outputs, &scores, origins)
        };
    }
    trace_back(&scores, &origins)
}

fn begin(outputs: &[f32; OUTPUTS]) -> [f32; COUNT] {
    STATES.map(|state| if state.is_beginning() { outputs[state.tag() as usize] } else { f32::NEG_INFINITY })
}

fn advance(
    ways: &[(State, State, Step, f32)],
    costs: &[f32],
    outputs: &[f32; OUTPUTS],
    before: &[f32; COUNT],
    origins: &mut [u8; COUNT],
) -> [f32; COUNT] {
    let (tags, kinds) = outputs.split_at(TAGS);
    let mut scores = [f32::NEG_INFINITY; COUNT];
    for ((from, to, kind, _), cost) in ways.iter().zip(costs) {
        let score = before[*from as usize] + cost + kinds[*kind as usize];
        if score > scores[*to as usize] {
            scores[*to as usize] = score;
            origins[*to as usize] = *from as u8;
        }
    }
    for (score, state) in scores.iter_mut().zip(STATES) {
        *score += tags[state.tag() as usize];
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
