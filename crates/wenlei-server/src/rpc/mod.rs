//! The calls: each is check the request, do the work, shape the answer.
//!
//! `request` checks what came in, `answer` shapes what goes out; `segmenting`, `extracting` and `classifying` read one
//! document, `batching` many, `stream` one after the other, `paging` one page. `reading` goes through the stages of a
//! document, `stages` times them, `work` says where and when. Nothing here computes anything about texts.

mod answer;
mod batching;
mod classification;
mod classifying;
mod extracting;
mod model;
mod paging;
mod reading;
mod request;
mod segmenting;
mod stages;
mod stream;
mod work;

pub use classification::Classification;
pub use model::ModelInformation;
