//! Bad input gets a clear answer, and the service lives on.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use bytes::{Buf, BufMut};
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;
use wenlei_proto::v1::{BatchClassifyRequest, ClassifyRequest, ExtractFeaturesRequest, SegmentRequest};
use wenlei_tests::{Server, document};

/// The fields that `google.rpc.BadRequest` names.
fn fields(status: &Status) -> Vec<String> {
    assert_eq!(status.code(), Code::InvalidArgument, "{status}");
    let bad_request = status.get_details_bad_request().expect("details");
    bad_request.field_violations.into_iter().map(|violation| violation.field).collect()
}

async fn assert_lives(client: &mut ClassificationServiceClient<Channel>) {
    let request = ClassifyRequest { document: document("", "安全生产检查"), ..Default::default() };
    client.classify(request).await.expect("the service lives on");
}

#[tokio::test]
async fn empty_and_blank_documents_are_named() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    for text in ["", " \n\t\u{3000}"] {
        let request = ClassifyRequest { document: document(" ", text), ..Default::default() };
        assert_eq!(fields(&client.classify(request).await.unwrap_err()), ["document.text"]);
    }
    let error = client.classify(ClassifyRequest::default()).await.unwrap_err();
    assert_eq!(fields(&error), ["document"]);
    assert_lives(&mut client).await;
}

#[tokio::test]
async fn a_text_over_the_limit_is_refused_with_the_limit() {
    let server = Server::start(&["--document-characters", "100"]);
    let mut client = server.classification().await;
    let request =
        |length| ClassifyRequest { document: document("题", &"安".repeat(length)), ..Default::default() };
    client.classify(request(99)).await.expect("99 characters and a title of one");
    let error = client.classify(request(100)).await.unwrap_err();
    assert_eq!(fields(&error), ["document.text"]);
    assert!(error.message().contains("has 101 characters with its title, the limit is 100"), "{error}");
}

#[tokio::test]
async fn a_batch_over_the_limit_or_with_a_bad_document_is_refused() {
    let server = Server::start(&["--batch-documents", "2"]);
    let mut client = server.classification().await;
    let batch = |texts: &[&str]| BatchClassifyRequest {
        documents: texts.iter().filter_map(|text| document("", text)).collect(),
        ..Default::default()
    };
    let error = client.batch_classify(batch(&["安全", "安全", "安全"])).await.unwrap_err();
    assert_eq!(fields(&error), ["documents"]);
    assert!(error.message().contains("has 3 documents, the limit is 2"), "{error}");
    let error = client.batch_classify(batch(&["安全", ""])).await.unwrap_err();
    assert_eq!(fields(&error), ["documents[1].text"]);
    assert_eq!(fields(&client.batch_classify(batch(&[])).await.unwrap_err()), ["documents"]);
    assert_lives(&mut client).await;
}

#[tokio::test]
async fn unknown_names_and_numbers_are_all_reported_at_once() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let request = ClassifyRequest {
        document: document("", "安全"),
        topics: vec!["safety".into(), "weather".into()],
        encoding: 99,
        explain_terms: Some(1_000_000),
        ..Default::default()
    };
    let error = client.classify(request).await.unwrap_err();
    assert_eq!(fields(&error), ["topics[1]", "explain_terms", "encoding"]);
    let request = SegmentRequest { document: document("", "安全"), mode: -1, ..Default::default() };
    assert_eq!(fields(&client.segment(request).await.unwrap_err()), ["mode"]);
    let request = SegmentRequest {
        document: document("", "安全"),
        mode: 3,
        part_of_speech: true,
        ..Default::default()
    };
    assert_eq!(fields(&client.segment(request).await.unwrap_err()), ["part_of_speech"]);
    let request = ExtractFeaturesRequest {
        document: document("", "安全"),
        top_k: Some(u32::MAX),
        keywords: u32::MAX,
        ..Default::default()
    };
    assert_eq!(fields(&client.extract_features(request).await.unwrap_err()), ["top_k", "keywords"]);
    assert_lives(&mut client).await;
}

#[tokio::test]
async fn an_unknown_model_is_not_found() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let request =
        ClassifyRequest { document: document("", "安全"), model: "weather".into(), ..Default::default() };
    let error = client.classify(request).await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
    assert!(error.message().contains("local-news"), "{error}");
}

#[tokio::test]
async fn a_message_over_the_limit_is_refused() {
    let server = Server::start(&["--message-bytes", "1000"]);
    let mut client = server.classification().await;
    let request = ClassifyRequest { document: document("", &"安".repeat(1000)), ..Default::default() };
    let error = client.classify(request).await.unwrap_err();
    assert_eq!(error.code(), Code::OutOfRange);
    assert!(error.message().contains("the limit is: 1000 bytes"), "{error}");
    assert_lives(&mut client).await;
}

/// Sends bytes as they are.
#[derive(Default)]
struct RawCodec;

impl Codec for RawCodec {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for RawCodec {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(&item);
        Ok(())
    }
}

impl Decoder for RawCodec {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        let length = buffer.remaining();
        Ok(Some(buffer.copy_to_bytes(length).to_vec()))
    }
}

async fn send_raw(channel: Channel, message: &[u8]) -> Status {
    let mut grpc = tonic::client::Grpc::new(channel);
    grpc.ready().await.unwrap();
    let path = "/wenlei.v1.ClassificationService/Classify".parse().unwrap();
    let mut request = Request::new(message.to_vec());
    request.set_timeout(Duration::from_secs(10));
    grpc.unary(request, path, RawCodec).await.unwrap_err()
}

#[tokio::test]
async fn bytes_that_are_no_message_are_the_callers_fault() {
    let server = Server::start(&[]);
    // document (field 1) { text (field 2): two bytes that are not UTF-8 }
    let error = send_raw(server.channel().await, &[0x0a, 4, 0x12, 2, 0xff, 0xfe]).await;
    assert_eq!(error.code(), Code::InvalidArgument);
    assert!(error.message().contains("Document.text") && error.message().contains("UTF-8"), "{error}");
    // A length that reaches beyond the message.
    let error = send_raw(server.channel().await, &[0x0a, 200]).await;
    assert_eq!(error.code(), Code::InvalidArgument);
    assert_lives(&mut server.classification().await).await;
}
