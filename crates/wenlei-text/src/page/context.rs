//! A page's lines with everything that was noticed about them, and what stands between two lines.

use super::feature::{Feature, Features};
use super::line::Line;
use super::{column, continuation, course, neighbours, notice, rows};

/// What an article's last line has.
pub(super) const ENDS: [Feature; 5] =
    [Feature::EndByline, Feature::BracketLine, Feature::Credit, Feature::CreditOnly, Feature::DayOnly];

/// What stands between a line and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four independent observations")]
pub(super) struct Junction {
    /// A sentence was broken here.
    pub(super) broken: bool,
    /// More blank lines than usual on the page.
    pub(super) gap: bool,
    /// The line before ends as articles end: names in brackets, a credit, a signature's day.
    pub(super) end: bool,
    /// The line before ends a photograph's caption.
    pub(super) credit: bool,
}

/// The lines with all that was noticed about them.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The features of each line.
    pub(super) features: Vec<Features>,
    /// What stands before each line.
    pub(super) junctions: Vec<Junction>,
}

impl Context {
    /// Looks at all lines of a page.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let mut features: Vec<Features> = lines.iter().map(notice::features).collect();
        course::notice(lines, &mut features);
        let web = rows::is_web(&features);
        if !web {
            rows::notice_verse(lines, &mut features);
        }
        let broken = column::broken(lines, &features);
        continuation::notice(lines, &broken, &mut features);
        rows::notice_lists(lines, web, &mut features);
        let junctions = junctions(lines, &features, &broken);
        neighbours::notice(lines, web, &mut features);
        Self { features, junctions }
    }
}

fn junctions(lines: &[Line<'_>], features: &[Features], broken: &[bool]) -> Vec<Junction> {
    let usual = usual_blanks(lines);
    (0..lines.len())
        .map(|index| {
            let before = index.checked_sub(1).map(|before| features[before]).unwrap_or_default();
            Junction {
                broken: broken[index],
                gap: lines[index].blanks > usual,
                end: before.has_any(&ENDS),
                credit: before.has_any(&[Feature::Credit, Feature::CreditOnly]),
            }
        })
        .collect()
}

/// The number of blank lines that most neighbours have between them.
fn usual_blanks(lines: &[Line<'_>]) -> usize {
    let mut counts = [0_usize; 4];
    for line in lines.iter().skip(1) {
        counts[line.blanks.min(3)] += 1;
    }
    (0..counts.len()).max_by_key(|blanks| (counts[*blanks], usize::MAX - blanks)).unwrap_or(0)
}
