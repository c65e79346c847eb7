//! x
pub mod learner;
