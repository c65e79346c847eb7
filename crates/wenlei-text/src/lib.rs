//! From raw text to normalised text and tokens.
//!
//! A [`Document`] is made once from what the caller sent; everything after it works on its normalised text, and every
//! range that leaves the crate is led back to the caller's own text by [`Document::locate`].
//!
//! This crate must not know: files, sockets, models, topics.

pub mod alignment;
pub mod dictionary;
pub mod document;
pub mod encoding;
mod lines;
pub mod masked;
mod normalize;
pub mod page;
pub mod segment;
pub mod segmenters;
pub mod stop_words;

pub use dictionary::{DictionaryError, UserDictionary};
pub use document::{Document, Field, Location};
pub use encoding::{Encoding, OffsetConverter};
pub use masked::MaskedText;
pub use normalize::NORMALIZER_VERSION;
pub use segment::{JIEBA_VERSION, Mode, Segmenter, Token};
pub use segmenters::Segmenters;
pub use stop_words::StopWords;
