//! `StreamClassify`.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Request, Streaming};
use wenlei_proto::v1::stream_classify_response::Result as StreamResult;
use wenlei_proto::v1::{ClassifyRequest, StreamClassifyRequest, StreamClassifyResponse};
use wenlei_tests::{Server, document};

fn item(key: &str, text: &str, any_order: bool) -> StreamClassifyRequest {
    let request = ClassifyRequest { document: document("", text), ..Default::default() };
    StreamClassifyRequest { key: key.into(), request: Some(request), any_order }
}

async fn open(
    server: &Server,
    items: Vec<StreamClassifyRequest>,
) -> (mpsc::Sender<StreamClassifyRequest>, Streaming<StreamClassifyResponse>) {
    let (sender, receiver) = mpsc::channel(items.len() + 1);
    for item in items {
        sender.send(item).await.unwrap();
    }
    let requests = ReceiverStream::new(receiver);
    let answers = server.classification().await.stream_classify(requests).await.unwrap().into_inner();
    (sender, answers)
}

async fn keys(answers: &mut Streaming<StreamClassifyResponse>) -> Vec<String> {
    let mut keys = Vec::new();
    while let Some(answer) = answers.next().await {
        keys.push(answer.unwrap().key);
    }
    keys
}

/// The service asked such a stream on after its end, which panicked.
#[tokio::test]
async fn a_stream_may_end_before_its_first_document() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let answers = client.stream_classify(tokio_stream::empty::<StreamClassifyRequest>()).await.unwrap();
    assert!(answers.into_inner().next().await.is_none());
}

/// Texts of very different length.
fn uneven(any_order: bool) -> Vec<StreamClassifyRequest> {
    let text = |index: usize| "安全生产检查。".repeat(if index.is_multiple_of(8) { 8000 } else { 1 });
    (0..40).map(|index| item(&index.to_string(), &text(index), any_order)).collect()
}

#[tokio::test]
async fn answers_carry_the_key_and_keep_the_order() {
    let server = Server::start(&[]);
    let (sender, mut answers) = open(&server, uneven(false)).await;
    drop(sender);
    let expected: Vec<String> = (0..40).map(|index| index.to_string()).collect();
    assert_eq!(keys(&mut answers).await, expected);
}

#[tokio::test]
async fn answers_overtake_one_another_only_if_asked() {
    let server = Server::start(&[]);
    let (sender, mut answers) = open(&server, uneven(true)).await;
    drop(sender);
    let keys = keys(&mut answers).await;
    assert_ne!(keys[0], "0", "the long text comes first only if order is kept");
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 40);
}

#[tokio::test]
async fn the_first_answer_comes_before_the_second_request() {
    let server = Server::start(&[]);
    let (sender, mut answers) = open(&server, vec![item("a", "安全", false)]).await;
    assert_eq!(answers.next().await.unwrap().unwrap().key, "a");
    sender.send(item("b", "安全", false)).await.unwrap();
    assert_eq!(answers.next().await.unwrap().unwrap().key, "b");
}

#[tokio::test]
async fn a_bad_document_answers_an_error_and_does_not_end_the_stream() {
    let server = Server::start(&[]);
    let mut unknown = item("unknown model", "安全", false);
    unknown.request.as_mut().unwrap().model = "nobody".into();
    let nothing = StreamClassifyRequest { key: "nothing".into(), ..Default::default() };
    let items = vec![item("empty", " ", false), unknown, nothing, item("good", "安全", false)];
    let (sender, mut answers) = open(&server, items).await;
    drop(sender);
    let mut codes = Vec::new();
    while let Some(answer) = answers.next().await {
        match answer.unwrap().result.unwrap() {
            StreamResult::Response(response) => assert!(response.prediction.is_some()),
            StreamResult::Error(error) => {
                let field = error.field_violations.first().map(|violation| violation.field.clone());
                codes.push((Code::from_i32(error.code), field.unwrap_or_default()));
            }
        }
    }
    let expected =
        [(Code::InvalidArgument, "document.text"), (Code::NotFound, ""), (Code::InvalidArgument, "document")];
    assert_eq!(codes, expected.map(|(code, field)| (code, field.to_owned())));
}

/// A caller that sends and doesn't read is not read either: memory stays as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_does_not_read_is_held_back() {
    let server = Server::start(&[]);
    let (sender, receiver) = mpsc::channel(1);
    let requests = ReceiverStream::new(receiver);
    let answers = server.classification().await.stream_classify(requests).await.unwrap().into_inner();
    let before = server.resident_memory();
    let text = "安全生产检查。".repeat(1000);
    let mut sent = 0;
    let one = |sent: usize| item(&sent.to_string(), &text, false);
    while tokio::time::timeout(Duration::from_secs(1), sender.send(one(sent))).await.is_ok() {
        sent += 1;
        assert!(sent < 10_000, "nothing holds the caller back");
    }
    let grown = server.resident_memory().saturating_sub(before);
    assert!(grown < 64 << 20, "{grown} bytes more after {sent} unread answers");
    // Nor does it stand in the way of others: answers that wait to be read must not keep a turn.
    let request = ClassifyRequest { document: document("", "安全"), ..Default::default() };
    server.classification().await.classify(request).await.unwrap();
    drop(answers);
}

#[tokio::test]
async fn a_stream_ends_at_its_deadline() {
    let server = Server::start(&[]);
    let (_sender, receiver) = mpsc::channel(1);
    let mut request = Request::new(ReceiverStream::new(receiver));
    request.metadata_mut().insert("grpc-timeout", "200m".parse().unwrap());
    let mut answers = server.classification().await.stream_classify(request).await.unwrap().into_inner();
    let start = Instant::now();
    let error = answers.next().await.unwrap().unwrap_err();
    assert_eq!(error.code(), Code::DeadlineExceeded, "{error}");
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_answers_what_it_read_before_the_server_ends() {
    let mut server = Server::start(&[]);
    let (sender, mut answers) = open(&server, vec![item("a", "安全", false)]).await;
    assert_eq!(answers.next().await.unwrap().unwrap().key, "a");
    server.terminate();
    let error = answers.next().await.unwrap().unwrap_err();
    assert_eq!(error.code(), Code::Unavailable, "{error}");
    drop(sender);
    assert!(server.wait().success());
}
