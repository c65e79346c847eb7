//! Counting what is taken on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::config;
use crate::metrics::Metrics;
use crate::status::RpcError;

/// Least time to ask a caller to stay away.
const SHORTEST_RETRY: Duration = Duration::from_millis(100);

/// Counts calls and documents. Clones count together.
#[derive(Clone, Debug)]
pub struct Gate {
    calls: Arc<Semaphore>,
    documents: Arc<Semaphore>,
    settings: config::Admission,
    metrics: Arc<Metrics>,
}

/// Documents that are in until this is dropped.
#[derive(Debug)]
pub(crate) struct Admitted {
    _permit: OwnedSemaphorePermit,
    documents: i64,
    metrics: Arc<Metrics>,
}

impl Drop for Admitted {
    fn drop(&mut self) {
        self.metrics.admitted_documents.dec_by(self.documents);
    }
}

impl Gate {
    /// A gate that takes on as much as `settings` say.
    pub fn new(settings: config::Admission, metrics: Arc<Metrics>) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS)));
        Self { calls: semaphore(settings.calls), documents: semaphore(settings.documents), settings, metrics }
    }

    /// The settings.
    pub fn settings(&self) -> &config::Admission {
        &self.settings
    }

    /// Lets a call in at once or not at all; it is in until the permit is dropped.
    pub(crate) fn enter(&self) -> Result<OwnedSemaphorePermit, RpcError> {
        self.calls.clone().try_acquire_owned().map_err(|_| self.overloaded())
    }

    /// Admits documents, after a short wait at most.
    pub(crate) async fn admit(&self, documents: usize) -> Result<Admitted, RpcError> {
        let admitted = timeout(self.settings.wait, self.admit_in_time(documents)).await;
        admitted.unwrap_or_else(|_| Err(self.overloaded()))
    }

    /// Admits documents, however long it takes. A batch larger than the gate is admitted alone.
    pub(crate) async fn admit_in_time(&self, documents: usize) -> Result<Admitted, RpcError> {
        let weight = documents.min(self.settings.documents).try_into().unwrap_or(u32::MAX);
        let start = Instant::now();
        let admitted = self.documents.clone().acquire_many_owned(weight).await;
        self.metrics.admission_wait.observe(start.elapsed().as_secs_f64());
        let permit = admitted.map_err(|_| RpcError::Stopping)?;
        let documents = i64::try_from(documents).unwrap_or(i64::MAX);
        self.metrics.admitted_documents.inc_by(documents);
        Ok(Admitted { _permit: permit, documents, metrics: self.metrics.clone() })
    }

    fn overloaded(&self) -> RpcError {
        self.metrics.turned_away.inc();
        RpcError::Overloaded { retry: self.settings.wait.max(SHORTEST_RETRY) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(calls: usize, documents: usize) -> Gate {
        let wait = Duration::from_millis(20);
        let call_timeout = Duration::from_secs(1);
        Gate::new(config::Admission { calls, documents, wait, call_timeout }, Metrics::new())
    }

    #[test]
    fn calls_beyond_the_limit_are_turned_away_at_once() {
        let gate = gate(1, 1);
        let first = gate.enter().unwrap();
        assert!(matches!(gate.enter(), Err(RpcError::Overloaded { .. })));
        drop(first);
        assert!(gate.enter().is_ok());
    }

    #[tokio::test]
    async fn documents_are_weighed_and_a_large_batch_is_admitted_alone() {
        let gate = gate(1, 10);
        let small = gate.admit(4).await.unwrap();
        assert!(matches!(gate.admit(7).await, Err(RpcError::Overloaded { .. })));
        drop(small);
        let _large = gate.admit(1000).await.unwrap();
        assert!(gate.admit(1).await.is_err());
    }
}
