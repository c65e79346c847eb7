//! From a line and its tag to the parts it holds: a first line holds a dateline and text, a last one text and names.

use std::ops::Range;

use super::article::{Part, Role};
use super::feature::{Feature, Features};
use super::line::Line;
use super::markers::DATELINES;
use super::signs;
use super::tag::Tag;

/// Longest dateline, in characters: 新华社 with its place, day and two reporters.
const LONGEST_DATELINE: usize = 40;

/// Appends the parts of `line`; together they cover it.
pub(super) fn push_parts(line: &Line<'_>, features: Features, tag: Tag, parts: &mut Vec<Part>) {
    match tag {
        Tag::Opening | Tag::Untitled | Tag::Body => push_text(line, features, parts),
        _ => parts.push(Part { role: role(features, tag), range: line.range.clone() }),
    }
}

fn role(features: Features, tag: Tag) -> Role {
    match tag {
        Tag::Overtitle => Role::Overtitle,
        Tag::Title | Tag::Under => Role::Title,
        Tag::Subtitle => Role::Subtitle,
        Tag::Source if features.has(Feature::EditorsNote) => Role::Body,
        Tag::Source if features.has(Feature::Byline) => Role::Byline,
        Tag::Source => Role::Dateline,
        Tag::Subhead => Role::Subhead,
        Tag::Closing if features.has(Feature::Source) => Role::Dateline,
        Tag::Closing if features.has_any(&[Feature::Signer, Feature::DayOnly]) => Role::Signature,
        Tag::Closing => Role::Byline,
        Tag::Insert => Role::Caption,
        Tag::Furniture | Tag::Opening | Tag::Body | Tag::Untitled => Role::Body,
    }
}

fn push_text(line: &Line<'_>, features: Features, parts: &mut Vec<Part>) {
    let text = line.text;
    let dateline = if features.has(Feature::Dateline) { dateline_end(text) } else { 0 };
    let byline = byline_start(text, features).filter(|start| *start >= dateline).unwrap_or(text.len());
    let pieces =
        [(Role::Dateline, 0..dateline), (Role::Body, dateline..byline), (Role::Byline, byline..text.len())];
    for (role, piece) in pieces {
        if let Some(range) = trimmed(text, piece, line.range.start) {
            parts.push(Part { role, range });
        }
    }
}

/// White space at the ends of a piece belongs to nobody.
fn trimmed(text: &str, piece: Range<usize>, base: usize) -> Option<Range<usize>> {
    let slice = &text[piece.clone()];
    let start = piece.start + slice.len() - slice.trim_start().len();
    let text = slice.trim();
    (!text.is_empty()).then(|| base + start..base + start + text.len())
}

fn byline_start(text: &str, features: Features) -> Option<usize> {
    // Names and credits are short, and a page of one enormous line must not be searched from its beginning.
    let window = text.char_indices().rev().nth(60).map_or(0, |(index, _)| index);
    let tail = &text[window..];
    let names =
        || signs::end_byline(tail).filter(|_| features.has_any(&[Feature::EndByline, Feature::BracketLine]));
    let credit = || signs::credit(tail).filter(|_| features.has_any(&[Feature::Credit, Feature::CreditOnly]));
    names().or_else(credit).map(|range| window + range.start)
}

/// Where the text begins after 本报讯 and what stands in brackets after it.
fn dateline_end(text: &str) -> usize {
    let reach = text.char_indices().nth(LONGEST_DATELINE).map_or(text.len(), |(index, _)| index);
    let head = &text[..reach];
    let lead = DATELINES.iter().filter_map(|lead| head.find(lead).map(|at| at + lead.len())).min();
    let Some(lead) = lead.filter(|_| head.contains(['讯', '电', '息'])) else { return 0 };
    let end = head[..lead].ends_with(['讯', '电', '息']).then_some(lead);
    let end = end.or_else(|| head.find('电').map(|at| at + '电'.len_utf8()));
    let Some(end) = end else { return 0 };
    end + bracket_length(&head[end..])
}

/// Bytes of white space and one pair of brackets at the beginning of `text`; 0 without brackets.
fn bracket_length(text: &str) -> usize {
    let bare = text.trim_start();
    if !bare.starts_with(['(', '（']) {
        return 0;
    }
    let close = bare.char_indices().find(|(_, c)| matches!(c, ')' | '）'));
    close.map_or(0, |(at, c)| text.len() - bare.len() + at + c.len_utf8())
}
