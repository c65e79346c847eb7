//! Which pages may call from a browser.

use tonic::codegen::http::header::{AUTHORIZATION, CONTENT_TYPE};
use tonic::codegen::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Headers beside the usual ones that callers may send.
const SENT: [&str; 6] =
    ["x-grpc-web", "x-user-agent", "grpc-timeout", "x-request-id", "traceparent", "tracestate"];
/// Headers of answers that pages may read.
const READ: [&str; 4] = ["grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id"];

/// Lets pages of these origins call; none when there are none.
pub fn cors(origins: &[HeaderValue]) -> CorsLayer {
    let sent = SENT.map(HeaderName::from_static).into_iter().chain([AUTHORIZATION, CONTENT_TYPE]);
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins.iter().cloned()))
        .allow_methods([Method::POST])
        .allow_headers(sent.collect::<Vec<_>>())
        .expose_headers(READ.map(HeaderName::from_static))
}
