//! What the service takes on, and how it turns the rest away.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use prost::Message;
use tonic::Code;
use tonic_types::StatusExt;
use wenlei_proto::v1::{BatchClassifyRequest, ClassifyRequest, Document, GetModelRequest};
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
