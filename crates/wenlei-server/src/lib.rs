//! The gRPC service: everything between the model and the network.
//!
//! The order of a start: [`arguments`] (what was typed) -> [`config`] (what was meant, checked) -> [`models`] (read
//! and self-tested) -> [`server`] (a bound listener and a future that ends it). [`rpc`] answers the calls.
//!
//! This crate must not know: how models are trained, or how answers are computed.

pub mod arguments;
pub mod config;
pub mod limits;
pub mod models;
pub mod probe;
pub mod rpc;
pub mod server;
