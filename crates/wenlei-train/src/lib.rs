//! Trains and measures models.
//!
//! The way of a model: [`corpus`] -> [`dataset`] (what a [`recipe`] makes of it; [`lexicon`] chooses the features,
//! [`background`] adds what unlabelled text tells) -> [`learner`] and [`validate`] (margins on articles not trained on,
//! cut by [`folds`]) -> [`validation`] ([`calibrate`], [`thresholds`]) -> [`fit`] (everything together, written as one
//! file) -> [`card`] and [`report`]. [`metrics`] and [`evaluate`] measure a finished model on any labelled data;
//! [`pages`] measures the page splitter; [`tune`] and [`ablation`] compare recipes.
//!
//! This crate must not know: gRPC, servers. Answers come from `wenlei-model`, so that what is measured is what is
//! served.

pub mod ablation;
pub mod background;
pub mod bootstrap;
pub mod calibrate;
pub mod card;
pub mod chart;
pub mod corpus;
pub mod count_ratios;
pub mod dataset;
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
pub mod tune;
pub mod validate;
pub mod validation;
