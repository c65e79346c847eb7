//! How the server starts, says how it is, and ends.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use tonic::Code;
use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;
use wenlei_proto::v1::{BatchClassifyRequest, ClassifyRequest};
use wenlei_tests::http::get;
use wenlei_tests::load::Load;
use wenlei_tests::model_file::committed;
use wenlei_tests::{Server, document, never_taken, program};

fn request() -> ClassifyRequest {
    ClassifyRequest { document: document("", "安全生产检查"), ..Default::default() }
}

async fn health(server: &Server) -> Option<ServingStatus> {
    let mut client = HealthClient::new(server.channel().await);
    let response = client.check(HealthCheckRequest { service: String::new() }).await.ok()?;
    Some(response.into_inner().status())
}

#[tokio::test]
async fn health_is_serving_for_all_and_each_service() {
    let server = Server::start(&[]);
    let mut client = HealthClient::new(server.channel().await);
    for service in ["", "wenlei.v1.ClassificationService", "wenlei.v1.ModelService"] {
        let request = HealthCheckRequest { service: service.into() };
        assert_eq!(client.check(request).await.unwrap().into_inner().status(), ServingStatus::Serving);
    }
}

#[test]
fn probe_succeeds_while_serving_and_fails_afterwards() {
    let mut server = Server::start(&[]);
    let probe = || program("wenlei-server").args(["probe", "--addr", server.address()]).output().unwrap();
    assert!(probe().status.success());
    let address = server.address().to_owned();
    server.terminate();
    assert!(server.wait().success(), "SIGTERM must end in exit code 0");
    let after = program("wenlei-server").args(["probe", "--addr", &address]).output().unwrap();
    assert_eq!(after.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&after.stderr).contains(&address));
}

#[test]
fn a_wrong_command_line_reports_every_mistake_and_exits_64() {
    let output =
        program("wenlei-server").args(["--listen", "nowhere", "--model", "/no/such"]).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("--listen nowhere") && text.contains("/no/such"), "{text}");
}

#[test]
fn a_file_that_is_no_model_is_refused_with_the_reason() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("broken.safetensors");
    std::fs::write(&path, b"not a model").unwrap();
    let output = program("wenlei-server").arg("--model").arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("broken.safetensors") && text.contains("safetensors file"), "{text}");
}

/// `tonic-health` by itself says SERVING before anything is loaded.
#[tokio::test]
async fn health_is_not_serving_until_a_model_passed_its_self_test() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("model.safetensors");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let arguments = ["--model", pipe.to_str().unwrap(), "--reload-poll", "0s"];
    let server = Server::start_listening(&arguments);
    assert_eq!(health(&server).await, Some(ServingStatus::NotServing));
    assert_eq!(get(server.admin(), "/livez").status, 200);
    let ready = get(server.admin(), "/readyz");
    assert_eq!((ready.status, ready.body.as_str()), (503, "loading\n"));
    let error = server.classification().await.classify(request()).await.unwrap_err();
    assert_eq!(error.code(), Code::Unavailable);
    std::fs::write(&pipe, committed()).unwrap();
    server.wait_for_log("serving on ");
    assert_eq!(health(&server).await, Some(ServingStatus::Serving));
    assert_eq!(get(server.admin(), "/readyz").status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_drops_first_and_calls_are_answered_during_the_pause() {
    let mut server = Server::start(&["--drain-pause", "1s"]);
    let mut client = server.classification().await;
    server.terminate();
    server.wait_for_log("no longer ready");
    let start = Instant::now();
    while get(server.admin(), "/readyz").status == 200 {
        assert!(start.elapsed() < Duration::from_millis(900), "still ready");
    }
    assert_eq!(health(&server).await, Some(ServingStatus::NotServing));
    client.classify(request()).await.expect("calls are still answered");
    assert!(server.wait().success());
}

/// hyper's graceful shutdown waits for ever for a connection that never sent a byte.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_connection_does_not_hold_up_the_end() {
    let mut server = Server::start(&["--drain-limit", "2s"]);
    let silent = TcpStream::connect(server.address()).unwrap();
    let mut half = TcpStream::connect(server.address()).unwrap();
    half.write_all(b"PRI * HTTP/2.0\r\n").unwrap();
    server.classification().await.classify(request()).await.unwrap();
    let start = Instant::now();
    server.terminate();
    assert!(server.wait().success());
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    drop((silent, half));
}

#[tokio::test]
async fn a_second_signal_ends_the_process_at_once() {
    let mut server = Server::start(&["--drain-pause", "30s"]);
    server.terminate();
    server.wait_for_log("no longer ready");
    server.signal("INT");
    let start = Instant::now();
    assert_eq!(server.wait().code(), Some(1));
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_under_load_answers_every_accepted_request() {
    let mut server = Server::start(&["--drain-pause", "200ms"]);
    let channel = server.channel().await;
    let ask = |channel: Channel| async move {
        let mut client = ClassificationServiceClient::new(channel);
        let mut answers = 0;
        loop {
            let documents =
                vec![document("安全检查", &"开展安全生产检查。".repeat(50)).unwrap(); 20];
            match client.batch_classify(BatchClassifyRequest { documents, ..Default::default() }).await {
                Ok(_) => answers += 1,
                Err(status) => return (answers, status),
            }
        }
    };
    let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(ask(channel.clone()))).collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    server.terminate();
    for task in tasks {
        let (answers, status) = task.await.unwrap();
        assert!(answers > 0);
        assert!(never_taken(&status), "{status:?}");
    }
    assert!(server.wait().success());
    assert!(!server.log().contains("not finished in time"), "{}", server.log());
}

/// A socket closed with something unread, or dropped before it was accepted, is reset: the peer then loses the GOAWAY, and
/// with it the knowledge that its call was never taken. One end in eight or so went wrong that way.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_calls_at_the_end_learns_that_the_call_was_never_taken() {
    for _ in 0..6 {
        let mut server = Server::start(&["--drain-pause", "100ms"]);
        let load = Load::start(server.address(), Duration::from_millis(3), 10).await;
        server.terminate();
        assert!(server.wait().success());
        let ledger = load.finish().await;
        for failure in ledger.failures() {
            let status = failure.result.as_ref().unwrap_err();
            assert!(never_taken(status), "{status:?}");
        }
    }
}
