//! A request from its bytes to its answer, through the services as they are put together for a connection: decoding,
//! validation, admission, classification, encoding. Only the socket is missing.
//!
//! The first byte of the input says which method is called and in which tongue; the rest is the message, or for the
//! stream several, each after its length in two bytes.

#![no_main]

use std::sync::{Arc, LazyLock};

use clap::Parser;
use http_body_util::{BodyExt, Full};
use libfuzzer_sys::fuzz_target;
use prost::Message;
use tokio::runtime::{Builder, Runtime};
use tonic::body::Body;
use tonic::codegen::http::{HeaderMap, Request};
use tonic::codegen::{Bytes, Service};
use tonic::service::Routes;
use tonic::{Code, Status};
use wenlei_proto::v1;
use wenlei_server::arguments::Arguments;
use wenlei_server::config::Config;
use wenlei_server::draining;
use wenlei_server::metrics::Metrics;
use wenlei_server::middleware::Behind;
use wenlei_server::models::Models;
use wenlei_server::observe::Observe;
use wenlei_server::server;
use wenlei_server::trace::Tracer;
use wenlei_server::web::Web;

const METHODS: [&str; 8] = [
    "Classify",
    "ClassifyPage",
    "BatchClassify",
    "Segment",
    "ExtractFeatures",
    "SplitPage",
    "StreamClassify",
    "NoSuchMethod",
];

/// Bytes before a message: whether it is compressed, and its length.
const FRAME_HEADER: usize = 5;

/// What a caller can be told: that all is well, that a field is wrong, that there is no such model or method, that the
/// message is too large.
const CODES: [Code; 5] =
    [Code::Ok, Code::InvalidArgument, Code::NotFound, Code::Unimplemented, Code::OutOfRange];

type Server = Behind<Web, Behind<Observe, Routes>>;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().expect("a runtime"));

static SERVER: LazyLock<Server> = LazyLock::new(|| RUNTIME.block_on(server()));

/// The services with the built-in model and all settings as they are when nobody sets them.
async fn server() -> Server {
    let config = Config::new(&Arguments::parse_from(["wenlei-server"])).expect("the defaults are right");
    let (metrics, models) = (Metrics::new(), Arc::new(Models::default()));
    models.load(&config.models).await.expect("the built-in model");
    let (drain, draining) = draining::channel();
    // Dropped, it would end every stream.
    std::mem::forget(drain);
    let (routes, _) = server::routes(&config, &models, &metrics, draining).await.expect("the services");
    let observe = Observe::new(metrics, Tracer::new(None).expect("no tracer"));
    Behind::new(Web::new(config.limits.message_bytes).expect("the descriptors"), Behind::new(observe, routes))
}

fuzz_target!(|input: &[u8]| {
    let Some((first, message)) = input.split_first() else { return };
    let method = METHODS[*first as usize % METHODS.len()];
    let json = *first as usize / METHODS.len() % 2 == 1;
    RUNTIME.block_on(call(SERVER.clone(), method, json, message));
});

async fn call(mut server: Server, method: &str, json: bool, message: &[u8]) {
    let body = match method {
        _ if json => message.to_vec(),
        "StreamClassify" => stream(message),
        _ => frame(message),
    };
    let request = Request::post(format!("/wenlei.v1.ClassificationService/{method}"))
        .header("content-type", if json { "application/json" } else { "application/grpc" })
        .header("te", "trailers")
        .body(Body::new(Full::from(body)))
        .expect("a request");
    let response = server.call(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a whole answer");
    let trailers = body.trailers().cloned().unwrap_or_default();
    let answer = body.to_bytes();
    if json {
        serde_json::from_slice::<serde_json::Value>(&answer).expect("an answer in JSON");
        assert!(parts.status.as_u16() < 500 || method == "StreamClassify" || method == "NoSuchMethod");
        return;
    }
    let code = code(&parts.headers, &trailers);
    assert!(CODES.contains(&code), "{method} was answered {code:?}");
    if code == Code::Ok && method != "StreamClassify" {
        check(method, message, &answer[FRAME_HEADER..]);
    }
}

fn frame(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).expect("a small input");
    [&[0], &length.to_be_bytes()[..], message].concat()
}

fn stream(mut messages: &[u8]) -> Vec<u8> {
    let mut frames = Vec::new();
    while let [high, low, rest @ ..] = messages {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
        let (message, others) = rest.split_at(length);
        frames.extend(frame(message));
        messages = others;
    }
    frames
}

fn code(headers: &HeaderMap, trailers: &HeaderMap) -> Code {
    let status = Status::from_header_map(trailers).or_else(|| Status::from_header_map(headers));
    status.expect("a status").code()
}

/// Whether the answer keeps what it promises.
fn check(method: &str, request: &[u8], answer: &[u8]) {
    let predictions = match method {
        "Classify" => decode::<v1::ClassifyResponse>(answer).prediction.into_iter().collect(),
        "BatchClassify" => decode::<v1::BatchClassifyResponse>(answer).predictions,
        "ClassifyPage" => decode::<v1::ClassifyPageResponse>(answer)
            .articles
            .into_iter()
            .filter_map(|a| a.prediction)
            .collect(),
        "Segment" => return check_tokens(&decode(request), &decode(answer)),
        _ => return,
    };
    for topic in predictions.into_iter().flat_map(|prediction| prediction.topics) {
        assert!((0.0..=1.0).contains(&topic.probability), "{}: {}", topic.topic, topic.probability);
    }
}

/// Spans in bytes are slices of what the caller sent.
fn check_tokens(request: &v1::SegmentRequest, answer: &v1::SegmentResponse) {
    let document = request.document.clone().unwrap_or_default();
    let utf8 = matches!(request.encoding(), v1::Encoding::Unspecified | v1::Encoding::Utf8);
    for span in answer.tokens.iter().filter_map(|token| token.span.as_ref()).filter(|_| utf8) {
        let title = span.field() == v1::DocumentField::Title;
        let field = if title { &document.title } else { &document.text };
        assert!(field.get(span.start as usize..span.end as usize).is_some(), "{span:?} is no slice");
    }
}

fn decode<M: Message + Default>(bytes: &[u8]) -> M {
    M::decode(Bytes::copy_from_slice(bytes)).expect("a message")
}
