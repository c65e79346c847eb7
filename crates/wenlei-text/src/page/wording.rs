//! What a line's characters say of the part it plays.
//!
//! A headline, a column's name, a campaign's slogan and a heading inside a text have one length and one build; what
//! they say tells them apart. Characters, pairs of them and the line's two ends are numbered by hashing (Weinberger
//! et al. 2009) and each has a row of scores, one for each part: multinomial logistic regression. Its numbers
//! (`learnt`) come from the labelled pages; the network (`network`) gets the sums beside all else that was noticed.
//!
//! This module must not know: the line's neighbours, but for the title that a breadcrumb ends with.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::learnt;
use super::line::Line;
use super::sketch::Sketch;

/// The parts told apart, in the order of a row's scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// Outside of all articles.
    Outside,
    /// In the head of one, from its first line to its title.
    Head,
    /// The first line of one without a title.
    Untitled,
    /// A heading inside.
    Subhead,
    /// Text.
    Text,
    /// A short last line.
    Last,
}

/// How many there are.
pub const PARTS: usize = Part::Last as usize + 1;
/// Rows of the table.
pub const ROWS: usize = 1 << 15;
/// A step of the table's numbers.
const STEP: f32 = 0.02;

/// Longest line that is read as a whole, in characters.
const SHORT: usize = 32;
/// Characters read of a longer line's beginning.
const FRONT: usize = 16;
/// And of its end.
const BACK: usize = 12;

/// Shortest title that a breadcrumb may end with.
const SHORTEST_TITLE: usize = 6;

/// The scores are brought to the size of the network's other inputs with this,
const SCALE: f32 = 0.3;
/// and are never larger.
const LARGEST: f32 = 2.5;

/// For each row a score of each part, in steps of [`STEP`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording(Vec<[i8; PARTS]>);

/// The table in use.
pub(super) static WORDING: LazyLock<Wording> = LazyLock::new(|| Wording(learnt::wording()));

impl Wording {
    /// Rounds rows of scores, which are cut where a byte ends, at 2.54; missing rows say nothing.
    pub fn of(rows: &[[f32; PARTS]]) -> Self {
        let mut table: Vec<_> =
            rows.iter().map(|row| row.map(|score| (score / STEP).round() as i8)).collect();
        table.resize(ROWS, [0; PARTS]);
        Self(table)
    }

    /// The rows one after the other, as they are built in.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.iter().flatten().map(|score| score.cast_unsigned()).collect()
    }

    /// How much more than on average a line's characters speak for each part.
    pub(super) fn scores(&self, lines: &[Line<'_>], index: usize) -> [f32; PARTS] {
        let mut sums = [0_i32; PARTS];
        grams(lines, index, |gram| {
            sums.iter_mut().zip(&self.0[gram]).for_each(|(sum, score)| *sum += i32::from(*score));
        });
        let mean = sums.iter().sum::<i32>() as f32 / PARTS as f32;
        sums.map(|sum| ((sum as f32 - mean) * STEP * SCALE).clamp(-LARGEST, LARGEST))
    }
}

/// What a gram is of, which keeps the same characters apart.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Kind {
    Short = 1,
    ShortFront,
    ShortBack,
    Front,
    FirstOnes,
    Back,
    LastOnes,
    Length,
}

/// Calls `each` with the row of each of a line's grams.
pub(super) fn grams(lines: &[Line<'_>], index: usize, mut each: impl FnMut(usize)) {
    let sketch = own(lines, index);
    let length = sketch.chars;
    let head = told(sketch.head.chars());
    if length <= SHORT {
        singles_and_pairs(Kind::Short, head.clone(), &mut each);
        firsts(Kind::ShortFront, head, &mut each);
        firsts(Kind::ShortBack, told(sketch.tail.chars().rev()), &mut each);
        each(row(Kind::Length, &[length as u32 / 2]));
    } else {
        let tail = told(sketch.tail.chars().rev());
        singles_and_pairs(Kind::Front, head.clone().take(FRONT), &mut each);
        singles_and_pairs(Kind::Back, tail.clone().take(BACK), &mut each);
        firsts(Kind::FirstOnes, head, &mut each);
        firsts(Kind::LastOnes, tail, &mut each);
        each(row(Kind::Length, &[(SHORT + (length / 40).min(8)) as u32]));
    }
}

/// What a line says itself: of a breadcrumb with the next line's title at its end, what stands before the title.
fn own<'a>(lines: &'a [Line<'_>], index: usize) -> Cow<'a, Sketch> {
    let title = lines.get(index + 1).filter(|next| next.sketch.chars >= SHORTEST_TITLE);
    let front = title.and_then(|title| lines[index].text.strip_suffix(title.text));
    match front.filter(|front| !front.trim().is_empty()) {
        Some(front) => Cow::Owned(Sketch::of(front)),
        None => Cow::Borrowed(&lines[index].sketch),
    }
}

/// The characters that tell something: without gaps and emphasis, and all figures alike.
fn told(text: impl Iterator<Item = char> + Clone) -> impl Iterator<Item = u32> + Clone {
    let telling = text.filter(|c| !matches!(c, ' ' | '*' | '#'));
    let mut last = 0;
    telling.filter_map(move |c| {
        let character = u32::from(if c.is_ascii_digit() { '0' } else { c });
        let again = character == u32::from('0') && last == character;
        last = character;
        (!again).then_some(character)
    })
}

fn singles_and_pairs(kind: Kind, text: impl Iterator<Item = u32>, each: &mut impl FnMut(usize)) {
    let mut last = None;
    for character in text {
        each(row(kind, &[character]));
        if let Some(last) = last.replace(character) {
            each(row(kind, &[last, character]));
        }
    }
}

/// The first one, two and three characters.
fn firsts(kind: Kind, text: impl Iterator<Item = u32>, each: &mut impl FnMut(usize)) {
    let mut first = [0; 3];
    for (length, character) in (1..).zip(text.take(3)) {
        first[length - 1] = character;
        each(row(kind, &first[..length]));
    }
}

/// Spreads grams over the table; the multipliers are those of Murmur 3 (Appleby 2011).
fn row(kind: Kind, characters: &[u32]) -> usize {
    let start = (kind as u32).wrapping_mul(0x9e37_79b1) ^ characters.len() as u32;
    let mixed = characters.iter().fold(start, |hash, character| {
        let hash = (hash ^ character).wrapping_mul(0x85eb_ca6b);
        hash ^ (hash >> 13)
    });
    (mixed.wrapping_mul(0xc2b2_ae35) >> (u32::BITS - ROWS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::{LARGEST, PARTS, Part, ROWS, Wording, grams};

    fn rows(page: &str) -> Vec<usize> {
        let mut rows = Vec::new();
        grams(&lines(page), 0, |row| rows.push(row));
        rows
    }

    #[test]
    fn every_gram_has_a_row_and_width_and_figures_change_none() {
        let line = "第12届葡萄节（柳湖镇）昨日开幕";
        assert!(rows(line).iter().all(|row| *row < ROWS) && rows(line).len() > 20);
        assert_eq!(rows(line), rows("第37届葡萄节(柳湖镇)昨日 开幕"));
        assert_ne!(rows(line), rows("第12届葡萄节（柳湖镇）昨日闭幕"));
    }

    #[test]
    fn a_breadcrumb_is_read_without_its_title() {
        assert_eq!(rows("首页 > 要闻 > 柳湖镇的葡萄熟了\n柳湖镇的葡萄熟了"), rows("首页 > 要闻 >"));
    }

    #[test]
    fn scores_are_above_or_below_their_mean_and_bounded() {
        let mut row = [0.0; PARTS];
        row[Part::Head as usize] = 2.0;
        let wording = Wording::of(&vec![row; ROWS]);
        let scores = wording.scores(&lines("葡萄熟了"), 0);
        assert!((scores[Part::Head as usize] - LARGEST).abs() < 1e-6 && scores[0] < 0.0, "{scores:?}");
        let silent = Wording::of(&[]).scores(&lines("葡萄熟了"), 0);
        assert!(silent.iter().all(|score| score.abs() < 1e-6), "{silent:?}");
        assert_eq!(wording.bytes().len(), ROWS * PARTS);
    }
}
