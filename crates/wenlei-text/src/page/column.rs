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
/// Narrower lines are a list, wider ones paragraphs, in terminal columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=110;
/// A line at least this long that doesn't close its sentence was broken, whatever the column's width.
const LONG_LINE: usize = 44;

/// Features that no line of running text has.
const NOT_PROSE: [Feature; 9] = [
    Feature::Menu,
    Feature::SiteWords,
    Feature::Link,
    Feature::Trail,
    Feature::Source,
    Feature::Tabular,
    Feature::Masthead,
    Feature::Staff,
    Feature::ColumnHead,
];

/// For every line, whether its sentence was broken before it.
pub(super) fn broken(lines: &[Line<'_>], features: &[Features]) -> Vec<bool> {
    let mut broken = vec![false; lines.len()];
    for index in 1..lines.len() {
        let prose = !features[index - 1].has_any(&NOT_PROSE) && !features[index].has_any(&NOT_PROSE);
        broken[index] = prose
            && !features[index - 1].has_any(&ENDS)
            && is_open(&lines[index - 1])
            && !begins(&lines[index], features[index])
            && {
                let line = &lines[index - 1];
                line.sketch.chars >= LONG_LINE
                    || features[index - 1].has(Feature::Continuing) && line.sketch.chars >= 8
                    || width(lines, features, index - 1).is_some_and(|width| line.width() + SLACK >= width)
            };
    }
    broken
}

fn is_open(line: &Line<'_>) -> bool {
    let tail = line.sketch.tail.as_str();
    !is_closed(tail) && !tail.ends_with([')', '】', ':']) || tail.ends_with([',', '、'])
}

fn begins(line: &Line<'_>, features: Features) -> bool {
    let opening = [Feature::Dateline, Feature::Byline, Feature::NumberedHead, Feature::Bullet, Feature::Note];
    features.has_any(&opening) || begins_paragraph(line.raw)
}

/// The width of the column that the line at `index` stands in.
fn width(lines: &[Line<'_>], features: &[Features], index: usize) -> Option<usize> {
    let around = index.saturating_sub(REACH)..lines.len().min(index + REACH + 1);
    let widest = around.clone().map(|at| lines[at].width()).max().filter(|width| WIDTHS.contains(width))?;
    let full = around.clone().filter(|at| lines[*at].width() + SLACK >= widest).count();
    let marked = around.filter(|at| {
        lines[*at].sketch.commas + lines[*at].sketch.stops > 0 && !features[*at].has_any(&NOT_PROSE)
    });
    (full >= FEWEST_FULL && marked.count() >= FEWEST_FULL).then_some(widest)
}
