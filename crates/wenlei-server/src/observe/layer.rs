//! The middleware around all services.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tonic::body::Body;
use tonic::codegen::Service;
use tonic::codegen::http::{Request, Response};
use tower_layer::Layer;
use tracing::Instrument;

use super::call::{Call, ObservedBody};
use super::methods::Methods;
use super::request_id;
use crate::metrics::Metrics;

/// Watches calls.
#[derive(Clone, Debug)]
pub struct ObserveLayer {
    metrics: Arc<Metrics>,
    methods: Arc<Methods>,
}

impl ObserveLayer {
    /// Counts in `metrics`.
    pub fn new(metrics: Arc<Metrics>) -> Self {
        Self { metrics, methods: Arc::new(Methods::new()) }
    }
}

impl<S> Layer<S> for ObserveLayer {
    type Service = Observe<S>;

    fn layer(&self, inner: S) -> Observe<S> {
        Observe { inner, layer: self.clone() }
    }
}

/// A service whose calls are watched.
#[derive(Clone, Debug)]
pub struct Observe<S> {
    inner: S,
    layer: ObserveLayer,
}

impl<S> Service<Request<Body>> for Observe<S>
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
        let method = self.layer.methods.name(request.uri().path()).to_owned();
        let id = request_id::of(request.headers());
        let trace = request_id::trace(request.headers());
        let span = tracing::info_span!(
            "call",
            method,
            request_id = id.to_str().unwrap_or_default(),
            trace_id = trace,
            caller = tracing::field::Empty
        );
        let mut call = Call::begin(self.layer.metrics.clone(), method, span.clone());
        let response = span.in_scope(|| self.inner.call(request)).instrument(span);
        Box::pin(async move {
            let mut response = response.await?;
            call.read_status(response.headers());
            response.headers_mut().insert(request_id::HEADER, id);
            Ok(response.map(|body| Body::new(ObservedBody { body, call })))
        })
    }
}
