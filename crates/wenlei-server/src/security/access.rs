//! The middleware that asks who calls, and whether they may.

use std::future::ready;
use std::sync::Arc;

use tonic::Status;
use tonic::body::Body;
use tonic::codegen::http::header::AUTHORIZATION;
use tonic::codegen::http::{HeaderValue, Request};

use super::Tokens;
use crate::config::ReloadFrom;
use crate::middleware::{Answer, HttpService, Middleware};
use crate::status::RpcError;
use crate::transport::Peer;

/// What may be called without a token: probes have none.
const EXEMPT: &str = "/grpc.health.v1.Health/";

/// What changes the state of the server.
const CHANGES: [&str; 1] = ["/wenlei.v1.ModelService/ReloadModel"];

/// Lets a call in with a token, if there are any, and one that changes the server with the scope for it.
#[derive(Clone, Debug)]
pub struct Access {
    tokens: Option<Arc<Tokens>>,
    reload_from: ReloadFrom,
}

impl Access {
    /// Lets the callers with `tokens` in; when there are none all are let in, and `reload_from` says who may change
    /// something.
    pub fn new(tokens: Option<Arc<Tokens>>, reload_from: ReloadFrom) -> Self {
        Self { tokens, reload_from }
    }

    fn check(&self, request: &Request<Body>) -> Result<(), RpcError> {
        let path = request.uri().path();
        if path.starts_with(EXEMPT) {
            return Ok(());
        }
        let changes = CHANGES.contains(&path);
        match &self.tokens {
            Some(tokens) => check_token(tokens, request, changes),
            None if changes => self.check_peer(request),
            None => Ok(()),
        }
    }

    fn check_peer(&self, request: &Request<Body>) -> Result<(), RpcError> {
        let local = || request.extensions().get::<Peer>().is_some_and(|peer| peer.is_loopback());
        match self.reload_from {
            ReloadFrom::Anywhere => Ok(()),
            ReloadFrom::Loopback if local() => Ok(()),
            ReloadFrom::Loopback => Err(RpcError::Denied(
                "without tokens this is for callers on the server's own machine only; see --tokens and --reload-from",
            )),
            ReloadFrom::Nowhere => Err(RpcError::Denied("switched off by --reload-from")),
        }
    }
}

/// Whether the token of this request may do this; the token's name is noted in the span of the call.
fn check_token(tokens: &Tokens, request: &Request<Body>, changes: bool) -> Result<(), RpcError> {
    let header = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let token = header.and_then(|value| value.strip_prefix(b"Bearer "));
    let caller = token.and_then(|token| tokens.find(token)).ok_or(RpcError::Unauthenticated)?;
    tracing::Span::current().record("caller", &*caller.name);
    if changes && !caller.admin {
        return Err(RpcError::Denied("this takes a token with the scope admin"));
    }
    Ok(())
}

impl Middleware for Access {
    fn call<S: HttpService>(&self, request: Request<Body>, inner: &mut S) -> Answer {
        match self.check(&request) {
            Ok(()) => Box::pin(inner.call(request)),
            Err(error) => Box::pin(ready(Ok(Status::from(error).into_http()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reload(reload_from: ReloadFrom, peer: Option<&str>) -> bool {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = CHANGES[0].parse().unwrap();
        if let Some(peer) = peer {
            request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        }
        Access::new(None, reload_from).check(&request).is_ok()
    }

    #[test]
    fn without_tokens_other_machines_change_nothing_unless_they_may() {
        use ReloadFrom::{Anywhere, Loopback, Nowhere};
        for peer in ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
            assert!(reload(Loopback, Some(peer)), "{peer}");
            assert!(!reload(Nowhere, Some(peer)), "{peer}");
        }
        for peer in ["192.0.2.1:1", "[2001:db8::1]:1", "[::ffff:192.0.2.1]:1", "0.0.0.0:1"] {
            assert!(!reload(Loopback, Some(peer)), "{peer}");
            assert!(reload(Anywhere, Some(peer)), "{peer}");
        }
        assert!(!reload(Loopback, None), "who isn't known isn't local");
    }
}
