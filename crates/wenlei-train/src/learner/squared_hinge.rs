//! Dual coordinate descent for the squared hinge loss, with shrinking (Hsieh et al. 2008, algorithm 3).
//!
//! The dual is `min ½ αᵀ(Q + D)α − Σ α_i` over `α ≥ 0`, where `Q_ij = y_i y_j x_iᵀx_j` and `D_ii = 1 / (2 C_i)`.

use linfa::Float;

use super::dual::{Order, Problem, State};
use super::hyperparams::LinearClassifierValidParams;

/// Bounds of the projected gradient seen in one pass.
struct Extremes<F> {
    highest: F,
    lowest: F,
}

/// Minimises the dual from `state` on; returns the number of passes.
pub(super) fn solve<F: Float>(
    problem: &Problem<F>,
    state: &mut State<F>,
    params: &LinearClassifierValidParams<F>,
) -> usize {
    let mut order = Order::new(params.seed);
    let mut active: Vec<usize> = (0..problem.samples()).collect();
    let mut shrink_above = F::infinity();
    for pass in 1..=params.max_iterations {
        order.shuffle(&mut active);
        let extremes = descend(problem, state, &mut active, shrink_above);
        if extremes.highest - extremes.lowest <= params.tolerance {
            if active.len() == problem.samples() {
                return pass;
            }
            // Solved on what is left: look once more at everything.
            active = (0..problem.samples()).collect();
            shrink_above = F::infinity();
        } else {
            shrink_above = if extremes.highest > F::zero() { extremes.highest } else { F::infinity() };
        }
    }
    params.max_iterations
}

/// One pass over the active samples; drops those whose variable stays at its bound.
fn descend<F: Float>(
    problem: &Problem<F>,
    state: &mut State<F>,
    active: &mut Vec<usize>,
    shrink_above: F,
) -> Extremes<F> {
    let mut extremes = Extremes { highest: F::neg_infinity(), lowest: F::infinity() };
    active.retain(|&row| {
        let diagonal = F::one() / (F::cast(2.0) * problem.costs[row]);
        let alpha = state.dual[row];
        let gradient = problem.margin(row, &state.weights) - F::one() + diagonal * alpha;
        if alpha == F::zero() && gradient > shrink_above {
            return false;
        }
        let projected = if alpha == F::zero() { gradient.min(F::zero()) } else { gradient };
        extremes.highest = extremes.highest.max(projected);
        extremes.lowest = extremes.lowest.min(projected);
        if projected != F::zero() {
            let step = gradient / (problem.squared_norm(row) + diagonal);
            state.dual[row] = (alpha - step).max(F::zero());
            problem.update(row, state.dual[row] - alpha, &mut state.weights);
        }
        true
    });
    extremes
}

/// Primal and dual objective; at the solution they are equal.
pub(super) fn objectives<F: Float>(problem: &Problem<F>, state: &State<F>) -> (F, F) {
    let half = Problem::regularisation(&state.weights);
    let (mut primal, mut dual) = (half, -half);
    for row in 0..problem.samples() {
        let slack = (F::one() - problem.margin(row, &state.weights)).max(F::zero());
        let alpha = state.dual[row];
        primal += problem.costs[row] * slack * slack;
        dual += alpha - alpha * alpha / (F::cast(4.0) * problem.costs[row]);
    }
    (primal, dual)
}
