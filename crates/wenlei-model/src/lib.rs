//! From a document to its topics, and nothing else: the server, the command line and the trainer's evaluation all
//! call this crate, so they give the same answer bit for bit.
//!
//! The stages, each one module: [`terms`] -> [`features`] (of the document and its [`passages`]) -> [`scorer`] ->
//! [`calibration`] -> [`prediction`], with [`explanation`] beside them; [`Model`] holds one of each, [`mod@file`] reads and writes it.
//!
//! This crate must not know: how models are trained, gRPC, sockets, the file system beyond bytes.

pub mod calibration;
pub mod explanation;
pub mod features;
pub mod file;
pub mod manifest;
mod model;
pub mod passages;
pub mod prediction;
pub mod scorer;
pub mod terms;
pub mod vocabulary;

pub use calibration::{Calibration, Decision};
pub use explanation::{Contribution, Explanation};
pub use features::{Analysis, FeatureExtractor, FeatureVector};
pub use file::ModelError;
pub use manifest::{Figures, Manifest, SelfTest, Topic};
pub use model::{Model, Parts};
pub use passages::PassageSettings;
pub use prediction::{NoTopicReason, Prediction, TopicPrediction};
pub use scorer::Scorer;
pub use terms::{Family, TermExtractor};
pub use vocabulary::Vocabulary;
