//! Three ways to show a page that was read, and the evidence for its topics.
//!
//! This module must not know files, arguments or where answers come from.

mod evidence;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod table;

pub(crate) use evidence::EVIDENCE;
