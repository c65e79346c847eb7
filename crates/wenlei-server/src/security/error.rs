//! Why a secret can't be used. The secret itself is never shown.

use std::path::Path;

use thiserror::Error;

/// Why a certificate, a key or a list of tokens can't be used.
#[derive(Debug, Error)]
#[error("{path}: {problem}")]
pub struct SecurityError {
    path: String,
    problem: String,
}

impl SecurityError {
    /// Something is wrong with the file at `path`.
    pub(super) fn new(path: &Path, problem: impl std::fmt::Display) -> Self {
        Self { path: path.display().to_string(), problem: problem.to_string() }
    }
}
