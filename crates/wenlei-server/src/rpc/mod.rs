//! The calls: each is check the request, do the work, shape the answer.
//!
//! [`request`](self) checks what came in, `answer` shapes what goes out, `status` is the one place where errors become
//! gRPC statuses. Nothing here computes anything about texts.

mod answer;
mod classification;
mod model;
mod request;
mod status;
mod work;

pub use classification::Classification;
pub use model::ModelInformation;
