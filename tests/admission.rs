//! What the service takes on, and how it turns the rest away.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use prost::Message;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;
use wenlei_proto::v1::{
    BatchClassifyRequest, ClassifyRequest, Document, GetModelRequest, StreamClassifyRequest,
};
use wenlei_tests::http::grpc;
use wenlei_tests::{Server, document};

/// A batch that takes long: some seconds without the optimiser.
fn long_batch() -> BatchClassifyRequest {
    let text = "全县开展安全生产检查，整治散乱污企业，".repeat(500);
    let documents = vec![Document { title: String::new(), text }; 250];
    BatchClassifyRequest { documents, ..Default::default() }
}

fn short() -> ClassifyRequest {
    ClassifyRequest { document: document("", "安全生产检查"), ..Default::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_the_gate_holds_is_turned_away_and_told_when_to_come_back() {
    let server = Server::start(&["--admission-documents", "10", "--admission-wait", "20ms"]);
    let (mut batches, mut singles) = (server.classification().await, server.classification().await);
    let batch = tokio::spawn(async move { batches.batch_classify(long_batch()).await });
    let start = Instant::now();
    let error = loop {
        match singles.classify(short()).await {
            Ok(_) => assert!(start.elapsed() < Duration::from_secs(5), "nothing is turned away"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), Code::ResourceExhausted, "{error}");
    let retry = error.get_details_retry_info().expect("RetryInfo").retry_delay.unwrap();
    assert!(retry >= Duration::from_millis(20));
    server.models().await.get_model(GetModelRequest::default()).await.expect("never shed");
    batch.await.unwrap().expect("what was admitted is answered");
    singles.classify(short()).await.expect("admitted again");
}

/// Shedding put on the whole server would shed health checks too, and get an overloaded server killed; tonic's own limits
/// count each connection by itself.
#[tokio::test(flavor = "multi_thread")]
async fn the_gate_counts_all_connections_and_guards_the_classification_service_only() {
    let server = Server::start(&["--admission-calls", "1"]);
    let (_sender, receiver) = tokio::sync::mpsc::channel::<StreamClassifyRequest>(1);
    let held = server.classification().await.stream_classify(ReceiverStream::new(receiver)).await.unwrap();
    let error = server.classification().await.classify(short()).await.unwrap_err();
    assert_eq!(error.code(), Code::ResourceExhausted, "on another connection: {error}");
    assert!(error.get_details_retry_info().is_some());
    server.models().await.get_model(GetModelRequest::default()).await.expect("models are told of");
    let mut health = HealthClient::new(server.channel().await);
    health.check(HealthCheckRequest::default()).await.expect("health is told of");
    drop(held);
}

/// With one core there is one async worker: work that kept it would keep everybody.
#[tokio::test(flavor = "multi_thread")]
async fn on_one_core_long_work_does_not_keep_health_checks_waiting() {
    let server = Server::start_on_one_core(&[]);
    let mut health = HealthClient::new(server.channel().await);
    let text = "全县开展安全生产检查，整治散乱污企业，".repeat(10_000);
    let documents = (0..10).filter_map(|_| document("", &text)).collect();
    let long = BatchClassifyRequest { documents, ..Default::default() };
    let mut client = server.classification().await;
    let long = tokio::spawn(async move { client.batch_classify(long).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let mut answered = 0;
    while !long.is_finished() {
        health.check(HealthCheckRequest::default()).await.unwrap();
        answered += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    long.await.unwrap().unwrap();
    assert!(answered >= 5, "{answered} health checks while long texts were read");
}

/// tonic answers CANCELLED when its own timeout passes, and stops counting at the response's headers.
#[test]
fn a_passed_deadline_is_deadline_exceeded_not_cancelled() {
    let server = Server::start(&[]);
    let message = long_batch().encode_to_vec();
    let start = Instant::now();
    let answer = grpc(
        server.address(),
        "/wenlei.v1.ClassificationService/BatchClassify",
        &["grpc-timeout: 100m"],
        &message,
    );
    assert!(answer.head.contains("grpc-status: 4"), "{}", answer.head);
    assert!(start.elapsed() < Duration::from_secs(1), "between documents too: {:?}", start.elapsed());
}

#[tokio::test]
async fn a_call_takes_no_longer_than_the_server_lets_it() {
    let server = Server::start(&["--call-timeout", "100ms"]);
    let error = server.classification().await.batch_classify(long_batch()).await.unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded, "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_for_a_client_that_left_is_dropped() {
    let server = Server::start(&["--admission-documents", "10", "--admission-wait", "20ms"]);
    let mut client = server.classification().await;
    let mut leaving = client.clone();
    let left = tokio::spawn(async move { leaving.batch_classify(long_batch()).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    left.abort();
    let start = Instant::now();
    while client.classify(short()).await.is_err() {
        assert!(start.elapsed() < Duration::from_millis(500), "the batch of a client that left goes on");
    }
}

#[tokio::test]
async fn a_batch_of_too_many_bytes_is_refused_with_the_limit() {
    let server = Server::start(&["--batch-bytes", "100"]);
    let documents = vec![Document { title: String::new(), text: "安".repeat(20) }; 2];
    let request = BatchClassifyRequest { documents, ..Default::default() };
    let error = server.classification().await.batch_classify(request).await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert!(error.message().contains("has 120 bytes of titles and texts, the limit is 100"), "{error}");
}
