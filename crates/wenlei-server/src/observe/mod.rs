//! Every call is seen here: it gets a request id and a span, is timed, and counted by its status code.
//!
//! This module must not know: what calls ask for.

mod call;
mod layer;
mod methods;
mod request_id;

pub use self::layer::Observe;
pub(crate) use self::request_id::HEADER as REQUEST_ID;
