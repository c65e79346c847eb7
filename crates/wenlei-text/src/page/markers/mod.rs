//! The traditional markers of Chinese newspaper and web pages, as data.
//!
//! All are written as a line's sketch has them: half-width, straight quotes. A new convention is a new entry here,
//! never new code.

// Packed tables: a line a word would make them ten times as long.
#[rustfmt::skip]
mod columns;
#[rustfmt::skip]
mod news;
#[rustfmt::skip]
mod site;

pub(super) use columns::*;
pub(super) use news::*;
pub(super) use site::*;
