//! Where the time of a call goes: each stage is told to the metrics and to the trace of the call.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::metrics::{Metrics, Stage};
use crate::trace::Trace;

/// The stages of one call. Clones tell of the same call.
#[derive(Clone, Debug)]
pub(super) struct Stages {
    metrics: Arc<Metrics>,
    trace: Option<Trace>,
}

impl Stages {
    pub(super) fn new(metrics: Arc<Metrics>, trace: Option<Trace>) -> Self {
        Self { metrics, trace }
    }

    /// A stage took so long.
    pub(super) fn took(&self, stage: Stage, time: Duration) {
        self.metrics.stage(stage, time);
        if let Some(trace) = &self.trace {
            trace.stage(stage.name(), time);
        }
    }

    /// Waits to be admitted; the gate itself tells the metrics.
    pub(super) async fn admission<T>(&self, admitted: impl Future<Output = T>) -> T {
        let start = Instant::now();
        let admitted = admitted.await;
        if let Some(trace) = &self.trace {
            trace.stage("admission", start.elapsed());
        }
        admitted
    }

    /// Begins to time the stages of one document, which follow one another.
    pub(super) fn stopwatch(&self) -> Stopwatch<'_> {
        Stopwatch { stages: self, start: Instant::now() }
    }
}

/// Times stages that follow one another.
#[derive(Debug)]
pub(super) struct Stopwatch<'a> {
    stages: &'a Stages,
    start: Instant,
}

impl Stopwatch<'_> {
    /// This stage is over, the next begins.
    pub(super) fn lap(&mut self, stage: Stage) -> Duration {
        let now = Instant::now();
        let time = now - std::mem::replace(&mut self.start, now);
        self.stages.took(stage, time);
        time
    }
}
