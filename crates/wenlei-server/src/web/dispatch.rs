//! Telling by its content type what a request speaks.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use prost_reflect::DescriptorError;
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::codegen::http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use tonic::codegen::http::{HeaderValue, Request, Response};
use tonic_web::GrpcWebLayer;
use tower_layer::Layer;

use super::json;
use super::methods::Methods;

/// Lets callers in who speak gRPC-Web or JSON.
#[derive(Clone, Debug)]
pub struct WebLayer {
    methods: Arc<Methods>,
    message_bytes: usize,
}

impl WebLayer {
    /// For messages of up to `message_bytes` bytes.
    ///
    /// # Errors
    /// The descriptors can't be read.
    pub fn new(message_bytes: usize) -> Result<Self, DescriptorError> {
        Ok(Self { methods: Arc::new(Methods::new()?), message_bytes })
    }
}

impl<S> Layer<S> for WebLayer {
    type Service = Web<S>;

    fn layer(&self, inner: S) -> Web<S> {
        Web { inner, layer: self.clone() }
    }
}

/// A service that understands gRPC, gRPC-Web and JSON.
#[derive(Clone, Debug)]
pub struct Web<S> {
    inner: S,
    layer: WebLayer,
}

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl<S> Service<Request<Body>> for Web<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>,
    S: Clone + Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Answer {
        let content = request.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
        if content.starts_with(b"application/grpc-web") {
            return Box::pin(GrpcWebLayer::new().layer(self.inner.clone()).call(request));
        }
        if !content.starts_with(b"application/json") {
            return Box::pin(self.inner.call(request));
        }
        self.call_json(request)
    }
}

impl<S> Web<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>,
{
    fn call_json(&mut self, mut request: Request<Body>) -> Answer {
        let Some(method) = self.layer.methods.unary(request.uri().path()) else {
            let status = Status::unimplemented("no unary method of this name");
            return Box::pin(async move { Ok(json::refusal(&status)) });
        };
        request.headers_mut().remove(ACCEPT_ENCODING);
        let request = json::request(request, method.input(), self.layer.message_bytes);
        let answer = self.inner.call(request);
        Box::pin(async move { Ok(json::response(answer.await?, method.output()).await) })
    }
}
