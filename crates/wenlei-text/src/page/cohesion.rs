//! Where a line's words come back, and how much of the vocabulary after a line was there before it.
//!
//! Two parts of one article share names and matter; two articles share only what every text shares. A headline's
//! words come back in its text, those of a column's name or a slogan don't. Pairs of characters serve as words
//! (Hearst 1997 with bigrams for words), which needs no dictionary and no page to be clean. A pair counts the less the
//! more lines of the page have it: the county's name ties nothing.
//!
//! Two windows slide over the page, so that time is linear in it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::line::Line;

/// Characters a window holds at least, and that of a longer line are looked at.
const REACH: usize = 360;
/// With fewer pairs on a side nothing is said of what the sides share.
const FEWEST_PAIRS: usize = 40;
/// A line with fewer pairs says nothing of where they come back.
const FEWEST_OWN: usize = 2;
/// Characters of grammar and of counting: pairs with them tell nothing.
const COMMON: &str = "的了在是和与及等为有个年月日这那也都不到对将把被从用以其他们我你她它就还又但而之";

/// What the words around a line say of it; shares are from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cohesion {
    /// Share of the line's own pairs that stand above it; `None` when it has too few.
    pub(super) above: Option<f32>,
    /// Share of them that come back below.
    pub(super) below: Option<f32>,
    /// Share of the pairs on the poorer side that the other side has too; `None` when a side has too little text.
    pub(super) across: Option<f32>,
}

/// Two Chinese characters in one number, in their order.
type Pair = u32;
/// The characters looked at.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// Looks at every line.
pub(super) fn cohesion(lines: &[Line<'_>]) -> Vec<Cohesion> {
    let pairs: Vec<Vec<Pair>> = lines.iter().map(|line| pairs(line.text.chars().take(REACH))).collect();
    // Most lines are short, and their end is the whole line.
    let tails: Vec<Option<Vec<Pair>>> = lines.iter().map(tail_pairs).collect();
    let tail = |at: usize| tails[at].as_deref().unwrap_or(&pairs[at]);
    let mut spread: FxHashMap<Pair, f32> = FxHashMap::default();
    for pair in pairs.iter().flatten() {
        *spread.entry(*pair).or_default() += 1.0;
    }
    for weight in spread.values_mut() {
        *weight = 1.0 / (1.0 + weight.ln());
    }
    let (mut above, mut below) = (Window::default(), Window::default());
    let size = |at: usize| lines[at].sketch.length.min(REACH);
    let mut found = Vec::with_capacity(lines.len());
    for index in 0..lines.len() {
        if index > 0 {
            above.push(tail(index - 1), size(index - 1));
            above.shrink(tail, size);
        }
        below.start_after(index, &pairs, size);
        let own = Some(&pairs[index]).filter(|own| own.len() >= FEWEST_OWN);
        let share = |window: &Window| own.map(|own| window.share(own, &spread));
        found.push(Cohesion { above: share(&above), below: share(&below), across: above.across(&below) });
    }
    found
}

/// The pairs of the end of a line that is too long to be looked at as a whole.
fn tail_pairs(line: &Line<'_>) -> Option<Vec<Pair>> {
    let start = line.sketch.length.saturating_sub(REACH);
    (start > 0).then(|| pairs(line.text.chars().skip(start)))
}

fn number(c: char) -> u32 {
    u32::from(c) - u32::from(FIRST)
}

/// Every pair once.
fn pairs(chars: impl Iterator<Item = char>) -> Vec<Pair> {
    let (mut pairs, mut previous) = (Vec::new(), None);
    for c in chars {
        let counts = (FIRST..=LAST).contains(&c) && !COMMON.contains(c);
        if let (Some(first), true) = (previous, counts) {
            pairs.push((first << 16) | number(c));
        }
        previous = counts.then(|| number(c)).or(previous.filter(|_| c == ' ' || c == '\u{3000}'));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs of some lines in a row.
#[derive(Default)]
struct Window {
    counts: FxHashMap<Pair, u32>,
    lines: Range<usize>,
    size: usize,
}

impl Window {
    fn push(&mut self, pairs: &[Pair], size: usize) {
        for pair in pairs {
            *self.counts.entry(*pair).or_default() += 1;
        }
        self.lines.end += 1;
        self.size += size;
    }

    fn pop(&mut self, pairs: &[Pair], size: usize) {
        for pair in pairs {
            if let Some(count) = self.counts.get_mut(pair) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(pair);
                }
            }
        }
        self.lines.start += 1;
        self.size -= size;
    }

    /// Drops lines from the front while the rest is large enough.
    fn shrink<'a>(&mut self, pairs: impl Fn(usize) -> &'a [Pair], size: impl Fn(usize) -> usize) {
        while self.lines.len() > 1 && self.size - size(self.lines.start) >= REACH {
            let first = self.lines.start;
            self.pop(pairs(first), size(first));
        }
    }

    /// Moves on to the lines after `index`.
    fn start_after(&mut self, index: usize, pairs: &[Vec<Pair>], size: impl Fn(usize) -> usize) {
        while self.lines.start <= index && self.lines.start < self.lines.end {
            let first = self.lines.start;
            self.pop(&pairs[first], size(first));
        }
        self.lines = self.lines.start.max(index + 1)..self.lines.end.max(index + 1);
        while self.size < REACH && self.lines.end < pairs.len() {
            let last = self.lines.end;
            self.push(&pairs[last], size(last));
        }
    }

    /// The share of `own` that is here.
    fn share(&self, own: &[Pair], spread: &FxHashMap<Pair, f32>) -> f32 {
        let weight = |pair: &&Pair| spread.get(pair).copied().unwrap_or(1.0);
        let here: f32 =
            own.iter().filter(|pair| self.counts.contains_key(pair)).map(|pair| weight(&pair)).sum();
        here / own.iter().map(|pair| weight(&pair)).sum::<f32>()
    }

    fn across(&self, other: &Self) -> Option<f32> {
        let (poorer, richer) =
            if self.counts.len() < other.counts.len() { (self, other) } else { (other, self) };
        let common = || poorer.counts.keys().filter(|pair| richer.counts.contains_key(pair)).count();
        (poorer.counts.len() >= FEWEST_PAIRS).then(|| common() as f32 / poorer.counts.len() as f32)
    }
}
