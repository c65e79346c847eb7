//! Traces: which trace a call belongs to, and where its time goes.
//!
//! Every call gets the trace of its caller, or a new one, and a span of its own; both stand in its log lines. With the
//! feature `otlp` and an endpoint the spans are also sent to an OpenTelemetry collector. This service calls no other, so
//! there is nobody to hand the trace on to.
//!
//! This module must not know: what calls ask for.

mod context;
#[cfg_attr(feature = "otlp", path = "otlp.rs")]
#[cfg_attr(not(feature = "otlp"), path = "nowhere.rs")]
mod export;

use std::time::Duration;

use tonic::Code;
use tonic::codegen::http::HeaderMap;

use self::context::TraceContext;
use self::export::{Exporter, Recording};
use crate::random;

/// Calls with a span that is worth sending: those of our own services, not the many health checks.
const OURS: &str = "/wenlei.";

/// Begins the traces of calls.
#[derive(Clone, Debug, Default)]
pub struct Tracer(Option<Exporter>);

impl Tracer {
    /// Sends spans to the collector at `endpoint`, if there is one. Must be called on the runtime.
    ///
    /// # Errors
    /// The endpoint, or an `OTEL_…` variable, can't be used.
    pub fn new(endpoint: Option<&str>) -> anyhow::Result<Self> {
        Ok(Self(endpoint.map(Exporter::new).transpose()?))
    }

    /// A call of `method` begins.
    pub(crate) fn begin(&self, method: &str, headers: &HeaderMap) -> Trace {
        let parent = TraceContext::read(headers);
        let exporter = self.0.as_ref().filter(|_| method.starts_with(OURS));
        let begun = exporter.map(|exporter| exporter.begin(method, parent, headers));
        let (recording, ids) = begun.unzip();
        Trace { ids: ids.unwrap_or_else(|| Ids::new(parent)), recording }
    }

    /// Sends what is left, `limit` at most, and ends.
    pub async fn flush(self, limit: Duration) {
        let Some(exporter) = self.0 else { return };
        let flushed = tokio::task::spawn_blocking(move || exporter.shut_down(limit)).await;
        if let Err(error) = flushed.unwrap_or_else(|lost| Err(lost.into())) {
            tracing::warn!("the last traces may not have been sent: {error:#}");
        }
    }
}

/// The names of a call's span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids {
    /// The trace that it belongs to.
    pub(crate) trace_id: u128,
    /// The span.
    pub(crate) span_id: u64,
}

impl Ids {
    /// A new span in the trace of `parent`, or in a new one.
    fn new(parent: Option<TraceContext>) -> Self {
        let new = || (u128::from(random::number()) << 64) | u128::from(random::number());
        Self { trace_id: parent.map_or_else(new, |parent| parent.trace_id), span_id: random::number() }
    }
}

/// The span of one call. Clones are the same span.
#[derive(Clone, Debug)]
pub struct Trace {
    ids: Ids,
    recording: Option<Recording>,
}

impl Trace {
    /// Its names.
    pub(crate) fn ids(&self) -> Ids {
        self.ids
    }

    /// A stage of the work took so long, and is over.
    pub(crate) fn stage(&self, stage: &'static str, time: Duration) {
        if let Some(recording) = &self.recording {
            recording.stage(stage, time);
        }
    }

    /// The call is over.
    pub(crate) fn end(&self, code: Code, request_id: &str) {
        if let Some(recording) = &self.recording {
            recording.end(code, request_id);
        }
    }
}
