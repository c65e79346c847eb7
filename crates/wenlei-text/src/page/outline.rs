//! What a line's outline says of it: indents, commas, its length against the page's, and what its neighbours' outlines
//! are. These signs need no words.

use super::feature::{Feature, Features};
use super::line::Line;

/// With so many indented lines a page indents its paragraphs.
const HABIT: usize = 3;
/// What a heading of any kind looks like.
const OPEN: [Feature; 3] = [Feature::Tiny, Feature::ShortOpen, Feature::MiddleOpen];
/// What text looks like.
const TEXT: [Feature; 6] = [
    Feature::VeryLong,
    Feature::MiddleClosed,
    Feature::ShortClosed,
    Feature::Unfinished,
    Feature::Continuing,
    Feature::LongOpen,
];

/// Notices everything of the kind.
pub(super) fn notice(lines: &[Line<'_>], features: &mut [Features]) {
    let noticed = features.to_vec();
    let indents: Vec<bool> = lines.iter().map(is_indented).collect();
    let indenting = indents.iter().filter(|indented| **indented).count() >= HABIT;
    let column = column(lines);
    let text = |at: usize| noticed.get(at).is_some_and(|found| found.has_any(&TEXT));
    for (index, found) in features.iter_mut().enumerate() {
        let sketch = &lines[index].sketch;
        found.insert_if(indents[index], Feature::Indented);
        found.insert_if(indenting && !indents[index], Feature::Outdented);
        found.insert_if(indents.get(index + 1) == Some(&true), Feature::BeforeIndent);
        found.insert_if(sketch.commas == 0, Feature::Commaless);
        found.insert_if(sketch.commas > 1, Feature::Commas);
        let open = noticed.get(index + 1).is_some_and(|next| next.has_any(&OPEN));
        found.insert_if(open, Feature::BeforeOpen);
        found.insert_if(text(index + 1), Feature::BeforeText);
        found.insert_if(text(index + 2), Feature::BeforeBeforeText);
        found.insert_if(index > 0 && text(index - 1), Feature::AfterText);
        found.insert_if(index == 0, Feature::First);
        found.insert_if(index + 1 == lines.len(), Feature::Last);
        found.insert_if((4..=8).contains(&sketch.chars), Feature::FewChars);
        found.insert_if((9..=22).contains(&sketch.chars), Feature::HeadlineChars);
        found.insert_if(sketch.digits > 0, Feature::Digits);
        found.insert_if(sketch.pieces > 1, Feature::Pieces);
        if let Some(column) = column {
            let fills = sketch.width + 3 >= column;
            found.insert(if fills { Feature::FillsColumn } else { Feature::ShortOfColumn });
        }
    }
}

fn is_indented(line: &Line<'_>) -> bool {
    line.raw.starts_with("　　") || line.raw.starts_with("    ")
}

/// Widest column of print, in columns of a terminal.
const WIDEST: usize = 64;

/// The width most lines of text come close to, on a page of narrow columns.
fn column(lines: &[Line<'_>]) -> Option<usize> {
    let mut counts = [0_usize; WIDEST + 1];
    for line in lines.iter().filter(|line| line.sketch.width <= WIDEST) {
        counts[line.sketch.width] += 1;
    }
    let near = |width: usize| counts[width.saturating_sub(2)..=width].iter().sum::<usize>();
    let best = (16..=WIDEST).max_by_key(|width| near(*width))?;
    (near(best) * 3 >= lines.len() && near(best) > 5).then_some(best)
}
