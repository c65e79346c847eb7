//! The middleware around all services.

use std::sync::Arc;

use tonic::body::Body;
use tonic::codegen::http::Request;
use tracing::Instrument;

use super::call::{Call, ObservedBody};
use super::methods::Methods;
use super::request_id;
use crate::metrics::Metrics;
use crate::middleware::{Answer, HttpService, Middleware};
use crate::trace::Tracer;

/// Watches calls. A call carries its [`Trace`](crate::trace::Trace) as an extension.
#[derive(Clone, Debug)]
pub struct Observe {
    metrics: Arc<Metrics>,
    methods: Arc<Methods>,
    tracer: Tracer,
}

impl Observe {
    /// Counts in `metrics` and begins traces with `tracer`.
    pub fn new(metrics: Arc<Metrics>, tracer: Tracer) -> Self {
        Self { metrics, methods: Arc::new(Methods::new()), tracer }
    }
}

impl Middleware for Observe {
    fn call<S: HttpService>(&self, mut request: Request<Body>, inner: &mut S) -> Answer {
        let method = self.methods.name(request.uri().path()).to_owned();
        let id = request_id::of(request.headers());
        let trace = self.tracer.begin(&method, request.headers());
        request.extensions_mut().insert(trace.clone());
        let mut call = Call::begin(self.metrics.clone(), method, id.clone(), trace);
        let span = call.span().clone();
        let response = span.in_scope(|| inner.call(request)).instrument(span);
        Box::pin(async move {
            let mut response = response.await?;
            call.read_status(response.headers());
            response.headers_mut().insert(request_id::HEADER, id);
            Ok(response.map(|body| Body::new(ObservedBody { body, call })))
        })
    }
}
