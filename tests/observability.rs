//! What operators see.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio_stream::StreamExt;
use tonic::Request;
use wenlei_proto::v1::{
    BatchClassifyRequest, ClassifyPageRequest, ClassifyRequest, ReloadModelRequest, StreamClassifyRequest,
};
use wenlei_tests::http::{ask, get};
use wenlei_tests::model_file::committed;
use wenlei_tests::{Server, document, repository};

fn request(text: &str) -> Request<ClassifyRequest> {
    Request::new(ClassifyRequest { document: document("", text), ..Default::default() })
}

fn metrics(server: &Server) -> String {
    get(server.admin(), "/metrics").body
}

/// Waits until a line of the metrics begins with `start` and ends with `value`.
fn wait_for_metric(server: &Server, start: &str, value: &str) {
    let begin = Instant::now();
    while !metrics(server).lines().any(|line| line.starts_with(start) && line.ends_with(value)) {
        assert!(begin.elapsed() < Duration::from_secs(5), "no {start} {value} in\n{}", metrics(server));
    }
}

/// A name that changes or goes breaks dashboards and alerts. `WENLEI_REGENERATE=1` writes the list anew.
#[tokio::test]
async fn metrics_have_the_names_that_were_promised() {
    let server = Server::start(&[]);
    server.classification().await.classify(request("安全")).await.unwrap();
    server.models().await.reload_model(ReloadModelRequest::default()).await.unwrap();
    let text = metrics(&server);
    let mut names: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    names.sort_unstable();
    let path = repository().join("crates/wenlei-server/metrics.txt");
    if std::env::var_os("WENLEI_REGENERATE").is_some() {
        std::fs::write(&path, names.join("\n") + "\n").unwrap();
    }
    let promised = std::fs::read_to_string(&path).unwrap();
    assert_eq!(names, promised.lines().collect::<Vec<_>>());
}

#[tokio::test]
async fn calls_are_counted_by_the_code_in_their_trailers() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    client.classify(request("安全")).await.unwrap();
    client.classify(request(" ")).await.unwrap_err();
    let method = "method=\"/wenlei.v1.ClassificationService/Classify\"";
    for code in ["OK", "INVALID_ARGUMENT"] {
        let start = format!("wenlei_call_duration_seconds_count{{{method},code=\"{code}\"}}");
        wait_for_metric(&server, &start, " 1");
    }
    wait_for_metric(&server, "wenlei_documents_total{model=\"local-news\"}", " 1");
    wait_for_metric(&server, "wenlei_admitted_documents", " 0");
    // What callers invent doesn't become a label.
    ask(server.address(), "POST", "/wenlei.v1.ClassificationService/Invented", &[], &[]);
    wait_for_metric(&server, "wenlei_call_duration_seconds_count{method=\"unknown\"", " 1");
    assert!(!metrics(&server).contains("Invented"));
}

#[test]
fn a_failed_reload_shows_in_the_metrics() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("model.safetensors");
    std::fs::write(&path, committed()).unwrap();
    let server = Server::start(&["--model", path.to_str().unwrap(), "--reload-poll", "50ms"]);
    std::fs::write(&path, b"broken").unwrap();
    wait_for_metric(&server, "wenlei_model_reloads_total{model=\"local-news\",outcome=\"failed\"}", " 1");
    assert!(metrics(&server).contains("wenlei_model_served{model=\"local-news\",digest="));
}

#[tokio::test]
async fn a_request_id_is_echoed_and_logged_or_made() {
    let server = Server::start(&["--log-format", "json", "--log-level", "debug"]);
    let mut client = server.classification().await;
    let mut named = request("安全");
    named.metadata_mut().insert("x-request-id", "call-42".parse().unwrap());
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let parent = format!("00-{trace}-b7ad6b7169203331-01");
    named.metadata_mut().insert("traceparent", parent.parse().unwrap());
    let response = client.classify(named).await.unwrap();
    assert_eq!(response.metadata().get("x-request-id").unwrap(), "call-42");
    let response = client.classify(request("安全")).await.unwrap();
    assert_eq!(response.metadata().get("x-request-id").unwrap().len(), 16);
    let error = client.classify(request(" ")).await.unwrap_err();
    assert!(error.metadata().contains_key("x-request-id"), "errors carry it too");
    let line: Value = serde_json::from_str(&server.wait_for_log("call-42")).unwrap();
    assert_eq!(line["span"]["request_id"], "call-42", "{line:#}");
    assert_eq!(line["span"]["trace_id"], trace);
}

/// The one log line with this text, as JSON.
fn line(server: &Server, text: &str) -> Value {
    serde_json::from_str(&server.wait_for_log(text)).unwrap()
}

#[tokio::test]
async fn every_line_names_trace_and_span_and_a_malformed_parent_is_ignored() {
    let server = Server::start(&["--log-format", "json", "--log-level", "debug"]);
    let mut client = server.classification().await;
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let mut spans = std::collections::BTreeSet::new();
    for (name, parent) in [
        ("good", format!("00-{trace}-b7ad6b7169203331-01")),
        ("later", format!("cc-{trace}-b7ad6b7169203331-01-more")),
        ("short", format!("00-{trace}-b7ad6b7169203331")),
        ("zero", format!("00-{}-b7ad6b7169203331-01", "0".repeat(32))),
        ("upper", format!("00-{}-b7ad6b7169203331-01", trace.to_uppercase())),
        ("nonsense", "nonsense".into()),
    ] {
        let mut call = request("安全");
        call.metadata_mut().insert("x-request-id", name.parse().unwrap());
        call.metadata_mut().insert("traceparent", parent.parse().unwrap());
        client.classify(call).await.unwrap();
        let line = line(&server, &format!("\"{name}\""));
        let text = |field: &str| line["span"][field].as_str().unwrap_or_default().to_owned();
        let kept = text("trace_id") == trace;
        assert_eq!(kept, ["good", "later"].contains(&name), "{line:#}");
        assert_eq!((text("trace_id").len(), text("span_id").len()), (32, 16), "{line:#}");
        assert_ne!(text("span_id"), "b7ad6b7169203331", "the caller's span isn't ours");
        assert!(spans.insert(text("span_id")), "each call has a span of its own");
    }
}

/// The documents of a stream are read in tasks of their own, long after the call was answered with headers.
#[tokio::test]
async fn lines_about_the_documents_of_a_stream_name_its_trace() {
    let server = Server::start(&["--log-format", "json", "--log-characters", "4"]);
    let item =
        StreamClassifyRequest { request: Some(request("安全生产").into_inner()), ..Default::default() };
    let mut call = Request::new(tokio_stream::iter([item]));
    call.metadata_mut().insert("x-request-id", "stream-1".parse().unwrap());
    let answers = server.classification().await.stream_classify(call).await.unwrap().into_inner();
    assert_eq!(answers.collect::<Vec<_>>().await.len(), 1);
    assert_eq!(line(&server, "安全生产")["span"]["request_id"], "stream-1");
}

#[tokio::test]
async fn the_log_level_changes_at_run_time() {
    let server = Server::start(&["--log-level", "info"]);
    let mut client = server.classification().await;
    client.classify(request("安全")).await.unwrap();
    assert!(!server.log().contains("answered"));
    let put = |level: &[u8]| ask(server.admin(), "PUT", "/log-level", &[], level);
    assert_eq!(put(b"no=such=level").status, 400);
    assert_eq!(put(b"debug").status, 200);
    client.classify(request("安全")).await.unwrap();
    server.wait_for_log("answered");
}

#[tokio::test]
async fn request_text_is_logged_only_if_asked_and_then_truncated() {
    let text = "机密的招商引资合同全文";
    let server = Server::start(&["--log-level", "trace"]);
    let mut client = server.classification().await;
    client.classify(request(text)).await.unwrap();
    let page = ClassifyPageRequest { text: text.into(), ..Default::default() };
    client.classify_page(page).await.unwrap();
    let documents = vec![document("", text).unwrap()];
    client.batch_classify(BatchClassifyRequest { documents, ..Default::default() }).await.unwrap();
    let path = "/wenlei.v1.ClassificationService/Classify";
    for json in [format!("{{\"document\": {{\"text\": \"{text}\"}}}}"), format!("{{\"{text}\": 1")] {
        ask(server.address(), "POST", path, &["content-type: application/json"], json.as_bytes());
    }
    let begin = Instant::now();
    while server.log().matches("answered").count() < 5 {
        assert!(begin.elapsed() < Duration::from_secs(5), "{}", server.log());
    }
    assert!(!server.log().contains("机密"), "confidential text in the log");
    let server = Server::start(&["--log-characters", "4"]);
    server.classification().await.classify(request(text)).await.unwrap();
    server.wait_for_log("机密的招");
    assert!(!server.log().contains("机密的招商"));
}

#[tokio::test]
async fn queue_model_digest_and_start_of_the_process_are_metrics() {
    let now = || std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let before = now();
    let server = Server::start(&[]);
    let answer = server.classification().await.classify(request("安全")).await.unwrap().into_inner();
    wait_for_metric(&server, "wenlei_admission_wait_seconds_count", " 1");
    wait_for_metric(&server, "wenlei_stage_duration_seconds_count{stage=\"queue\"}", " 1");
    let digest = answer.model.unwrap().digest;
    let served = format!("wenlei_model_served{{model=\"local-news\",digest=\"{digest}\"}}");
    wait_for_metric(&server, &served, " 1");
    let text = metrics(&server);
    let start = text.lines().find_map(|line| line.strip_prefix("process_start_time_seconds ")).unwrap();
    assert!((before..=now()).contains(&start.parse().unwrap()), "{start}");
}

#[test]
fn limits_and_times_are_printed_at_the_start() {
    let server = Server::start(&["--batch-documents", "77", "--call-timeout", "11s", "--drain-limit", "12s"]);
    let log = server.log();
    for part in
        ["message_bytes=8388608", "batch_documents=77", "call_timeout: 11s", "limit: 12s", "idle: Some(600s)"]
    {
        assert!(log.contains(part), "no {part} in\n{log}");
    }
}

#[test]
fn the_admin_port_tells_version_and_life() {
    let server = Server::start(&[]);
    assert_eq!(get(server.admin(), "/livez").status, 200);
    assert_eq!(get(server.admin(), "/readyz").body, "ready\n");
    assert_eq!(get(server.admin(), "/version").body.trim().split('.').count(), 3);
    assert_eq!(get(server.admin(), "/nothing").status, 404);
}
