//! How much of the vocabulary after a line was there before it.
//!
//! Two parts of one article share names and matter; two articles share only what every text shares. Pairs of
//! characters serve as words (Hearst 1997 with bigrams for words), which needs no dictionary and no page to be clean.

use rustc_hash::FxHashSet;

use super::line::Line;

/// Characters compared on either side.
const REACH: usize = 260;
/// Lines looked at on either side.
const MOST_LINES: usize = 24;
/// With fewer pairs on a side nothing is said.
const FEWEST_PAIRS: usize = 40;
/// Characters of grammar, numbers and every news item: pairs with them tell nothing.
const COMMON: &str = "的了在是和与及等为有个一二三四五六七八九十百千万亿年月日今这那也都不到对将把被从用以其他们我你她它就还又但而之上下中里来去大小多少元人市县区";

/// The share of the pairs on the poorer side that the other side has too; `None` when a side has too little text.
pub(super) fn overlap(lines: &[Line<'_>], index: usize) -> Option<f32> {
    let before = pairs(lines[..index].iter().rev());
    let after = pairs(lines[index + 1..].iter());
    let fewest = before.len().min(after.len());
    (fewest >= FEWEST_PAIRS).then(|| before.intersection(&after).count() as f32 / fewest as f32)
}

fn pairs<'a>(lines: impl Iterator<Item = &'a Line<'a>>) -> FxHashSet<(char, char)> {
    let mut pairs = FxHashSet::default();
    let mut left = REACH;
    for line in lines.take(MOST_LINES) {
        let mut previous = None;
        for c in line.text.chars().take(left) {
            let counts = matches!(c, '\u{4e00}'..='\u{9fff}') && !COMMON.contains(c);
            if let (Some(first), true) = (previous, counts) {
                pairs.insert((first, c));
            }
            previous = counts.then_some(c);
            left -= 1;
        }
        if left == 0 {
            break;
        }
    }
    pairs
}
