//! The gRPC service: everything between the model and the network.
//!
//! The order of a start: [`arguments`] (what was typed) -> [`config`] (what was meant, checked) -> [`app`] (bind, load
//! the [`models`], serve, drain). A request comes through [`transport`] (connections) and [`server`] (the services) to
//! [`rpc`], which answers it; [`web`] leads other tongues to gRPC, [`security`] asks who calls,
//! [`observe`] watches every call and [`trace`] tells of it, [`admission`] guards the classification service; each is a
//! [`middleware`]. [`admin`] answers probes and operators.
//!
//! This crate must not know: how models are trained, or how answers are computed.

pub mod admin;
pub mod admission;
mod announce;
pub mod app;
pub mod arguments;
mod body;
pub mod config;
pub mod draining;
pub mod limits;
pub mod logging;
pub mod metrics;
pub mod middleware;
pub mod models;
pub mod observe;
pub mod probe;
mod random;
pub mod readiness;
pub mod rpc;
pub mod security;
pub mod server;
pub mod signals;
mod status;
pub mod trace;
pub mod transport;
pub mod web;
