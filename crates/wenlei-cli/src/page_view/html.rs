//! A page as a web page: the text as it was, its articles boxed, the evidence underlined.

use std::ops::Range;

use askama::Template;
use wenlei_text::page::Role;

use super::evidence::{Evidence, evidence};
use super::json::{kind, reason};
use crate::answer::{Article, ModelIdentity, Page, Topic};

/// A page ready to be shown.
pub(crate) struct ShownPage {
    blocks: Vec<Block>,
    model: String,
}

enum Block {
    Article { kind: &'static str, topics: Vec<(usize, String)>, lines: Vec<Line> },
    Furniture { reason: &'static str, text: String },
}

/// A part of an article.
struct Line {
    role: &'static str,
    pieces: Vec<Piece>,
}

/// A stretch of text; evidence where it is marked.
struct Piece {
    text: String,
    mark: Option<Mark>,
}

/// Marks evidence.
struct Mark {
    /// Place of the topic in the model.
    topic: usize,
    name_zh: String,
    /// Thickness of the underline, in hundredths of an em.
    thickness: usize,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Shown<'a> {
    pages: &'a [ShownPage],
}

/// The web page of all pages.
pub(crate) fn document(pages: &[ShownPage]) -> askama::Result<String> {
    Shown { pages }.render()
}

/// Lays a page out in its own order; `text` is the page as it was.
pub(crate) fn page(page: &Page, text: &str) -> ShownPage {
    let articles = page.articles.iter().map(|found| (found.outline.range().start, article(found, text)));
    let furniture = page.furniture.iter().map(|line| {
        let text = text[line.range.clone()].to_owned();
        (line.range.start, Block::Furniture { reason: reason(line.reason), text })
    });
    let mut blocks: Vec<(usize, Block)> = articles.chain(furniture).collect();
    blocks.sort_by_key(|(start, _)| *start);
    let ModelIdentity { name, digest } = &page.model;
    let blocks = blocks.into_iter().map(|(_, block)| block).collect();
    ShownPage { blocks, model: format!("{name} · {digest}") }
}

fn article(article: &Article, text: &str) -> Block {
    let evidence = evidence(article);
    let parts = article.outline.parts.iter();
    let lines =
        parts.map(|part| Line { role: role(part.role), pieces: pieces(text, &part.range, &evidence) });
    let label = |(place, topic): (usize, &Topic)| {
        (place, format!("{} {:.0} %", topic.name_zh, topic.probability * 100.0))
    };
    Block::Article {
        kind: kind(article.outline.kind),
        topics: article.assigned().map(label).collect(),
        lines: lines.collect(),
    }
}

/// Cuts a part where evidence begins and ends; of overlapping evidence the strongest is shown.
fn pieces(text: &str, part: &Range<usize>, evidence: &[Evidence]) -> Vec<Piece> {
    let inside: Vec<&Evidence> =
        evidence.iter().filter(|e| e.range.start < part.end && part.start < e.range.end).collect();
    let mut cuts: Vec<usize> =
        inside.iter().flat_map(|e| [e.range.start.max(part.start), e.range.end.min(part.end)]).collect();
    cuts.extend([part.start, part.end]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| {
            let covering = inside.iter().filter(|e| e.range.start <= cut[0] && cut[1] <= e.range.end);
            let strongest = covering.max_by(|a, b| a.strength.total_cmp(&b.strength));
            Piece { text: text[cut[0]..cut[1]].to_owned(), mark: strongest.map(|e| mark(e)) }
        })
        .collect()
}

fn mark(evidence: &Evidence) -> Mark {
    Mark {
        topic: evidence.topic,
        name_zh: evidence.name_zh.to_owned(),
        thickness: 4 + (evidence.strength * 18.0) as usize,
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Overtitle => "overtitle",
        Role::Title => "title",
        Role::Subtitle => "subtitle",
        Role::Dateline => "dateline",
        Role::Body => "body",
        Role::Subhead => "subhead",
        Role::Byline => "byline",
        Role::Signature => "signature",
        Role::Caption => "caption",
    }
}
