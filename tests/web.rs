//! Callers that don't speak gRPC.
#![allow(clippy::unwrap_used)]

use prost::Message;
use serde_json::Value;
use wenlei_proto::v1::ClassifyRequest;
use wenlei_tests::http::{Answer, ask};
use wenlei_tests::{Server, document};

const CLASSIFY: &str = "/wenlei.v1.ClassificationService/Classify";
const JSON: &str = "content-type: application/json";

fn post(server: &Server, path: &str, headers: &[&str], body: &str) -> (Answer, Value) {
    let answer = ask(server.address(), "POST", path, &[&[JSON], headers].concat(), body.as_bytes());
    let value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {answer:?}"));
    (answer, value)
}

#[test]
fn curl_can_classify_in_json() {
    let server = Server::start(&[]);
    let request =
        r#"{"document": {"title": "三个亿元项目签约落户开发区", "text": "开发区举行招商推介会。"}}"#;
    let (answer, value) = post(&server, CLASSIFY, &["x-request-id: from-curl"], request);
    assert_eq!(answer.status, 200, "{value:#}");
    assert!(answer.head.contains("x-request-id: from-curl"));
    assert_eq!(value["prediction"]["primaryTopic"], "investment_attraction");
    assert_eq!(value["prediction"]["topics"].as_array().unwrap().len(), 4);
    let (answer, _) = post(&server, "/wenlei.v1.ModelService/ListModels", &[], "{}");
    assert_eq!(answer.status, 200);
    let (_, value) = post(&server, "/grpc.health.v1.Health/Check", &[], "{}");
    assert_eq!(value["status"], "SERVING");
}

#[test]
fn a_mistake_in_json_is_told_in_json() {
    let server = Server::start(&[]);
    let (answer, value) = post(&server, CLASSIFY, &[], r#"{"document": {"text": " "}}"#);
    assert_eq!((answer.status, &value["error"]["status"]), (400, &"INVALID_ARGUMENT".into()));
    let violation = &value["error"]["details"][0]["fieldViolations"][0];
    assert_eq!(violation["field"], "document.text", "{value:#}");
    for (path, body, status) in [
        (CLASSIFY, "{", 400),
        (CLASSIFY, r#"{"documents": []}"#, 400),
        (CLASSIFY, r#"{"document": {"text": "安全"}, "model": "nobody"}"#, 404),
        ("/wenlei.v1.ClassificationService/StreamClassify", "{}", 501),
        ("/nothing", "{}", 501),
    ] {
        let (answer, value) = post(&server, path, &[], body);
        assert_eq!(answer.status, status, "{path} {body}: {value:#}");
        assert_eq!(value["error"]["code"], status);
    }
}

#[test]
fn json_obeys_the_limits_and_deadlines_of_grpc() {
    let server = Server::start(&["--message-bytes", "1000"]);
    let text = "安".repeat(500);
    let (answer, _) = post(&server, CLASSIFY, &[], &format!(r#"{{"document": {{"text": "{text}"}}}}"#));
    assert_eq!(answer.status, 400);
    let (answer, _) = post(&server, CLASSIFY, &[], &" ".repeat(100_000));
    assert_eq!(answer.status, 400);
    let server = Server::start(&[]);
    let text = "安全生产检查，".repeat(25_000);
    let request = format!(r#"{{"document": {{"text": "{text}"}}}}"#);
    let (answer, _) = post(&server, CLASSIFY, &["grpc-timeout: 1m"], &request);
    assert_eq!(answer.status, 504);
}

#[test]
fn json_needs_a_token_like_grpc() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens");
    // SHA-256 of "secret".
    let hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    std::fs::write(&path, format!("curl {hash}\n")).unwrap();
    let server = Server::start(&["--tokens", path.to_str().unwrap()]);
    let request = r#"{"document": {"text": "安全"}}"#;
    assert_eq!(post(&server, CLASSIFY, &[], request).0.status, 401);
    assert_eq!(post(&server, CLASSIFY, &["authorization: Bearer secret"], request).0.status, 200);
}

#[test]
fn a_browser_can_call_with_grpc_web() {
    let server = Server::start(&["--cors-origin", "https://news.example"]);
    let message =
        ClassifyRequest { document: document("", "安全生产检查"), ..Default::default() }.encode_to_vec();
    let frame = [&[0], &(message.len() as u32).to_be_bytes()[..], &message].concat();
    let headers =
        ["content-type: application/grpc-web+proto", "x-grpc-web: 1", "origin: https://news.example"];
    let answer = ask(server.address(), "POST", CLASSIFY, &headers, &frame);
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("access-control-allow-origin: https://news.example"), "{}", answer.head);
    assert!(answer.body.contains("grpc-status:0"), "trailers are in the body: {}", answer.body);
    assert!(answer.body.contains("local-news"));
}

#[test]
fn pages_of_other_origins_are_not_let_in() {
    let server = Server::start(&["--cors-origin", "https://news.example"]);
    let preflight = |origin: &str| {
        let origin = format!("origin: {origin}");
        let headers = [&*origin, "access-control-request-method: POST"];
        ask(server.address(), "OPTIONS", CLASSIFY, &headers, &[]).head
    };
    assert!(preflight("https://news.example").contains("access-control-allow-origin: https://news.example"));
    assert!(!preflight("https://evil.example").contains("access-control-allow-origin"));
}
