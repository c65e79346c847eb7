//! Why a model isn't served.

use std::io;

use thiserror::Error;
use wenlei_model::ModelError;

/// Why a file can't be served.
#[derive(Debug, Error)]
pub enum LoadError {
    /// It can't be read.
    #[error("can't read {path}")]
    Read {
        /// The file.
        path: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// It is larger than any model.
    #[error("{path} has more than {limit} bytes: no model")]
    TooLarge {
        /// The file.
        path: String,
        /// The most bytes a model may have.
        limit: u64,
    },
    /// It is no model, or fails its self-test.
    #[error("{path}")]
    Model {
        /// The file.
        path: String,
        /// Why not.
        #[source]
        source: ModelError,
    },
    /// Reading it ended in a panic, which is a defect of the reader.
    #[error("{path}: the reader gave up on this file")]
    Panicked {
        /// The file.
        path: String,
    },
    /// Two models have one name and label.
    #[error("two models are named {name}; tell them apart with --model NAME=FILE or NAME@LABEL=FILE")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// There is no model to go back to.
    #[error("no model was served as {name} before this one")]
    NoPrevious {
        /// The name.
        name: String,
    },
}

impl LoadError {
    /// The whole chain of reasons in one line.
    pub fn reason(&self) -> String {
        let causes = std::iter::successors(std::error::Error::source(self), |error| error.source());
        causes.fold(self.to_string(), |text, cause| format!("{text}: {cause}"))
    }
}

/// Why a name can't be answered.
#[derive(Debug, PartialEq, Eq)]
pub enum Unserved {
    /// The server has just started.
    Loading,
    /// No model has this name.
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
}
