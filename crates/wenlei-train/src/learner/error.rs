//! What can be wrong with hyper-parameters or data.

use thiserror::Error;

/// Why a classifier can't be fitted.
#[derive(Debug, Error)]
pub enum LearnerError {
    /// A cost is not a positive finite number.
    #[error("{name} must be a positive finite number, not {value}")]
    NotPositive {
        /// The hyper-parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// No iteration is allowed.
    #[error("max_iterations must be at least 1")]
    NoIterations,
    /// A record holds a value that is not finite.
    #[error("record {row} holds a value that is not finite")]
    NotFinite {
        /// The row.
        row: usize,
    },
    /// linfa's own errors.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}
