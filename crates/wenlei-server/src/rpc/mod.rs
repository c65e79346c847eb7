//! The calls: each is check the request, do the work, shape the answer.
//!
//! `request` checks what came in, `answer` shapes what goes out; `segmenting`, `extracting` and `classifying` read one
//! document, `paging` one page, `work` says where and when, `stream` reads one after the other. Nothing here computes anything about texts.

mod answer;
mod classification;
mod classifying;
mod extracting;
mod model;
mod paging;
mod request;
mod segmenting;
mod stream;
mod work;

pub use classification::Classification;
pub use model::ModelInformation;
