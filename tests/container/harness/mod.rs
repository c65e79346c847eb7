//! The engine, containers, the stack of `deploy/compose.yaml`, and a client that retries.

mod container;
mod engine;
mod model_folder;
mod retrying;
mod stack;

pub(crate) use container::Container;
pub(crate) use engine::{Engine, docker};
pub(crate) use model_folder::{ModelFolder, digest};
pub(crate) use retrying::RetryingClient;
pub(crate) use stack::Stack;

use std::time::{Duration, Instant};

/// Time from one call of a caller to its next.
pub(crate) const PERIOD: Duration = Duration::from_millis(50);

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until `holds`.
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A port of the loopback interface that nothing listens on.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
