//! The images and `deploy/`, on a real Docker engine.
//!
//! `tests/container/run` prepares the engine and the images and calls this (`just containers`, and CI). Without it these
//! tests say that they are skipped; with `WENLEI_REQUIRE_DOCKER` set they fail. They run one after another: each wants
//! the machine for itself.
#![allow(clippy::unwrap_used)]

mod harness;

mod image;
mod killing;
mod model_volume;
mod monitoring;
mod rolling;
mod stopping;
mod trainer;
