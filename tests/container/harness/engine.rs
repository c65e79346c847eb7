//! The Docker engine, used by one test at a time.

use std::io::Write;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

static TURN: Mutex<()> = Mutex::new(());
static SAY: Once = Once::new();

/// Everything that tests start is named so; `tests/container/run` removes what is left of it.
pub(crate) const PREFIX: &str = "wenlei-test";

/// The engine and the images that `tests/container/run` made. Others wait until it is dropped.
pub(crate) struct Engine {
    /// The image of the server.
    pub(crate) server_image: String,
    /// The image of the trainer.
    pub(crate) train_image: String,
    /// The base of both.
    pub(crate) runtime_image: String,
    _turn: MutexGuard<'static, ()>,
}

impl Engine {
    /// `None`, and a line about it, where there are no images.
    pub(crate) fn take() -> Option<Self> {
        let Ok(server_image) = std::env::var("WENLEI_SERVER_IMAGE") else {
            let required = std::env::var_os("WENLEI_REQUIRE_DOCKER").is_some();
            assert!(!required, "container tests are required, but tests/container/run didn't call them");
            SAY.call_once(say_skipped);
            return None;
        };
        Some(Self {
            server_image,
            train_image: std::env::var("WENLEI_TRAIN_IMAGE").unwrap(),
            runtime_image: std::env::var("RUNTIME_IMAGE").unwrap(),
            _turn: TURN.lock().unwrap_or_else(PoisonError::into_inner),
        })
    }
}

/// Written past the test runner, which keeps to itself what passing tests print.
fn say_skipped() {
    let line = "skipped: the container tests need Docker and images; `just containers` makes them and runs the tests";
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Runs docker; what it printed, or the end of the test.
pub(crate) fn docker(arguments: &[&str]) -> String {
    let output = Command::new("docker").args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "docker {arguments:?}: {error}");
    text
}
