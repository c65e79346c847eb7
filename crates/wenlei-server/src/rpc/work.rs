//! Where and when the work of a call runs.
//!
//! One ordinary text takes less than the way to another thread and back, so it runs where it arrived. Long texts go to
//! the blocking pool: they would keep other calls of the same worker waiting. No more than one piece of work a core
//! runs at a time; the others wait for their turn without standing in the way of a health check.

use std::ops::Range;
use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;

use crate::status::RpcError;

/// Bytes of text from which work leaves the async worker: about half a millisecond of it.
const LONG: usize = 16 * 1024;

/// Bytes of a batch done in one turn.
const PORTION: usize = 64 * 1024;

/// One turn a core, first come first served. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(available_parallelism().map_or(1, usize::from))))
    }
}

impl Turns {
    /// Waits for a turn and runs `work` on `bytes` bytes of text. Dropped while it waits, the work is never done.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, RpcError> {
        let lost = |error: &dyn std::fmt::Display| RpcError::Lost(error.to_string());
        let turn = self.0.clone().acquire_owned().await.map_err(|error| lost(&error))?;
        if bytes >= LONG {
            let work = move || {
                let _turn = turn;
                work()
            };
            return tokio::task::spawn_blocking(work).await.map_err(|error| lost(&error));
        }
        let done = work();
        drop(turn);
        // Work that never waits would never notice that its time is over.
        tokio::task::yield_now().await;
        Ok(done)
    }
}

/// Cuts documents of these sizes into portions: ranges and their bytes.
pub(super) fn portions(sizes: impl Iterator<Item = usize>) -> Vec<(Range<usize>, usize)> {
    let mut portions: Vec<(Range<usize>, usize)> = Vec::new();
    for (index, size) in sizes.enumerate() {
        match portions.last_mut() {
            Some((range, bytes)) if *bytes + size <= PORTION => {
                range.end = index + 1;
                *bytes += size;
            }
            _ => portions.push((index..index + 1, size)),
        }
    }
    portions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_cover_all_documents_and_stay_small() {
        let sizes = [PORTION / 2, PORTION / 2, 1, PORTION * 3, 1, 1];
        let ranges: Vec<Range<usize>> =
            portions(sizes.into_iter()).into_iter().map(|(range, _)| range).collect();
        assert_eq!(ranges, [0..2, 2..3, 3..4, 4..6]);
        assert_eq!(portions(std::iter::empty()), []);
    }
}
