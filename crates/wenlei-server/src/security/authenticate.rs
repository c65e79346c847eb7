//! The middleware that asks for a token.

use std::convert::Infallible;
use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tonic::body::Body;
use tonic::codegen::Service;
use tonic::codegen::http::header::AUTHORIZATION;
use tonic::codegen::http::{HeaderValue, Request, Response};
use tower_layer::Layer;

use super::Tokens;
use crate::status::RpcError;

/// What may be called without a token: probes have none.
const EXEMPT: &str = "/grpc.health.v1.Health/";

/// Asks for a token, if there are any.
#[derive(Clone, Debug)]
pub struct AuthenticateLayer {
    tokens: Option<Arc<Tokens>>,
}

impl AuthenticateLayer {
    /// Lets the callers with `tokens` in, and all when there are none.
    pub fn new(tokens: Option<Arc<Tokens>>) -> Self {
        Self { tokens }
    }
}

impl<S> Layer<S> for AuthenticateLayer {
    type Service = Authenticate<S>;

    fn layer(&self, inner: S) -> Authenticate<S> {
        Authenticate { inner, tokens: self.tokens.clone() }
    }
}

/// A service that asks for a token.
#[derive(Clone, Debug)]
pub struct Authenticate<S> {
    inner: S,
    tokens: Option<Arc<Tokens>>,
}

impl<S> Authenticate<S> {
    /// Whether this request may come in; the name of its token is noted in the span of the call.
    fn check(&self, request: &Request<Body>) -> Result<(), RpcError> {
        let Some(tokens) = &self.tokens else { return Ok(()) };
        if request.uri().path().starts_with(EXEMPT) {
            return Ok(());
        }
        let header = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
        let token = header.and_then(|value| value.strip_prefix(b"Bearer "));
        let name = token.and_then(|token| tokens.name(token)).ok_or(RpcError::Unauthenticated)?;
        tracing::Span::current().record("caller", &*name);
        Ok(())
    }
}

impl<S> Service<Request<Body>> for Authenticate<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        match self.check(&request) {
            Ok(()) => Box::pin(self.inner.call(request)),
            Err(error) => Box::pin(ready(Ok(tonic::Status::from(error).into_http()))),
        }
    }
}
