//! The gRPC service: everything between the model and the network.
//!
//! The order of a start: [`arguments`] (what was typed) -> [`config`] (what was meant, checked) -> [`app`] (bind, load
//! the [`models`], serve, drain). A request comes through [`transport`] (connections) and [`server`] (the services) to
//! [`rpc`], which answers it. [`admin`] answers probes and operators.
//!
//! This crate must not know: how models are trained, or how answers are computed.

pub mod admin;
mod announce;
pub mod app;
pub mod arguments;
pub mod config;
pub mod limits;
pub mod logging;
pub mod models;
pub mod probe;
pub mod readiness;
pub mod rpc;
pub mod server;
pub mod signals;
pub mod transport;
