//! A page's lines with everything that was noticed about them, and what stands between two lines.

use super::feature::{Feature, Features};
use super::line::Line;
use super::wording::{PARTS, Wording};
use super::{column, continuation, course, neighbours, notice, outline, parallels, rows};

/// What an article's last line has.
pub(super) const ENDS: [Feature; 5] =
    [Feature::EndByline, Feature::BracketLine, Feature::Credit, Feature::CreditOnly, Feature::DayOnly];

/// Something that stands between a line and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Sign {
    /// A sentence was broken here.
    Broken,
    /// More blank lines than usual on the page.
    Gap,
    /// The line before ends as articles end: names in brackets, a credit, a signature's day.
    End,
    /// The line before ends a photograph's caption.
    Credit,
    /// The line before ends a sentence.
    Closed,
    /// The line before is short and ends no sentence.
    Open,
    /// Fewer blank lines than usual on the page.
    Tight,
    /// The line before is a paragraph.
    After,
}

/// Every sign.
pub(super) const SIGNS: [Sign; 8] =
    [Sign::Broken, Sign::Gap, Sign::End, Sign::Credit, Sign::Closed, Sign::Open, Sign::Tight, Sign::After];

/// What stands between a line and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Junction(u8);

impl Junction {
    fn with(self, condition: bool, sign: Sign) -> Self {
        Self(self.0 | u8::from(condition) << sign as u8)
    }

    /// Whether a sign is there.
    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 & (1 << sign as u8) != 0
    }
}

/// The lines with all that was noticed about them.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The features of each line.
    pub(super) features: Vec<Features>,
    /// What stands before each line.
    pub(super) junctions: Vec<Junction>,
    /// What the wording of each line says of its part.
    pub(super) wording: Vec<[f32; PARTS]>,
    /// Whether the page was saved from a site.
    pub(super) web: bool,
}

impl Context {
    /// Looks at all lines of a page.
    pub(super) fn of(lines: &[Line<'_>], wording: &Wording) -> Self {
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
        outline::notice(lines, &mut features);
        parallels::notice(lines, &mut features);
        let wording = (0..lines.len()).map(|index| wording.scores(lines, index)).collect();
        Self { features, junctions, wording, web }
    }
}

fn junctions(lines: &[Line<'_>], features: &[Features], broken: &[bool]) -> Vec<Junction> {
    let usual = usual_blanks(lines);
    (0..lines.len())
        .map(|index| {
            let before = index.checked_sub(1).map(|before| features[before]).unwrap_or_default();
            let closed = [Feature::ShortClosed, Feature::MiddleClosed];
            let open = [Feature::Tiny, Feature::ShortOpen, Feature::MiddleOpen];
            Junction::default()
                .with(broken[index], Sign::Broken)
                .with(lines[index].blanks > usual, Sign::Gap)
                .with(before.has_any(&ENDS), Sign::End)
                .with(before.has_any(&[Feature::Credit, Feature::CreditOnly]), Sign::Credit)
                .with(before.has_any(&closed), Sign::Closed)
                .with(before.has_any(&open), Sign::Open)
                .with(lines[index].blanks < usual, Sign::Tight)
                .with(before.has(Feature::VeryLong), Sign::After)
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
