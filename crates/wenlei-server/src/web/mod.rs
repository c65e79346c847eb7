//! Callers that don't speak gRPC: browsers with gRPC-Web, and anything that can POST JSON.
//!
//! Both are led to the services as gRPC calls, so tokens, limits, deadlines and metrics are the same for all. This
//! module must not know: what any call means; the JSON comes from the descriptors.

mod cors;
mod dispatch;
mod error;
mod json;
mod methods;

pub use self::cors::cors;
pub use self::dispatch::Web;
