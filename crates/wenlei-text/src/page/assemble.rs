//! From states to articles and furniture.

use super::Page;
use super::article::{Article, Kind, Part, Role};
use super::context::Context;
use super::feature::{Feature, Features};
use super::furniture::{Furniture, reason};
use super::line::Line;
use super::parts::push_parts;
use super::tag::{State, Tag};

/// Longest caption, in bytes of all its parts.
const LONGEST_CAPTION: usize = 900;

/// Puts the lines of a page together.
pub(super) fn assemble(lines: &[Line<'_>], context: &Context, states: &[State]) -> Page {
    let mut page = Page::default();
    let mut previous = Tag::Furniture;
    let mut open = Vec::new();
    let mut seen = Features::default();
    for ((line, state), features) in lines.iter().zip(states).zip(&context.features) {
        let tag = state.tag();
        if begins_article(previous, tag) || tag == Tag::Furniture {
            close(&mut open, &mut seen, &mut page);
        }
        if tag == Tag::Furniture || tag == Tag::Insert && is_banner(*features) {
            page.furniture
                .push(Furniture { reason: reason(*features, context.web), range: line.range.clone() });
        } else {
            push_parts(line, *features, tag, &mut open);
            note(tag, *features, &mut seen);
        }
        previous = tag;
    }
    close(&mut open, &mut seen, &mut page);
    page
}

/// Whether a line with the tag `tag` after one with `previous` is an article's first.
fn begins_article(previous: Tag, tag: Tag) -> bool {
    match tag {
        Tag::Untitled => true,
        Tag::Overtitle => previous != Tag::Overtitle,
        Tag::Title => !matches!(previous, Tag::Overtitle | Tag::Title),
        _ => false,
    }
}

fn is_banner(features: Features) -> bool {
    !features.has_any(&[Feature::CaptionLead, Feature::Credit, Feature::CreditOnly])
}

/// Keeps what decides an article's kind.
fn note(tag: Tag, features: Features, seen: &mut Features) {
    let text = matches!(tag, Tag::Untitled | Tag::Opening | Tag::Body | Tag::Closing);
    seen.insert_if(text && features.has_any(&[Feature::Credit, Feature::CreditOnly]), Feature::Credit);
    let heading = matches!(tag, Tag::Title | Tag::Under);
    let notice = features.has_any(&[Feature::NoticeTitle, Feature::ShortNotice]);
    seen.insert_if(heading && notice, Feature::NoticeTitle);
    seen.insert_if(features.has(Feature::Dateline), Feature::Dateline);
    seen.insert_if(tag == Tag::Closing && features.has(Feature::DayOnly), Feature::DayOnly);
}

fn close(open: &mut Vec<Part>, seen: &mut Features, page: &mut Page) {
    let (parts, seen) = (std::mem::take(open), std::mem::take(seen));
    if !parts.is_empty() {
        let kind = kind(&parts, seen);
        page.articles.push(Article { kind, parts });
    }
}

fn kind(parts: &[Part], seen: Features) -> Kind {
    let length: usize = parts.iter().map(|part| part.range.len()).sum();
    let plain = !seen.has(Feature::Dateline);
    if seen.has(Feature::Credit) && plain && length <= LONGEST_CAPTION {
        Kind::Caption
    } else if plain && (seen.has(Feature::NoticeTitle) || seen.has(Feature::DayOnly) && is_signed(parts)) {
        Kind::Notice
    } else {
        Kind::Article
    }
}

fn is_signed(parts: &[Part]) -> bool {
    parts.iter().filter(|part| part.role == Role::Signature).count() > 1
}
