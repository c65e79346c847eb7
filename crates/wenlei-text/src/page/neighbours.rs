//! What the lines right before and after a line say of it.

use super::cohesion::{Cohesion, cohesion};
use super::context::ENDS;
use super::feature::{Feature, Features};
use super::line::Line;
use super::markers::SURNAMES;
use super::signs;

/// A share of common vocabulary below which two sides are strangers.
const RIFT: f32 = 0.02;
/// One above which they are one article.
const TIE: f32 = 0.08;
/// Signs of a beginning or an end of an article.
const MARKS: [Feature; 3] = [Feature::Dateline, Feature::Byline, Feature::EndByline];
/// With so many marks a page has the habit of them.
const HABIT: usize = 3;
/// Lines between a first line of heads and the dateline.
const MOST_HEADS: usize = 3;

/// Notices everything of the kind. `web` says whether the page was saved from a site.
pub(super) fn notice(lines: &[Line<'_>], web: bool, features: &mut [Features]) {
    let noticed = features.to_vec();
    let marked = has_habit(&noticed);
    let unmarked = !noticed.iter().any(|found| found.has_any(&MARKS));
    let print = unmarked && !web && noticed.iter().any(|found| found.has(Feature::Masthead));
    let cohesion = cohesion(lines);
    for (index, found) in features.iter_mut().enumerate() {
        notice_next(lines, &noticed, index, found);
        notice_previous(lines, index, found);
        found.insert_if(web && is_dated(&noticed, index), Feature::BeforeSource);
        notice_habit(marked, &noticed, index, found);
        notice_name(lines, &noticed, index, found);
        found.insert_if(print && is_between_texts(lines, &noticed, index), Feature::PrintHead);
        notice_vocabulary(lines, index, cohesion[index], found);
        notice_echo(cohesion[index], found);
    }
}

/// Where a line's words come back.
fn notice_echo(cohesion: Cohesion, found: &mut Features) {
    if let Some(across) = cohesion.across {
        found.insert_if(across < 0.035, Feature::Apart);
        found.insert_if((0.035..0.06).contains(&across), Feature::Loose);
        found.insert_if(across > 0.1, Feature::Close);
    }
    let (Some(above), Some(below)) = (cohesion.above, cohesion.below) else { return };
    found.insert_if(below >= 0.45, Feature::EchoBelow);
    found.insert_if((0.2..0.45).contains(&below), Feature::FaintBelow);
    found.insert_if((0.04..0.2).contains(&below), Feature::LowBelow);
    found.insert_if(below < 0.04, Feature::MuteBelow);
    found.insert_if(above >= 0.25, Feature::EchoAbove);
    found.insert_if((0.04..0.12).contains(&above), Feature::LowAbove);
    found.insert_if(above < 0.04, Feature::MuteAbove);
    found.insert_if(below > above + 0.15, Feature::LeansDown);
    found.insert_if(above > below + 0.15, Feature::LeansUp);
}

/// What a heading of no other kind looks like.
const PLAIN_HEADING: [Feature; 3] = [Feature::ShortOpen, Feature::MiddleOpen, Feature::Asking];
/// What a line of text looks like.
const TEXT: [Feature; 4] =
    [Feature::VeryLong, Feature::MiddleClosed, Feature::ShortClosed, Feature::Unfinished];

/// Longest name with its ornaments, in characters.
const LONGEST_NAME: usize = 8;

/// Authors of essays sign below the title by their name alone.
fn notice_name(lines: &[Line<'_>], noticed: &[Features], index: usize, found: &mut Features) {
    if lines[index].sketch.chars > LONGEST_NAME {
        return;
    }
    let name: String = lines[index].sketch.head.chars().filter(|c| c.is_alphanumeric()).collect();
    let length = name.chars().count();
    let named =
        (2..=3).contains(&length) && name.starts_with(|c| SURNAMES.contains(c)) && signs::is_names(&name);
    let below = |found: &Features| found.has_any(&PLAIN_HEADING) && !found.has(Feature::Byline);
    let between = index > 0
        && below(&noticed[index - 1])
        && noticed.get(index + 1).is_some_and(|next| next.has_any(&TEXT) && !next.has(Feature::Dateline));
    found.insert_if(named && between, Feature::NameLine);
}

fn is_between_texts(lines: &[Line<'_>], noticed: &[Features], index: usize) -> bool {
    let plain = noticed[index].has_any(&PLAIN_HEADING)
        && !noticed[index].has_any(&[Feature::Colon, Feature::Continuing, Feature::Signer, Feature::Byline]);
    let text =
        |at: Option<usize>| at.and_then(|at| noticed.get(at)).is_some_and(|found| found.has_any(&TEXT));
    plain && lines[index].sketch.stops == 0 && text(index.checked_sub(1)) && text(Some(index + 1))
}

/// Whether the next line is the day on which an article appeared on a site.
fn is_dated(noticed: &[Features], index: usize) -> bool {
    let signs = [Feature::Signer, Feature::SiteWord, Feature::Source];
    noticed.get(index + 1).is_some_and(|next| next.has(Feature::DayOnly)) && !noticed[index].has_any(&signs)
}

fn notice_next(lines: &[Line<'_>], noticed: &[Features], index: usize, found: &mut Features) {
    notice_label(lines, noticed, index, found);
    let (Some(next), Some(line)) = (noticed.get(index + 1), lines.get(index + 1)) else { return };
    found.insert_if(index > 0 && lines[index].blanks < line.blanks, Feature::NearAbove);
    found.insert_if(lines[index].blanks > line.blanks, Feature::NearBelow);
    found.insert_if(next.has_any(&[Feature::Dateline, Feature::Byline]), Feature::BeforeBody);
    found.insert_if(next.has(Feature::DashLead), Feature::BeforeDash);
    let table = next.has(Feature::Tabular) && !found.has(Feature::Tabular);
    found.insert_if(table, Feature::BeforeTable);
    let prose = next.has_any(&[Feature::VeryLong, Feature::MiddleClosed]);
    found.insert_if(prose, Feature::BeforeProse);
    found.insert_if(next.has(Feature::Source) && !next.has(Feature::SiteWords), Feature::BeforeSource);
    let (this, next) = (lines[index].sketch.head.as_str(), line.sketch.head.as_str());
    let longer = this.len() > next.len() && line.sketch.chars > 5;
    found.insert_if(longer && (this.ends_with(next) || trail_end(this, next)), Feature::EndsWithNext);
}

/// Lengths of a column's name, in characters.
const LABEL: std::ops::RangeInclusive<usize> = 3..=6;

/// A few characters above another heading name a column, and those a page begins with a newspaper.
fn notice_label(lines: &[Line<'_>], noticed: &[Features], index: usize, found: &mut Features) {
    if !LABEL.contains(&lines[index].sketch.chars) {
        return;
    }
    // Lines set closer than those around them belong together.
    let tight = lines[index].blanks > 0 && lines.get(index + 1).is_some_and(|next| next.blanks == 0);
    let heading = [Feature::ShortOpen, Feature::MiddleOpen, Feature::Asking, Feature::Tiny];
    let above_heading = noticed
        .get(index + 1)
        .is_some_and(|next| next.has_any(&heading) && !next.has_any(&[Feature::Byline, Feature::Unfinished]));
    found.insert_if(
        above_heading && !tight && !found.has_any(&[Feature::Colon, Feature::Asking]),
        Feature::Label,
    );
    found.insert_if(index == 0 && lines.len() > 1, Feature::ColumnName);
}

/// A trail whose last step begins with the next line: the title went on on the line after.
fn trail_end(trail: &str, title: &str) -> bool {
    trail.rsplit_once(['>', '›', '»']).is_some_and(|(_, last)| last.trim().starts_with(title))
}

/// Whether a page marks its articles' beginnings or ends.
fn has_habit(noticed: &[Features]) -> bool {
    noticed.iter().filter(|found| found.has_any(&MARKS)).count() >= HABIT
}

fn is_near_mark(noticed: &[Features], index: usize) -> bool {
    let next = &noticed[index + 1..noticed.len().min(index + 1 + MOST_HEADS)];
    let begins = next.iter().any(|next| next.has_any(&[Feature::Dateline, Feature::Byline]));
    begins || index.checked_sub(1).is_some_and(|before| noticed[before].has_any(&ENDS))
}

fn notice_habit(marked: bool, noticed: &[Features], index: usize, found: &mut Features) {
    let bare = marked && !is_near_mark(noticed, index);
    found.insert_if(bare && !found.has(Feature::NoticeTitle), Feature::Unmarked);
}

fn notice_previous(lines: &[Line<'_>], index: usize, found: &mut Features) {
    let line = &lines[index].sketch;
    let repeats = |back: usize| {
        index.checked_sub(back).is_some_and(|before| {
            let before = lines[before].sketch.head.as_str();
            before.len() > line.head.len() && (before.ends_with(&line.head) || trail_end(before, &line.head))
        })
    };
    found
        .insert_if(line.chars > 5 && line.is_whole() && (repeats(1) || repeats(2)), Feature::RepeatsPrevious);
}

/// Where lines alone don't decide whether a short one heads an article or a section, the words on both sides do.
fn notice_vocabulary(lines: &[Line<'_>], index: usize, cohesion: Cohesion, found: &mut Features) {
    let line = &lines[index].sketch;
    let heading =
        [Feature::Tiny, Feature::ShortOpen, Feature::MiddleOpen, Feature::LongOpen, Feature::Asking];
    let after_text = index.checked_sub(1).is_some_and(|before| lines[before].sketch.stops > 0);
    if !after_text
        || !found.has_any(&heading)
        || found.has(Feature::Continuing)
        || signs::is_closed(&line.tail) && line.stops > 0
    {
        return;
    }
    let Some(overlap) = cohesion.across else { return };
    found.insert_if(overlap < RIFT, Feature::Rift);
    found.insert_if(overlap > TIE, Feature::Tie);
}
