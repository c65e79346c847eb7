//! Learns the numbers by which pages are split.
//!
//! The tagger of `wenlei_text::page` is a linear chain whose scores come from a small recurrent network; here it is
//! trained as a conditional random field with hidden roles: gold says where articles begin and end and which line is
//! the title ([`gold`]), and every labelling that agrees with it shares the credit ([`chain`], [`network`]). Wrong
//! labellings are given a head start, and inputs and units are left out at random ([`learn`]). Pages are multiplied by
//! setting them in other ways ([`variants`]), and more are put together from single articles ([`compose`]).
//!
//! Before the network the table of wording is learnt ([`wording`]), and [`study`] is the whole course.

pub mod chain;
pub mod compose;
pub mod gold;
pub mod learn;
mod log_sum;
pub mod network;
pub mod phrases;
pub mod study;
pub mod table;
pub mod validation;
pub mod variants;
pub mod wording;
