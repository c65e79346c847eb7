//! One call, from its request to the last byte of its answer.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use http_body::{Body as HttpBody, Frame, SizeHint};
use tonic::body::Body;
use tonic::codegen::Bytes;
use tonic::codegen::http::{HeaderMap, HeaderValue};
use tonic::{Code, Status};
use tracing::Span;

use crate::metrics::{CallLabels, Metrics};
use crate::status::code_name;
use crate::trace::Trace;

/// Counts a call when it is dropped, whatever ended it. Until a status is seen it counts as cancelled.
#[derive(Debug)]
pub(super) struct Call {
    metrics: Arc<Metrics>,
    method: String,
    request_id: HeaderValue,
    trace: Trace,
    span: Span,
    start: Instant,
    code: Code,
}

impl Call {
    pub(super) fn begin(
        metrics: Arc<Metrics>,
        method: String,
        request_id: HeaderValue,
        trace: Trace,
    ) -> Self {
        metrics.calls_under_way.inc();
        let ids = trace.ids();
        let span = tracing::info_span!(
            "call",
            method,
            request_id = request_id.to_str().unwrap_or_default(),
            trace_id = format!("{:032x}", ids.trace_id),
            span_id = format!("{:016x}", ids.span_id),
            caller = tracing::field::Empty
        );
        Self { metrics, method, request_id, trace, span, start: Instant::now(), code: Code::Cancelled }
    }

    /// The span that its log lines stand in.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// Takes the status from headers or trailers that have one.
    pub(super) fn read_status(&mut self, headers: &HeaderMap) {
        if let Some(status) = headers.get("grpc-status") {
            self.code = Code::from_bytes(status.as_bytes());
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let (time, code) = (self.start.elapsed(), code_name(self.code));
        self.metrics.calls_under_way.dec();
        let labels = CallLabels { method: std::mem::take(&mut self.method), code };
        self.metrics.calls.get_or_create(&labels).observe(time.as_secs_f64());
        self.trace.end(self.code, self.request_id.to_str().unwrap_or_default());
        let microseconds = time.as_micros() as u64;
        self.span.in_scope(|| {
            if self.code == Code::Ok {
                tracing::debug!(code, microseconds, "answered");
            } else {
                tracing::info!(code, microseconds, "answered");
            }
        });
    }
}

/// A body whose trailers tell what came of the call.
pub(super) struct ObservedBody {
    pub(super) body: Body,
    pub(super) call: Call,
}

impl HttpBody for ObservedBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let Self { body, call } = &mut *self;
        let frame = call.span.in_scope(|| Pin::new(body).poll_frame(context));
        if let Poll::Ready(Some(Ok(frame))) = &frame
            && let Some(trailers) = frame.trailers_ref()
        {
            call.read_status(trailers);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
