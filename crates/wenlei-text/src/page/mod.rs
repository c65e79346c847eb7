//! A page becomes articles: where each begins and ends, and what each of its lines is.
//!
//! # How
//!
//! A page is a sequence, and what a line is depends on its neighbours: eight characters without a full stop are a
//! headline above a text, a heading inside it, a column's name, a menu entry or half a sentence. So no rule looks at
//! a line alone:
//!
//! 1. Each line is turned into yes-or-no features (`notice`): length, closing mark, dateline, names in brackets,
//!    digits and contacts, menu words, repetition. The traditional markers are data (`markers`); those that count
//!    wherever they stand are found in one pass (`words`).
//! 2. The page adds its own (`context`): what is repeated or stands in a row (`course`, `rows`), headings of one build
//!    (`parallels`), what follows (`neighbours`), whether a sentence was broken in between (`column`, `continuation`),
//!    whether there is more white space than usual, where the line's words come back and whether the vocabulary after
//!    it differs from the one before (`cohesion`, over `pairs` of characters), which tells a headline from a column's
//!    name and a new article from a new section when the lines don't.
//! 3. What a line's own characters say of the part it plays is looked up (`wording`): a slogan and an over-title are of
//!    one build, but not of one wording.
//! 4. A small recurrent network (`network`) turns all this for a line and its two neighbours, and what it keeps in mind
//!    of the lines above and below, into scores for tags such as title, body or furniture and for the kinds of steps
//!    between lines, and only some tags may follow others (`tag`). Viterbi's algorithm finds the best sequence for the
//!    whole page (`viterbi`), so weak signs add up and a headline without a text can't be.
//! 5. The tags are put together to articles with roles (`assemble`, `parts`).
//!
//! # Learnt
//!
//! The table of wording and the network's numbers (`learnt`) are made by `wenlei-train fit-pages` from the labelled
//! pages of `tests/data/pages`, from the same pages in other settings and from pages put together at random. The network
//! is trained as a conditional random field and learns each page with a table made without that page. Log-odds set by
//! hand (`weights`) fitted the pages they were set on and no others; they now only say where learning begins.
//!
//! Time and memory are linear in the page. Nothing is lost: articles and furniture together hold every character
//! that isn't white space exactly once.
//!
//! This module must not know: topics, models, dictionaries.

mod article;
mod assemble;
mod cohesion;
mod column;
mod context;
mod continuation;
mod course;
mod document;
mod feature;
mod furniture;
mod learnt;
#[doc(hidden)]
pub mod lessons;
mod line;
mod markers;
mod neighbours;
mod network;
mod notice;
mod outline;
mod pairs;
mod parallels;
mod parts;
mod rows;
mod signs;
mod sketch;
mod tag;
mod viterbi;
mod weights;
mod wording;
mod words;

pub use article::{Article, Kind, Part, Role};
pub use document::ArticleDocument;
pub use furniture::{Furniture, Reason};

use context::Context;

/// What a page holds, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The articles.
    pub articles: Vec<Article>,
    /// What belongs to none of them.
    pub furniture: Vec<Furniture>,
}

/// Splits a page into articles and furniture.
pub fn split(page: &str) -> Page {
    let lines = line::lines(page);
    let context = Context::of(&lines, &wording::WORDING);
    let states = viterbi::decode(&context, &network::NETWORK);
    assemble::assemble(&lines, &context, &states)
}
