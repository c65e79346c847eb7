//! Sending the spans of calls to an OpenTelemetry collector, with OTLP over gRPC.
//!
//! What isn't set here is taken from the standard variables: `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`,
//! `OTEL_BSP_…` and so on. A caller that doesn't record its span isn't recorded here either. Spans wait in a queue that
//! is bounded; a collector that is away costs spans, never calls.

use std::time::{Duration, SystemTime};

use opentelemetry::trace::{
    Span, SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceFlags, TraceId, TraceState, Tracer,
    TracerProvider,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tonic::Code;
use tonic::codegen::http::HeaderMap;

use super::Ids;
use super::context::TraceContext;
use crate::status::code_name;

/// What the service is called in traces, unless `OTEL_SERVICE_NAME` says otherwise.
const SERVICE: &str = "wenlei-server";

/// Where other tracing systems leave their notes, comma-separated, over several headers perhaps.
const STATE: &str = "tracestate";

/// Sends spans. Clones send through the same queue.
#[derive(Clone, Debug)]
pub(super) struct Exporter {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

impl Exporter {
    pub(super) fn new(endpoint: &str) -> anyhow::Result<Self> {
        let exporter = SpanExporter::builder().with_tonic().with_endpoint(endpoint).build()?;
        let mut resource = Resource::builder();
        if std::env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name(SERVICE);
        }
        let resource = resource.with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        let provider = SdkTracerProvider::builder()
            .with_resource(resource.build())
            .with_batch_exporter(exporter)
            .build();
        Ok(Self { tracer: provider.tracer(SERVICE), provider })
    }

    /// The span of a call of `method`, which is `/package.Service/Method`.
    pub(super) fn begin(
        &self,
        method: &str,
        parent: Option<TraceContext>,
        headers: &HeaderMap,
    ) -> (Recording, Ids) {
        let name = method.trim_start_matches('/').to_owned();
        let (service, call) = name.split_once('/').unwrap_or(("", &name));
        let attributes = [
            KeyValue::new("rpc.system", "grpc"),
            KeyValue::new("rpc.service", service.to_owned()),
            KeyValue::new("rpc.method", call.to_owned()),
        ];
        let builder = self.tracer.span_builder(name).with_kind(SpanKind::Server).with_attributes(attributes);
        let context = parent.map_or_else(Context::new, |parent| {
            Context::new().with_remote_span_context(remote(parent, headers))
        });
        let span = self.tracer.build_with_context(builder, &context);
        let ids = span.span_context();
        let ids = Ids {
            trace_id: u128::from_be_bytes(ids.trace_id().to_bytes()),
            span_id: u64::from_be_bytes(ids.span_id().to_bytes()),
        };
        (Recording(Context::new().with_span(span)), ids)
    }

    pub(super) fn shut_down(&self, limit: Duration) -> anyhow::Result<()> {
        Ok(self.provider.shutdown_with_timeout(limit)?)
    }
}

fn remote(parent: TraceContext, headers: &HeaderMap) -> SpanContext {
    let lists: Vec<&str> = headers.get_all(STATE).iter().filter_map(|value| value.to_str().ok()).collect();
    SpanContext::new(
        TraceId::from(parent.trace_id),
        SpanId::from(parent.span_id),
        TraceFlags::new(parent.flags),
        true,
        // As the standard has it, notes that can't be read don't spoil the trace.
        lists.join(",").parse::<TraceState>().unwrap_or_default(),
    )
}

/// A span that is being recorded.
#[derive(Clone, Debug)]
pub(super) struct Recording(Context);

impl Recording {
    /// An event; beyond the 128th the SDK only counts them, so a large batch costs no more than that.
    pub(super) fn stage(&self, stage: &'static str, time: Duration) {
        let time = KeyValue::new("duration_us", time.as_micros() as i64);
        self.0.span().add_event_with_timestamp(stage, SystemTime::now(), vec![time]);
    }

    pub(super) fn end(&self, code: Code, request_id: &str) {
        let span = self.0.span();
        span.set_attribute(KeyValue::new("rpc.grpc.status_code", i64::from(i32::from(code))));
        span.set_attribute(KeyValue::new("request_id", request_id.to_owned()));
        if is_ours(code) {
            span.set_status(Status::error(code_name(code)));
        }
        span.end();
    }
}

/// Whether a code says that the server failed, by OpenTelemetry's conventions for servers; others are the caller's.
fn is_ours(code: Code) -> bool {
    use Code::{DataLoss, DeadlineExceeded, Internal, Unavailable, Unimplemented, Unknown};
    matches!(code, Unknown | DeadlineExceeded | Unimplemented | Internal | Unavailable | DataLoss)
}
