//! The middleware in front of the classification service.

use tonic::Status;
use tonic::body::Body;
use tonic::codegen::http::{Request, Response};

use super::{Deadline, Gate};
use crate::body::Holding;
use crate::middleware::{Answer, HttpService, Middleware};
use crate::status::RpcError;

/// The one method whose calls may last: only its caller sets it a deadline.
const STREAM: &str = "/StreamClassify";

/// Puts a service behind a gate. A call that is let in carries its [`Deadline`] as an extension, and is dropped when
/// that has passed.
#[derive(Clone, Debug)]
pub struct Admission {
    gate: Gate,
}

impl Admission {
    /// Behind `gate`.
    pub fn new(gate: Gate) -> Self {
        Self { gate }
    }
}

impl Middleware for Admission {
    fn call<S: HttpService>(&self, mut request: Request<Body>, inner: &mut S) -> Answer {
        let entered = match self.gate.enter() {
            Ok(entered) => entered,
            Err(error) => return Box::pin(async move { Ok(answer(error)) }),
        };
        let longest = self.gate.settings().call_timeout;
        let longest = (!request.uri().path().ends_with(STREAM)).then_some(longest);
        let deadline = Deadline::read(request.headers(), longest);
        request.extensions_mut().insert(deadline);
        let response = inner.call(request);
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
