//! The shape of every middleware: a function of a request and of the service behind.

use std::convert::Infallible;
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use tonic::body::Body;
use tonic::codegen::Service;
use tonic::codegen::http::{Request, Response};
use tonic::server::NamedService;

/// What a connection serves: any request to some response, never an error.
pub trait HttpService:
    Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>
    + Clone
    + Send
    + 'static
{
}

impl<S> HttpService for S where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send + 'static>
        + Clone
        + Send
        + 'static
{
}

/// A response to come.
pub type Answer = BoxFuture<'static, Result<Response<Body>, Infallible>>;

/// What is done before and after a service.
pub trait Middleware: Clone + Send + 'static {
    /// Answers `request` with the help of `inner`, which is ready.
    fn call<S: HttpService>(&self, request: Request<Body>, inner: &mut S) -> Answer;
}

/// A service behind a middleware.
#[derive(Clone, Debug)]
pub struct Behind<M, S> {
    middleware: M,
    inner: S,
}

impl<M, S> Behind<M, S> {
    /// `inner` behind `middleware`.
    pub fn new(middleware: M, inner: S) -> Self {
        Self { middleware, inner }
    }
}

impl<M, S: NamedService> NamedService for Behind<M, S> {
    const NAME: &'static str = S::NAME;
}

impl<M: Middleware, S: HttpService> Service<Request<Body>> for Behind<M, S> {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Answer {
        self.middleware.call(request, &mut self.inner)
    }
}
