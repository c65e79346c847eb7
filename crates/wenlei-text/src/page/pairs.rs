//! The pairs of Chinese characters that each line of a page holds, numbered.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::cohesion::REACH;
use super::line::Line;

/// Characters of grammar and of counting: pairs with them tell nothing.
const COMMON: &str = "的了在是和与及等为有个年月日这那也都不到对将把被从用以其他们我你她它就还又但而之";
/// The characters looked at.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;
/// How many there are, in words of bits.
const WORDS: usize = ((LAST - FIRST) / 64 + 1) as usize;

/// A page's pairs. A line's are different from each other.
pub(super) struct Pairs {
    /// The lines' pairs one after the other.
    rows: Vec<u32>,
    /// Where those of each line's first [`REACH`] characters are.
    heads: Vec<Range<usize>>,
    /// Where those of its last [`REACH`] characters are.
    tails: Vec<Range<usize>>,
    /// What each pair counts: less the more lines have it.
    weights: Vec<f32>,
}

impl Pairs {
    /// Reads the pairs of all lines.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let characters: usize = lines.iter().map(|line| line.sketch.length.min(2 * REACH)).sum();
        let mut reader = Reader::default();
        // About two of three mentions are of a new pair.
        reader.numbers.reserve(characters / 2);
        let (mut heads, mut tails) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
        for line in lines {
            let head = reader.read(line.text.chars().take(REACH));
            for pair in &reader.rows[head.clone()] {
                reader.lines[*pair as usize] += 1;
            }
            // Most lines are short, and their end is the whole line.
            let skipped = line.sketch.length.saturating_sub(REACH);
            let tail = if skipped == 0 { head.clone() } else { reader.read(line.text.chars().skip(skipped)) };
            heads.push(head);
            tails.push(tail);
        }
        let weight = |lines: &u32| 1.0 / (1.0 + (*lines.max(&1) as f32).ln());
        Self { rows: reader.rows, heads, tails, weights: reader.lines.iter().map(weight).collect() }
    }

    /// How many different ones there are.
    pub(super) fn different(&self) -> usize {
        self.weights.len()
    }

    /// Those of a line's beginning.
    pub(super) fn head(&self, line: usize) -> &[u32] {
        &self.rows[self.heads[line].clone()]
    }

    /// Those of a line's end.
    pub(super) fn tail(&self, line: usize) -> &[u32] {
        &self.rows[self.tails[line].clone()]
    }

    /// What a pair counts, from 0 to 1.
    pub(super) fn weight(&self, pair: u32) -> f32 {
        self.weights[pair as usize]
    }
}

#[derive(Default)]
struct Reader {
    rows: Vec<u32>,
    /// Numbers of the pairs met, by their two characters.
    numbers: FxHashMap<u32, u32>,
    /// How many lines have each pair in their beginning.
    lines: Vec<u32>,
    /// Which reading met each pair last.
    met: Vec<u32>,
    readings: u32,
}

impl Reader {
    /// Adds a text's pairs, each once, and says where they are.
    fn read(&mut self, chars: impl Iterator<Item = char>) -> Range<usize> {
        self.readings += 1;
        let start = self.rows.len();
        let mut previous = None;
        for c in chars {
            let character = telling(c);
            if let (Some(first), Some(second)) = (previous, character) {
                self.meet((first << 16) | second);
            }
            // OCR puts gaps into words.
            previous = character.or(previous.filter(|_| matches!(c, ' ' | '\u{3000}')));
        }
        start..self.rows.len()
    }

    fn meet(&mut self, characters: u32) {
        let next = self.met.len() as u32;
        let pair = *self.numbers.entry(characters).or_insert(next);
        if pair == next {
            self.met.push(0);
            self.lines.push(0);
        }
        if self.met[pair as usize] != self.readings {
            self.met[pair as usize] = self.readings;
            self.rows.push(pair);
        }
    }
}

/// The number of a character that tells something.
fn telling(c: char) -> Option<u32> {
    static SILENT: std::sync::LazyLock<[u64; WORDS]> = std::sync::LazyLock::new(|| {
        let mut silent = [0; WORDS];
        for number in COMMON.chars().map(|c| u32::from(c) - FIRST) {
            silent[number as usize / 64] |= 1 << (number % 64);
        }
        silent
    });
    let number = u32::from(c).checked_sub(FIRST).filter(|number| *number <= LAST - FIRST)?;
    (SILENT[number as usize / 64] & (1 << (number % 64)) == 0).then_some(number)
}
