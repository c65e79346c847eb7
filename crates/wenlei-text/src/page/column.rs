//! Which lines the edge of a column broke.
//!
//! A printed column has a width, and a line that stops there was broken by it, even at a full stop. The width is
//! taken from the neighbourhood, since a page may set one column narrow and give the next paragraph by paragraph.

use super::context::ENDS;
use super::feature::{Feature, Features};
use super::line::Line;
use super::signs::is_closed;
use crate::lines::begins_paragraph;

/// Lines looked at on either side.
const REACH: usize = 5;
/// So many lines near the widest of a neighbourhood make a column.
const FEWEST_FULL: usize = 4;
/// A column's lines differ by so many terminal columns: half a word of Latin letters, or a mark that may not begin
/// a line.
const SLACK: usize = 5;
/// Narrower lines are a list, in characters or terminal columns.
const NARROWEST: usize = 11;
/// Wider ones are paragraphs, in terminal columns.
const WIDEST: usize = 110;
/// A line at least this long that doesn't close its sentence was broken, whatever the column's width.
const LONG_LINE: usize = 44;

/// A line of so many commas that is longer than most headlines is text.
const COMMAS_OF_TEXT: usize = 2;
const LONG_HEADLINE: usize = 30;

/// Features that no line of running text has.
const NEVER_PROSE: [Feature; 5] =
    [Feature::Link, Feature::Trail, Feature::Source, Feature::Masthead, Feature::Staff];
/// Features that a piece of running text may have by chance.
const SELDOM_PROSE: [Feature; 4] = [Feature::Menu, Feature::SiteWords, Feature::Tabular, Feature::ColumnHead];

/// For every line, whether its sentence was broken before it.
pub(super) fn broken(lines: &[Line<'_>], features: &[Features]) -> Vec<bool> {
    let mut broken = vec![false; lines.len()];
    for index in 1..lines.len() {
        let (before, line) = (index - 1, &lines[index]);
        let pair = [features[before], features[index]];
        let never = pair.iter().any(|found| found.has_any(&NEVER_PROSE));
        let seldom = pair.iter().any(|found| found.has_any(&SELDOM_PROSE))
            && (!has_marks(&lines[before]) || pair[0].has(Feature::Bullet));
        broken[index] = !never
            && (cannot_begin(line)
                || closes_bracket(&lines[before], line)
                || !seldom && is_broken(lines, features, before, line));
    }
    broken
}

/// A line never begins with a mark that closes.
fn cannot_begin(line: &Line<'_>) -> bool {
    line.text.starts_with(['。', '，', '、', '；', '：', '！', '？', '）', ')', '”', '》', '」', '%'])
}

/// Longest text in brackets that two lines may share, in characters.
const LONGEST_BRACKET: usize = 30;

/// Whether a bracket left open on the line before is closed on this one.
fn closes_bracket(before: &Line<'_>, line: &Line<'_>) -> bool {
    let (tail, head) = (before.sketch.tail.as_str(), line.sketch.head.as_str());
    let opened = tail.rfind('(').filter(|open| !tail[*open..].contains(')'));
    let closed = head.find(')').filter(|close| !head[..*close].contains('('));
    opened.zip(closed).is_some_and(|(open, close)| {
        tail[open..].chars().count() + head[..close].chars().count() <= LONGEST_BRACKET
    })
}

fn is_broken(lines: &[Line<'_>], features: &[Features], before: usize, line: &Line<'_>) -> bool {
    let (seen, length) = (features[before], lines[before].sketch.chars);
    let full = length >= LONG_LINE
        || seen.has(Feature::Continuing) && length >= 8
        || lines[before].sketch.commas >= COMMAS_OF_TEXT && length >= LONG_HEADLINE
        || is_full(lines, features, before);
    let ended = seen.has_any(&ENDS) || seen.has(Feature::NoticeTitle);
    let marked = is_marked(&lines[before], seen);
    // A headline as wide as its column is told from a broken line by what the next one opens with.
    let opens = features[before + 1].has(Feature::Moment) && !marked;
    full && !ended && !opens && is_open(&lines[before]) && !begins(line, features[before + 1])
}

fn is_open(line: &Line<'_>) -> bool {
    let tail = line.sketch.tail.as_str();
    !is_closed(tail) && !tail.ends_with([')', '】', ':']) || tail.ends_with([',', '、'])
}

fn begins(line: &Line<'_>, features: Features) -> bool {
    let opening = [Feature::Dateline, Feature::Byline, Feature::NumberedHead, Feature::Bullet, Feature::Note];
    features.has_any(&opening) || begins_paragraph(line.raw)
}

/// Whether the line at `index` reaches the edge of its column: the widest of its neighbourhood to which several lines
/// come close. A headline may be wider than the column below it.
fn is_full(lines: &[Line<'_>], features: &[Features], index: usize) -> bool {
    let around = index.saturating_sub(REACH)..lines.len().min(index + REACH + 1);
    // Links may be of one length and hold commas, but no sentences.
    if around.clone().all(|at| lines[at].sketch.stops == 0) {
        return false;
    }
    [(0, SLACK, WIDEST), (1, SLACK / 2, WIDEST / 2)].iter().any(|&(measure, slack, widest)| {
        let mut extents: Vec<(usize, bool)> = around
            .clone()
            .map(|at| (lines[at].extents()[measure], is_marked(&lines[at], features[at])))
            .collect();
        extents.sort_unstable_by(|a, b| b.cmp(a));
        let extent = lines[index].extents()[measure];
        edge(&extents, slack).is_some_and(|edge| {
            (NARROWEST..=widest).contains(&edge) && extent + slack >= edge && extent <= edge + 1
        })
    })
}

/// The column's edge among the extents of a neighbourhood, longest first, each with whether it is running text.
fn edge(extents: &[(usize, bool)], slack: usize) -> Option<usize> {
    let is_column = |run: &&[(usize, bool)]| {
        let marked = run.iter().filter(|(_, marked)| *marked).count();
        run[0].0 <= run[FEWEST_FULL - 1].0 + slack && marked * 2 >= FEWEST_FULL
    };
    extents.windows(FEWEST_FULL).find(is_column).map(|run| run[0].0)
}

/// Whether a line is running text by its marks and by nothing else.
fn is_marked(line: &Line<'_>, features: Features) -> bool {
    has_marks(line) && !features.has_any(&NEVER_PROSE) && !features.has_any(&SELDOM_PROSE)
}

fn has_marks(line: &Line<'_>) -> bool {
    line.sketch.commas + line.sketch.stops > 0
}
