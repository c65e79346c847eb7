//! Trains and measures models.
//!
//! The way of a model: [`corpus`] -> [`lexicon`] (which terms are features) -> [`folds`] and [`validate`] (margins on
//! articles not trained on) -> [`calibrate`] and [`thresholds`] -> [`fit`] (everything together, written as one file)
//! -> [`card`] and [`report`]. [`metrics`] and [`evaluate`] measure a finished model on any labelled data, [`pages`] the page splitter.
//!
//! This crate must not know: gRPC, servers. Answers come from `wenlei-model`, so that what is measured is what is
//! served.

pub mod calibrate;
pub mod card;
pub mod corpus;
pub mod evaluate;
pub mod fit;
pub mod folds;
pub mod learner;
pub mod lexicon;
pub mod metrics;
pub mod page_tagger;
pub mod pages;
pub mod progress;
pub mod recipe;
pub mod report;
pub mod thresholds;
pub mod validate;
