//! Connections: from a bound listener to HTTP requests, over HTTP/1.1 and HTTP/2.
//!
//! tonic's own server can't spread the ends of connections, close idle ones, or return while one of them stays silent,
//! so the loop is here. This module must not know: what the requests ask for.

mod accept;
mod activity;
mod connection;
mod lingering;

use tonic::body::Body;
use tonic::codegen::{Service, http};

pub use self::accept::Acceptor;

/// What a connection serves: any request to some response, never an error.
pub trait HttpService:
    Service<
        http::Request<Body>,
        Response = http::Response<Body>,
        Error = std::convert::Infallible,
        Future: Send + 'static,
    > + Clone
    + Send
    + 'static
{
}

impl<S> HttpService for S where
    S: Service<
            http::Request<Body>,
            Response = http::Response<Body>,
            Error = std::convert::Infallible,
            Future: Send + 'static,
        > + Clone
        + Send
        + 'static
{
}
