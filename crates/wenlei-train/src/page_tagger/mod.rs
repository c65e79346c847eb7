//! Learns the numbers by which pages are split.
//!
//! The tagger of `wenlei_text::page` is a linear chain; here it is trained as a conditional random field with hidden
//! roles: gold says where articles begin and end and which line is the title ([`gold`]), and every labelling that
//! agrees with it shares the credit ([`chain`]). Wrong labellings are given a head start, whole features are left out
//! at random, and the numbers are drawn back to those set by hand, since labelled pages are few ([`learn`]). Pages are
//! multiplied by setting them in other ways ([`variants`]), and more are put together from single articles
//! ([`compose`]).

pub mod chain;
pub mod compose;
pub mod gold;
pub mod learn;
mod log_sum;
pub mod phrases;
pub mod table;
pub mod variants;
