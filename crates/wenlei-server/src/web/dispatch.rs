//! Telling by its content type what a request speaks.

use std::sync::Arc;

use prost_reflect::DescriptorError;
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::codegen::http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use tonic::codegen::http::{HeaderValue, Request};
use tonic_web::GrpcWebLayer;
use tower_layer::Layer;

use super::json;
use super::methods::Methods;
use crate::middleware::{Answer, HttpService, Middleware};

/// Lets callers in who speak gRPC-Web or JSON.
#[derive(Clone, Debug)]
pub struct Web {
    methods: Arc<Methods>,
    message_bytes: usize,
}

impl Web {
    /// For messages of up to `message_bytes` bytes.
    ///
    /// # Errors
    /// The descriptors can't be read.
    pub fn new(message_bytes: usize) -> Result<Self, DescriptorError> {
        Ok(Self { methods: Arc::new(Methods::new()?), message_bytes })
    }

    fn call_json<S: HttpService>(&self, mut request: Request<Body>, inner: &mut S) -> Answer {
        let Some(method) = self.methods.unary(request.uri().path()) else {
            let status = Status::unimplemented("no unary method of this name");
            return Box::pin(async move { Ok(json::refusal(&status)) });
        };
        request.headers_mut().remove(ACCEPT_ENCODING);
        let (request, mistake) = json::request(request, method.input(), self.message_bytes);
        let answer = inner.call(request);
        Box::pin(async move { Ok(json::response(answer.await?, method.output(), &mistake).await) })
    }
}

impl Middleware for Web {
    fn call<S: HttpService>(&self, request: Request<Body>, inner: &mut S) -> Answer {
        let content = request.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
        if content.starts_with(b"application/grpc-web") {
            Box::pin(GrpcWebLayer::new().layer(inner.clone()).call(request))
        } else if content.starts_with(b"application/json") {
            self.call_json(request, inner)
        } else {
            Box::pin(inner.call(request))
        }
    }
}
