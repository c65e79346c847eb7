//! A page for programs. Offsets count code points of the page's text.

use serde::Serialize;
use wenlei_text::page::{Kind, Reason};
use wenlei_text::{Encoding, OffsetConverter};

use super::{PageReading, Reading};

/// What `wenlei page --json` prints.
#[derive(Serialize)]
pub(crate) struct Page {
    articles: Vec<Article>,
    furniture: Vec<Furniture>,
}

#[derive(Serialize)]
struct Article {
    start: usize,
    end: usize,
    title: String,
    kind: &'static str,
    topics: Vec<Topic>,
}

#[derive(Serialize)]
struct Topic {
    topic: String,
    probability: f64,
}

#[derive(Serialize)]
struct Furniture {
    start: usize,
    end: usize,
    reason: &'static str,
}

/// The page for programs.
pub(crate) fn page(reading: &PageReading) -> Page {
    let offsets = OffsetConverter::new(reading.text, Encoding::CodePoints);
    let furniture = reading.page.furniture.iter().map(|line| Furniture {
        start: offsets.convert(line.range.start),
        end: offsets.convert(line.range.end),
        reason: reason(line.reason),
    });
    Page {
        articles: reading.readings.iter().map(|article| self::article(reading, article, &offsets)).collect(),
        furniture: furniture.collect(),
    }
}

fn article(page: &PageReading, reading: &Reading, offsets: &OffsetConverter) -> Article {
    let range = reading.article.range();
    let topics = reading
        .assigned()
        .map(|(topic, probability)| Topic { topic: page.model.topics()[topic].id.clone(), probability });
    Article {
        start: offsets.convert(range.start),
        end: offsets.convert(range.end),
        title: reading.document.title().to_owned(),
        kind: kind(reading.article.kind),
        topics: topics.collect(),
    }
}

/// The name of a kind.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "article",
        Kind::Caption => "caption",
        Kind::Notice => "notice",
    }
}

/// The name of a reason.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Banner => "banner",
        Reason::ColumnHead => "column_head",
        Reason::Navigation => "navigation",
        Reason::Contact => "contact",
        Reason::Other => "other",
    }
}
