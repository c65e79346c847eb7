//! Whether a connection is being used.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Counts the calls of one connection. Clones count together.
#[derive(Clone, Debug)]
pub(super) struct Activity(Arc<Mutex<Calls>>);

#[derive(Debug)]
struct Calls {
    under_way: usize,
    last_end: Instant,
}

impl Activity {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Calls { under_way: 0, last_end: Instant::now() })))
    }

    /// A call begins; it ends when what is returned is dropped.
    pub(super) fn begin(&self) -> Call {
        self.calls().under_way += 1;
        Call(self.clone())
    }

    /// Ends when there was no call for `limit`.
    pub(super) async fn idle(&self, limit: Duration) {
        loop {
            let until = {
                let calls = self.calls();
                if calls.under_way == 0 { calls.last_end + limit } else { Instant::now() + limit }
            };
            sleep_until(until).await;
            let calls = self.calls();
            if calls.under_way == 0 && calls.last_end + limit <= Instant::now() {
                return;
            }
        }
    }

    fn calls(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call under way.
#[derive(Debug)]
pub(super) struct Call(Activity);

impl Drop for Call {
    fn drop(&mut self) {
        let mut calls = self.0.calls();
        calls.under_way -= 1;
        calls.last_end = Instant::now();
    }
}
