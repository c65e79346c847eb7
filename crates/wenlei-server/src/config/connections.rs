//! How connections may behave.

use std::time::Duration;

use super::checker::Checker;
use crate::arguments::flags;

/// How a connection may behave. A time of `None` is without a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Connections at once.
    pub most: usize,
    /// Time for a TLS handshake, and for the head of an HTTP/1 request.
    pub handshake_timeout: Duration,
    /// Time without a call.
    pub idle: Option<Duration>,
    /// Age, give or take a tenth.
    pub age: Option<Duration>,
    /// Time between pings.
    pub keepalive_interval: Option<Duration>,
    /// Time to answer a ping.
    pub keepalive_timeout: Duration,
    /// Calls at once.
    pub calls: u32,
}

impl Connections {
    pub(super) fn check(checker: &mut Checker, typed: &flags::Connections) -> Self {
        Self {
            most: checker.count("connections", &typed.connections),
            handshake_timeout: checker.time("handshake-timeout", &typed.handshake_timeout),
            idle: checker.time_or_never("connection-idle", &typed.connection_idle),
            age: checker.time_or_never("connection-age", &typed.connection_age),
            keepalive_interval: checker.time_or_never("keepalive-interval", &typed.keepalive_interval),
            keepalive_timeout: checker.time("keepalive-timeout", &typed.keepalive_timeout),
            calls: checker.count("connection-calls", &typed.connection_calls).try_into().unwrap_or(u32::MAX),
        }
    }
}
