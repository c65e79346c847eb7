//! Whether calls should be sent here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A latch, set when the models passed their self-test, that can't slip back; and apart from it the flag that the
/// server is stopping.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<Flags>);

#[derive(Debug, Default)]
struct Flags {
    loaded: AtomicBool,
    stopping: AtomicBool,
}

impl Readiness {
    /// The models are loaded.
    pub fn latch(&self) {
        self.0.loaded.store(true, Ordering::Release);
    }

    /// The server was asked to stop.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::Release);
    }

    /// Whether calls should be sent here, or why not.
    ///
    /// # Errors
    /// What stands against it, in a word.
    pub fn check(&self) -> Result<(), &'static str> {
        match (self.0.loaded.load(Ordering::Acquire), self.0.stopping.load(Ordering::Acquire)) {
            (_, true) => Err("stopping"),
            (false, _) => Err("loading"),
            (true, false) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stopping_outweighs_loaded() {
        let readiness = Readiness::default();
        assert_eq!(readiness.check(), Err("loading"));
        readiness.latch();
        assert_eq!(readiness.check(), Ok(()));
        readiness.stop();
        readiness.latch();
        assert_eq!(readiness.check(), Err("stopping"));
    }
}
