//! Compressed requests are understood; answers are compressed for callers who say they understand that.
#![allow(clippy::unwrap_used)]

use prost::Message;
use tonic::codec::CompressionEncoding;
use wenlei_proto::v1::{ClassifyRequest, ClassifyResponse, SegmentRequest};
use wenlei_tests::http::grpc;
use wenlei_tests::{Server, document};

const SEGMENT: &str = "/wenlei.v1.ClassificationService/Segment";

/// Long enough that compressing the answer is worth it.
fn request() -> SegmentRequest {
    SegmentRequest { document: document("", &"安全生产检查。".repeat(50)), ..Default::default() }
}

async fn classify(server: &Server, send: Option<CompressionEncoding>) -> ClassifyResponse {
    let mut client = server.classification().await;
    if let Some(encoding) = send {
        client = client.send_compressed(encoding).accept_compressed(encoding);
    }
    let request = ClassifyRequest {
        document: document("安全", &"开展安全生产检查。".repeat(50)),
        ..Default::default()
    };
    let response = client.classify(request).await.unwrap();
    let encoding = response.metadata().get("grpc-encoding").map(|value| value.to_str().unwrap().to_owned());
    let expected = send.map(|encoding| match encoding {
        CompressionEncoding::Gzip => "gzip".to_owned(),
        _ => "zstd".to_owned(),
    });
    assert_eq!(encoding, expected);
    ClassifyResponse { times: None, ..response.into_inner() }
}

#[tokio::test]
async fn gzip_and_zstd_requests_get_the_same_answer_in_their_own_encoding() {
    let server = Server::start(&[]);
    let plain = classify(&server, None).await;
    assert_eq!(classify(&server, Some(CompressionEncoding::Gzip)).await, plain);
    assert_eq!(classify(&server, Some(CompressionEncoding::Zstd)).await, plain);
}

/// The raw answer: its `grpc-encoding`, and whether the flag before the message says compressed.
fn encoding(server: &Server, accept: &[&str]) -> (Option<String>, bool) {
    let answer = grpc(server.address(), SEGMENT, accept, &request().encode_to_vec());
    let header = answer.head.lines().find_map(|line| line.strip_prefix("grpc-encoding: "));
    // HTTP/1.1 sends the body in chunks: a line with the length, then the bytes.
    let chunk = answer.body.split_once("\r\n").expect("a chunk").1;
    (header.map(str::to_owned), chunk.as_bytes()[0] == 1)
}

#[test]
fn an_answer_is_compressed_only_if_the_client_accepts_it() {
    let server = Server::start(&[]);
    assert_eq!(encoding(&server, &[]), (None, false));
    assert_eq!(encoding(&server, &["grpc-accept-encoding: identity"]), (None, false));
    assert_eq!(encoding(&server, &["grpc-accept-encoding: deflate"]), (None, false));
    for name in ["gzip", "zstd"] {
        let accept = format!("grpc-accept-encoding: {name}");
        assert_eq!(encoding(&server, &[&accept]), (Some(name.to_owned()), true));
    }
}

#[test]
fn an_encoding_that_is_not_known_is_unimplemented_and_those_known_are_named() {
    let server = Server::start(&[]);
    let answer = grpc(server.address(), SEGMENT, &["grpc-encoding: deflate"], &request().encode_to_vec());
    assert!(answer.head.contains("grpc-status: 12"), "{}", answer.head);
    let accepted = answer.head.lines().find_map(|line| line.strip_prefix("grpc-accept-encoding: "));
    let accepted = accepted.expect("the answer names what is accepted");
    assert!(accepted.contains("gzip") && accepted.contains("zstd"), "{accepted}");
}
