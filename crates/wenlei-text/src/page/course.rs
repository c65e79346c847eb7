//! Features that lie in the course of a page: what is repeated, what stands under a head or in a row.

use rustc_hash::FxHashMap;

use super::context::ENDS;
use super::feature::{Feature, Features};
use super::line::Line;
use super::markers::BRIEFS_WORDS;

/// Shortest line that counts as repeated, in characters.
const SHORTEST_REPEATED: usize = 2;
/// Characters an editor's word may have.
const LONGEST_NOTE: usize = 450;

/// Notices everything of the kind.
pub(super) fn notice(lines: &[Line<'_>], features: &mut [Features]) {
    notice_first_day(lines, features);
    notice_marked_heads(lines, features);
    notice_repetition(lines, features);
    notice_briefs(lines, features);
    notice_notes(lines, features);
    notice_tables(lines, features);
}

/// With so many emphasised lines a page emphasises its headings; one or two are banners.
const EMPHASIS_HABIT: usize = 3;

fn notice_marked_heads(lines: &[Line<'_>], features: &mut [Features]) {
    let emphasised = features.iter().filter(|found| found.has(Feature::Emphasis)).count();
    for (line, found) in lines.iter().zip(features) {
        let emphasis = found.has(Feature::Emphasis) && emphasised >= EMPHASIS_HABIT;
        if emphasis || line.text.starts_with('#') && line.text.trim_start_matches('#').starts_with(' ') {
            found.remove(Feature::Emphasis);
            found.remove(Feature::ColumnHead);
            found.insert(Feature::MarkedHead);
        }
    }
}

/// Lines of a page's head, and the longest line above its day.
const HEAD_LINES: usize = 4;
const LONGEST_ABOVE_DAY: usize = 8;

/// A day with at most a paper's or a section's name above it is a printed page's head.
fn notice_first_day(lines: &[Line<'_>], features: &mut [Features]) {
    let short = |line: &Line<'_>| line.sketch.chars <= LONGEST_ABOVE_DAY;
    for index in 0..lines.len().min(HEAD_LINES) {
        if features[index].has(Feature::DayOnly) && !lines[index].text.starts_with(['(', '（', '[']) {
            features[index].insert(Feature::Masthead);
        }
        if !short(&lines[index]) {
            break;
        }
    }
}

fn notice_repetition(lines: &[Line<'_>], features: &mut [Features]) {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for line in lines {
        *counts.entry(line.text).or_default() += 1;
    }
    for (line, found) in lines.iter().zip(features) {
        let repeated = counts[line.text] > 1 && line.sketch.chars >= SHORTEST_REPEATED;
        found.insert_if(repeated && line.sketch.stops == 0, Feature::Repeated);
    }
}

/// Bulleted lines below 简讯, 一句话新闻 and the like, or below any few words in a printed page's row of long items, are
/// news items of their own.
fn notice_briefs(lines: &[Line<'_>], features: &mut [Features]) {
    let mut under_head = false;
    for index in 0..lines.len() {
        let (line, found) = (&lines[index], features[index]);
        let site = [Feature::SiteWord, Feature::SiteWords, Feature::Menu, Feature::CaptionLead];
        let short = line.sketch.chars <= 10 && line.sketch.stops == 0 && !found.has_any(&site);
        if short && names_briefs(&line.sketch.head) {
            under_head = true;
            features[index].insert(Feature::ColumnHead);
        } else if short && heads_items(lines, features, index) {
            under_head = true;
        } else if under_head && is_item(line, found) {
            features[index].insert(Feature::Brief);
        } else if found.has(Feature::Dateline) {
            under_head = false;
        }
    }
}

fn names_briefs(head: &str) -> bool {
    let name: String = head.chars().filter(|c| *c != ' ').collect();
    BRIEFS_WORDS.iter().any(|word| name.contains(word))
}

fn is_item(line: &Line<'_>, found: Features) -> bool {
    (found.has(Feature::Bullet) || line.text.starts_with('【')) && !found.has(Feature::CaptionLead)
}

/// Shortest item below a head that doesn't call them short news, in characters.
const LONG_ITEM: usize = 45;

/// Whether the two lines below are long items.
fn heads_items(lines: &[Line<'_>], features: &[Features], index: usize) -> bool {
    let long = |at: usize| {
        lines.get(at).is_some_and(|line| {
            is_item(line, features[at]) && line.sketch.chars >= LONG_ITEM && line.sketch.stops > 0
        })
    };
    !is_item(&lines[index], features[index]) && long(index + 1) && long(index + 2)
}

/// A dateline below the editor's word belongs to the article the word is about.
fn notice_notes(lines: &[Line<'_>], features: &mut [Features]) {
    let mut length = None;
    for (line, found) in lines.iter().zip(features) {
        let note = length.filter(|length| *length <= LONGEST_NOTE);
        found.insert_if(note.is_some() && found.has(Feature::Dateline), Feature::AfterNote);
        length = match note {
            _ if found.has(Feature::EditorsNote) => Some(line.sketch.chars),
            Some(length)
                if !found.has_any(&[Feature::Dateline, Feature::Byline]) && !found.has_any(&ENDS) =>
            {
                Some(length + line.sketch.chars)
            }
            _ => None,
        };
    }
}

/// The row of names above a table's figures.
fn notice_tables(lines: &[Line<'_>], features: &mut [Features]) {
    for index in 1..lines.len() {
        let (above, below) = (&lines[index - 1].sketch, &lines[index].sketch);
        let same = above.pieces >= 3 && above.pieces == below.pieces;
        features[index - 1].insert_if(same && features[index].has(Feature::Tabular), Feature::Tabular);
    }
}
