//! A page as a web page: the text as it was, its articles boxed, the evidence underlined.

use std::ops::Range;

use askama::Template;
use wenlei_model::Model;
use wenlei_text::page::Role;

use super::json::{kind, reason};
use super::{Evidence, PageReading, Reading};

/// A page ready to be shown.
pub(crate) struct ShownPage {
    blocks: Vec<Block>,
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

/// A stretch of text; evidence where a topic is set.
struct Piece {
    text: String,
    topic: Option<usize>,
    /// Thickness of the underline, in hundredths of an em.
    thickness: usize,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Shown<'a> {
    model: &'a Model,
    pages: &'a [ShownPage],
}

/// The web page of all pages.
pub(crate) fn document(model: &Model, pages: &[ShownPage]) -> askama::Result<String> {
    Shown { model, pages }.render()
}

/// Lays a page out in its own order.
pub(crate) fn page(reading: &PageReading) -> ShownPage {
    let articles = reading
        .readings
        .iter()
        .map(|article| (article.article.range().start, self::article(reading, article)));
    let furniture = reading.page.furniture.iter().map(|line| {
        let text = reading.text[line.range.clone()].to_owned();
        (line.range.start, Block::Furniture { reason: reason(line.reason), text })
    });
    let mut blocks: Vec<(usize, Block)> = articles.chain(furniture).collect();
    blocks.sort_by_key(|(start, _)| *start);
    ShownPage { blocks: blocks.into_iter().map(|(_, block)| block).collect() }
}

fn article(page: &PageReading, reading: &Reading) -> Block {
    let evidence = reading.evidence();
    let lines = reading
        .article
        .parts
        .iter()
        .map(|part| Line { role: role(part.role), pieces: pieces(page.text, &part.range, &evidence) });
    let topics = reading.assigned().map(|(topic, probability)| {
        (topic, format!("{} {:.0} %", page.model.topics()[topic].name_zh, probability * 100.0))
    });
    Block::Article { kind: kind(reading.article.kind), topics: topics.collect(), lines: lines.collect() }
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
            Piece {
                text: text[cut[0]..cut[1]].to_owned(),
                topic: strongest.map(|e| e.topic),
                thickness: strongest.map_or(0, |e| 4 + (e.strength * 18.0) as usize),
            }
        })
        .collect()
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
