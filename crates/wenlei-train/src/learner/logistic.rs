//! Dual coordinate descent for the logistic loss (Yu, Huang and Lin 2011, algorithm 5).
//!
//! The dual is `min ½ αᵀQα + Σ α_i ln α_i + (C_i − α_i) ln(C_i − α_i)` over `0 < α_i < C_i`. A coordinate's minimum
//! has no closed form: a few Newton steps find it, taken in `α` or in `C − α`, whichever is the smaller, so that no
//! digits are lost near a bound.

use linfa::Float;

use super::dual::{Order, Problem, State};
use super::hyperparams::LinearClassifierValidParams;

/// How much of a variable is kept when a Newton step would leave the interval.
const KEPT_SHARE: f64 = 0.1;
const MOST_NEWTON_STEPS: usize = 100;

/// Where the variables start: close to 0, never at it.
pub(super) fn start<F: Float>(problem: &Problem<F>) -> Vec<F> {
    problem.costs.iter().map(|cost| (F::cast(1e-3) * *cost).min(F::cast(1e-8))).collect()
}

/// Minimises the dual from `state` on; returns the number of passes.
pub(super) fn solve<F: Float>(
    problem: &Problem<F>,
    state: &mut State<F>,
    params: &LinearClassifierValidParams<F>,
) -> usize {
    let mut order = Order::new(params.seed);
    let mut rows: Vec<usize> = (0..problem.samples()).collect();
    let mut newton_tolerance = F::cast(1e-2);
    for pass in 1..=params.max_iterations {
        order.shuffle(&mut rows);
        let (mut worst, mut steps) = (F::zero(), 0);
        for &row in &rows {
            let (violation, taken) = descend(problem, state, row, newton_tolerance);
            worst = worst.max(violation);
            steps += taken;
        }
        if worst < params.tolerance {
            return pass;
        }
        if steps <= rows.len() / 10 {
            newton_tolerance = (newton_tolerance * F::cast(0.1)).max(F::cast(1e-8));
        }
    }
    params.max_iterations
}

/// Minimises one coordinate; returns how far it was from its minimum and the Newton steps taken.
fn descend<F: Float>(problem: &Problem<F>, state: &mut State<F>, row: usize, tolerance: F) -> (F, usize) {
    let (cost, alpha) = (problem.costs[row], state.dual[row]);
    let curvature = problem.squared_norm(row);
    let margin = problem.margin(row, &state.weights);
    // The sign of the derivative in the middle of the interval tells in which half the minimum lies.
    let lower_half = curvature * (cost / F::cast(2.0) - alpha) + margin >= F::zero();
    let (start, slope) = if lower_half { (alpha, margin) } else { (cost - alpha, -margin) };
    let derivative = |z: F| curvature * (z - start) + slope + (z / (cost - z)).ln();
    let mut z = if start > cost / F::cast(2.0) { start * F::cast(KEPT_SHARE) } else { start };
    let violation = derivative(z).abs();
    let mut steps = 0;
    while derivative(z).abs() >= tolerance && steps < MOST_NEWTON_STEPS {
        let next = z - derivative(z) / (curvature + cost / ((cost - z) * z));
        z = if next <= F::zero() { z * F::cast(KEPT_SHARE) } else { next };
        steps += 1;
    }
    if steps > 0 {
        state.dual[row] = if lower_half { z } else { cost - z };
        problem.update(row, state.dual[row] - alpha, &mut state.weights);
    }
    (violation, steps)
}

/// Primal and dual objective; at the solution they are equal.
pub(super) fn objectives<F: Float>(problem: &Problem<F>, state: &State<F>) -> (F, F) {
    let half = Problem::regularisation(&state.weights);
    let (mut primal, mut dual) = (half, -half);
    let entropy = |value: F| if value > F::zero() { value * value.ln() } else { F::zero() };
    for row in 0..problem.samples() {
        let (cost, alpha) = (problem.costs[row], state.dual[row]);
        let margin = problem.margin(row, &state.weights);
        // ln(1 + e^(−m)) without overflow for large negative m.
        primal += cost * ((-margin.abs()).exp().ln_1p() + (-margin).max(F::zero()));
        dual -= entropy(alpha) + entropy(cost - alpha) - entropy(cost);
    }
    (primal, dual)
}
