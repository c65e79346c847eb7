//! Where and when the work of a call runs.
//!
//! One ordinary text takes less than the way to another thread and back, so it runs where it arrived. Long texts go to
//! the blocking pool: they would keep other calls of the same worker waiting. No more than one piece of work a core
//! runs at a time; the others wait for their turn without standing in the way of a health check.

use std::ops::Range;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Instant;

use tokio::sync::Semaphore;

use super::stages::Stages;
use crate::admission::{Admitted, Gate};
use crate::metrics::Stage;
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

/// The work of one call: admitted by the gate, done in turns, timed by stages.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub(super) gate: Gate,
    pub(super) turns: Turns,
    pub(super) stages: Stages,
}

impl Work {
    /// Admits so many documents, or turns them away after a short wait.
    pub(super) async fn admit(&self, documents: usize) -> Result<Admitted, RpcError> {
        self.stages.admission(self.gate.admit(documents)).await
    }

    /// Admits one document, however long it takes.
    pub(super) async fn admit_in_time(&self) -> Result<Admitted, RpcError> {
        self.stages.admission(self.gate.admit_in_time(1)).await
    }

    /// Admits one document of `bytes` bytes and does `work` on it.
    pub(super) async fn admit_and_do<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(&Stages) -> T + Send + 'static,
    ) -> Result<T, RpcError> {
        let _admitted = self.admit(1).await?;
        self.do_in_turn(bytes, work).await
    }

    /// Waits for a turn and does `work` on `bytes` bytes of text. Dropped while it waits, the work is never done.
    pub(super) async fn do_in_turn<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(&Stages) -> T + Send + 'static,
    ) -> Result<T, RpcError> {
        let lost = |error: &dyn std::fmt::Display| RpcError::Lost(error.to_string());
        let (asked, stages) = (Instant::now(), self.stages.clone());
        let turn = self.turns.0.clone().acquire_owned().await.map_err(|error| lost(&error))?;
        let work = move || {
            let _turn = turn;
            stages.took(Stage::Queue, asked.elapsed());
            work(&stages)
        };
        if bytes >= LONG {
            return tokio::task::spawn_blocking(work).await.map_err(|error| lost(&error));
        }
        let done = work();
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
