//! The Docker engine, used by one test at a time.

use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

static TURN: Mutex<()> = Mutex::new(());

/// Everything that tests start is named so; `tests/container/run` removes what is left of it.
pub(crate) const PREFIX: &str = "wenlei-test";

/// The engine and the images that `tests/container/run` made. Others wait until it is dropped.
pub(crate) struct Engine {
    _turn: MutexGuard<'static, ()>,
}

impl Engine {
    /// `None`, and a line about it, where there are no images.
    pub(crate) fn take() -> Option<Self> {
        if std::env::var_os("WENLEI_SERVER_IMAGE").is_none() {
            let required = std::env::var_os("WENLEI_REQUIRE_DOCKER").is_some();
            assert!(!required, "container tests are required, but tests/container/run didn't call them");
            eprintln!("skipped: container tests need Docker and images, which `just containers` makes");
            return None;
        }
        Some(Self { _turn: TURN.lock().unwrap_or_else(PoisonError::into_inner) })
    }

    /// The image of the server.
    pub(crate) fn server_image(&self) -> String {
        std::env::var("WENLEI_SERVER_IMAGE").unwrap()
    }

    /// The image of the trainer.
    pub(crate) fn train_image(&self) -> String {
        std::env::var("WENLEI_TRAIN_IMAGE").unwrap()
    }

    /// The base of both.
    pub(crate) fn runtime_image(&self) -> String {
        std::env::var("RUNTIME_IMAGE").unwrap()
    }
}

/// Runs docker; what it printed, or the end of the test.
pub(crate) fn docker(arguments: &[&str]) -> String {
    let output = Command::new("docker").args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "docker {arguments:?}: {error}");
    text
}
