//! An article found on a page: its parts and where on the page each came from.
//!
//! This module must not know how articles are found.

use std::ops::Range;

use super::document::Excerpt;
use crate::lines::{Joint, joint};

/// What sort of article it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A report, a comment, a letter: anything with a text.
    Article,
    /// A photograph's caption that stands by itself.
    Caption,
    /// An official notice.
    Notice,
}

/// What a part of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The line above the title.
    Overtitle,
    /// The title, or a line of it.
    Title,
    /// The line below the title.
    Subtitle,
    /// Day, place and source: 本报讯, 新华社某地6月1日电, 发布时间.
    Dateline,
    /// Text.
    Body,
    /// A heading inside the text.
    Subhead,
    /// Those who wrote it, or took the photograph.
    Byline,
    /// The body that signs a notice, and the day.
    Signature,
    /// The caption of a photograph inside the article.
    Caption,
}

/// A stretch of the page and what it is to its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Its bytes on the page. A part never crosses a line end.
    pub range: Range<usize>,
}

/// An article: its parts in the order they have on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What sort of article it is.
    pub kind: Kind,
    /// Its parts; never empty.
    pub parts: Vec<Part>,
}

impl Article {
    /// From the first byte of the first part to the last byte of the last. Furniture may stand in between.
    pub fn range(&self) -> Range<usize> {
        let start = self.parts.first().map_or(0, |part| part.range.start);
        start..self.parts.last().map_or(start, |part| part.range.end)
    }

    /// The title's lines, one space between; empty when the article has no title. `page` is the text it was found in.
    pub fn title(&self, page: &str) -> String {
        self.title_excerpt(page).text
    }

    pub(super) fn title_excerpt(&self, page: &str) -> Excerpt {
        let mut title = Excerpt::default();
        for part in self.of_role(Role::Title) {
            let plain = undecorated(&page[part.range.clone()]);
            let start = plain.as_ptr() as usize - page.as_ptr() as usize;
            title.push(" ", page, start..start + plain.len());
        }
        title
    }

    /// Subtitle, text and subheads, paragraph by paragraph, broken lines joined: what a reader would call the article
    /// without its title. `page` is the text it was found in.
    pub fn text(&self, page: &str) -> String {
        self.text_excerpt(page).text
    }

    pub(super) fn text_excerpt(&self, page: &str) -> Excerpt {
        let mut text = Excerpt::default();
        let mut previous: Option<&Part> = None;
        for part in self.parts.iter().filter(|part| is_text(part.role)) {
            let separator = previous.map_or("", |before| separator(before, part, page));
            text.push(separator, page, part.range.clone());
            previous = Some(part);
        }
        text
    }

    /// The parts of one role.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }
}

/// Marks of one byte that end a line; an indent after one of the rarer ends isn't worth looking for.
const LINE_ENDS: [char; 2] = ['\n', '\r'];

fn is_text(role: Role) -> bool {
    matches!(role, Role::Overtitle | Role::Subtitle | Role::Body | Role::Subhead | Role::Caption)
}

/// What belongs between two parts of the text once the page's line ends are gone.
fn separator(before: &Part, after: &Part, page: &str) -> &'static str {
    if before.role != Role::Body || after.role != Role::Body {
        return "\n";
    }
    // The white space in front of a line tells whether it begins a paragraph.
    let between = &page[before.range.end..after.range.start];
    let indent = between.len() - between.rfind(LINE_ENDS).map_or(0, |end| end + 1);
    let indented = &page[after.range.start - indent..after.range.end];
    match joint(&page[before.range.clone()], indented) {
        Joint::Break => "\n",
        Joint::Space => " ",
        Joint::Nothing => "",
    }
}

/// Markdown emphasis left in by the OCR is no part of a title.
fn undecorated(title: &str) -> &str {
    title.trim_matches(|c: char| c == '*' || c == '#' || c.is_whitespace())
}
