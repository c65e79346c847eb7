//! The middleware in front of the classification service.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use tonic::body::Body;
use tonic::codegen::http::{Request, Response};
use tonic::server::NamedService;
use tonic::{Status, codegen::Service};
use tower_layer::Layer;

use super::{Deadline, Gate};
use crate::body::Holding;
use crate::status::RpcError;

/// The one method whose calls may last: only its caller sets it a deadline.
const STREAM: &str = "/StreamClassify";

/// Puts a service behind a gate.
#[derive(Clone, Debug)]
pub struct AdmissionLayer {
    gate: Gate,
}

impl AdmissionLayer {
    /// Behind `gate`.
    pub fn new(gate: Gate) -> Self {
        Self { gate }
    }
}

impl<S> Layer<S> for AdmissionLayer {
    type Service = Admission<S>;

    fn layer(&self, inner: S) -> Admission<S> {
        Admission { inner, gate: self.gate.clone() }
    }
}

/// A service behind a gate. A call that is let in carries its [`Deadline`] as an extension, and is dropped when that has
/// passed.
#[derive(Clone, Debug)]
pub struct Admission<S> {
    inner: S,
    gate: Gate,
}

impl<S: NamedService> NamedService for Admission<S> {
    const NAME: &'static str = S::NAME;
}

impl<S> Service<Request<Body>> for Admission<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let entered = match self.gate.enter() {
            Ok(entered) => entered,
            Err(error) => return Box::pin(async move { Ok(answer(error)) }),
        };
        let longest = self.gate.settings().call_timeout;
        let longest = (!request.uri().path().ends_with(STREAM)).then_some(longest);
        let deadline = Deadline::read(request.headers(), longest);
        request.extensions_mut().insert(deadline);
        let response = self.inner.call(request);
        Box::pin(async move {
            tokio::select! {
                biased;
                response = response => response.map(|response| {
                    response.map(|body| Body::new(Holding::new(body, entered)))
                }),
                () = deadline.passed() => Ok(answer(RpcError::DeadlineExceeded)),
            }
        })
    }
}

fn answer(error: RpcError) -> Response<Body> {
    Status::from(error).into_http()
}
