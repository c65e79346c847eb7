//! A page for programs. Offsets count code points of the page's text.

use serde::Serialize;
use wenlei_text::page::{Kind, Reason};
use wenlei_text::{Encoding, OffsetConverter};

use crate::answer;

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

/// The page for programs; `text` is the page as it was.
pub(crate) fn page(page: &answer::Page, text: &str) -> Page {
    let offsets = OffsetConverter::new(text, Encoding::CodePoints);
    let furniture = page.furniture.iter().map(|line| Furniture {
        start: offsets.convert(line.range.start),
        end: offsets.convert(line.range.end),
        reason: reason(line.reason),
    });
    Page {
        articles: page.articles.iter().map(|found| article(found, &offsets)).collect(),
        furniture: furniture.collect(),
    }
}

fn article(article: &answer::Article, offsets: &OffsetConverter) -> Article {
    let range = article.outline.range();
    let topics = article
        .assigned()
        .map(|(_, topic)| Topic { topic: topic.id.clone(), probability: topic.probability });
    Article {
        start: offsets.convert(range.start),
        end: offsets.convert(range.end),
        title: article.title.clone(),
        kind: kind(article.outline.kind),
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
