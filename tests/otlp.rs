//! Traces at a real OpenTelemetry collector.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, Span};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use wenlei_proto::v1::{BatchClassifyRequest, ClassifyRequest, Document};
use wenlei_tests::{Server, document};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

/// A collector that keeps what it gets.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<ResourceSpans>>>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.lock().unwrap().extend(request.into_inner().resource_spans);
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    /// Listens; its endpoint.
    async fn start() -> (Self, String) {
        let collector = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let service = TraceServiceServer::new(collector.clone());
        let server = tonic::transport::Server::builder().add_service(service);
        tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
        (collector, endpoint)
    }

    fn spans(&self) -> Vec<Span> {
        let resources = self.0.lock().unwrap();
        let scopes = resources.iter().flat_map(|resource| &resource.scope_spans);
        scopes.flat_map(|scope| scope.spans.clone()).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn attribute(attributes: &[KeyValue], key: &str) -> Value {
    let found = attributes.iter().find(|attribute| attribute.key == key);
    found.and_then(|found| found.value.clone()?.value).unwrap_or_else(|| panic!("no {key} in {attributes:?}"))
}

fn string(text: &str) -> Value {
    Value::StringValue(text.into())
}

fn request(text: &str, flags: &str) -> Request<ClassifyRequest> {
    let mut request = Request::new(ClassifyRequest { document: document("", text), ..Default::default() });
    let parent = format!("00-{TRACE}-{PARENT}-{flags}");
    request.metadata_mut().insert("traceparent", parent.parse().unwrap());
    request.metadata_mut().insert("tracestate", "vendor=note, other=1".parse().unwrap());
    request.metadata_mut().insert("x-request-id", "call-42".parse().unwrap());
    request
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_a_span_of_its_callers_trace_and_is_flushed_at_the_end() {
    let (collector, endpoint) = Collector::start().await;
    let mut server = Server::start(&["--otlp-endpoint", &endpoint, "--log-level", "debug"]);
    server.classification().await.classify(request("安全生产检查", "01")).await.unwrap();
    server.wait_for_log("answered");
    // The batch would be sent after five seconds; the end must not lose it.
    server.terminate();
    assert!(server.wait().success());
    let spans = collector.spans();
    assert_eq!(spans.len(), 1, "{spans:#?}");
    let span = &spans[0];
    assert_eq!((hex(&span.trace_id).as_str(), hex(&span.parent_span_id).as_str()), (TRACE, PARENT));
    assert!(server.log().contains(&hex(&span.span_id)), "the log names the span that is sent");
    assert_eq!(span.name, "wenlei.v1.ClassificationService/Classify");
    assert_eq!(span.trace_state, "vendor=note,other=1");
    assert_eq!(attribute(&span.attributes, "rpc.method"), string("Classify"));
    assert_eq!(attribute(&span.attributes, "request_id"), string("call-42"));
    assert_eq!(attribute(&span.attributes, "rpc.grpc.status_code"), Value::IntValue(0));
    assert!(span.end_time_unix_nano > span.start_time_unix_nano);
    let stages: Vec<&str> = span.events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(stages, ["admission", "queue", "normalize", "segment", "features", "score"]);
    for event in &span.events {
        assert!(matches!(attribute(&event.attributes, "duration_us"), Value::IntValue(0..)));
    }
    let resource = collector.0.lock().unwrap()[0].resource.clone().unwrap();
    assert_eq!(attribute(&resource.attributes, "service.name"), string("wenlei-server"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_caller_does_not_record_and_health_checks_are_not_sent() {
    let (collector, endpoint) = Collector::start().await;
    let mut server = Server::start(&["--otlp-endpoint", &endpoint]);
    let mut client = server.classification().await;
    client.classify(request("安全", "00")).await.unwrap();
    HealthClient::new(server.channel().await).check(HealthCheckRequest::default()).await.unwrap();
    client.classify(request(" ", "01")).await.unwrap_err();
    // A large batch has more stages than a span takes events.
    let documents = vec![Document { title: "安全检查".into(), text: String::new() }; 500];
    let batch = BatchClassifyRequest { documents, ..Default::default() };
    client.batch_classify(batch).await.unwrap();
    drop(client);
    server.terminate();
    assert!(server.wait().success());
    let spans = collector.spans();
    let codes: Vec<_> =
        spans.iter().map(|span| attribute(&span.attributes, "rpc.grpc.status_code")).collect();
    assert_eq!(codes, [Value::IntValue(3), Value::IntValue(0)], "{spans:#?}");
    let batch = &spans[1];
    assert!(batch.parent_span_id.is_empty(), "a new trace");
    assert!(batch.events.len() <= 128 && batch.dropped_events_count > 1000, "{}", batch.events.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_can_be_spoken_to_with_tls() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", silent.local_addr().unwrap());
    let server = Server::start(&["--otlp-endpoint", &endpoint]);
    server.classification().await.classify(request("安全", "01")).await.unwrap();
    let hello = tokio::task::spawn_blocking(move || {
        let (mut stream, _) = silent.accept().unwrap();
        let mut first = [0];
        std::io::Read::read_exact(&mut stream, &mut first).unwrap();
        first[0]
    });
    let first = tokio::time::timeout(Duration::from_secs(20), hello).await.unwrap().unwrap();
    assert_eq!(first, 0x16, "a TLS handshake");
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_costs_neither_calls_nor_the_end() {
    // Somebody listens and never says a word.
    let deaf = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", deaf.local_addr().unwrap());
    let mut server = Server::start(&["--otlp-endpoint", &endpoint]);
    server.classification().await.classify(request("安全", "01")).await.unwrap();
    let start = Instant::now();
    server.terminate();
    assert!(server.wait().success());
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    server.wait_for_log("the last traces may not have been sent");
}
