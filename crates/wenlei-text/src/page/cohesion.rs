//! Where a line's words come back, and how much of the vocabulary after a line was there before it.
//!
//! Two parts of one article share names and matter; two articles share only what every text shares. A headline's
//! words come back in its text, those of a column's name or a slogan don't. Pairs of characters serve as words
//! (Hearst 1997 with bigrams for words), which needs no dictionary and no page to be clean. A pair counts the less the
//! more lines of the page have it: the county's name ties nothing.
//!
//! Two windows slide over the page, and what they share is counted as pairs enter and leave, so that time is linear in
//! the page.

use std::ops::Range;

use super::line::Line;
use super::pairs::Pairs;

/// Characters a window holds at least, and that of a longer line are looked at.
pub(super) const REACH: usize = 360;
/// With fewer pairs on a side nothing is said of what the sides share.
const FEWEST_PAIRS: usize = 40;
/// A line with fewer pairs says nothing of where they come back.
const FEWEST_OWN: usize = 2;

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

/// Looks at every line.
pub(super) fn cohesion(lines: &[Line<'_>]) -> Vec<Cohesion> {
    let pairs = Pairs::of(lines);
    let mut around = Around::new(&pairs, lines);
    (0..lines.len())
        .map(|index| {
            around.move_to(index);
            let own = Some(pairs.head(index)).filter(|own| own.len() >= FEWEST_OWN);
            Cohesion {
                above: own.map(|own| around.share(own, ABOVE)),
                below: own.map(|own| around.share(own, BELOW)),
                across: around.across(),
            }
        })
        .collect()
}

/// The two windows: their places in arrays of two.
const ABOVE: usize = 0;
const BELOW: usize = 1;

/// The lines right above and right below a line.
struct Around<'a> {
    pairs: &'a Pairs,
    lines: &'a [Line<'a>],
    /// How often each pair stands in each window.
    counts: Vec<[u16; 2]>,
    windows: [Window; 2],
    /// Pairs that stand in both windows.
    common: usize,
}

#[derive(Clone, Default)]
struct Window {
    lines: Range<usize>,
    /// Characters.
    size: usize,
    /// Different pairs.
    pairs: usize,
}

impl<'a> Around<'a> {
    fn new(pairs: &'a Pairs, lines: &'a [Line<'a>]) -> Self {
        let counts = vec![[0; 2]; pairs.different()];
        Self { pairs, lines, counts, windows: Default::default(), common: 0 }
    }

    /// Goes on to the line at `index`, which itself is in neither window.
    fn move_to(&mut self, index: usize) {
        if index > 0 {
            self.push(ABOVE);
        }
        while self.windows[ABOVE].lines.len() > 1
            && self.windows[ABOVE].size - self.size(self.windows[ABOVE].lines.start) >= REACH
        {
            self.pop(ABOVE);
        }
        while self.windows[BELOW].lines.start <= index && !self.windows[BELOW].lines.is_empty() {
            self.pop(BELOW);
        }
        let below = &mut self.windows[BELOW].lines;
        *below = below.start.max(index + 1)..below.end.max(index + 1);
        while self.windows[BELOW].size < REACH && self.windows[BELOW].lines.end < self.lines.len() {
            self.push(BELOW);
        }
    }

    fn size(&self, line: usize) -> usize {
        self.lines[line].sketch.length.min(REACH)
    }

    /// What a window sees of a line: its end from below, its beginning from above.
    fn seen(&self, line: usize, window: usize) -> &'a [u32] {
        if window == ABOVE { self.pairs.tail(line) } else { self.pairs.head(line) }
    }

    fn push(&mut self, window: usize) {
        let line = self.windows[window].lines.end;
        for pair in self.seen(line, window) {
            let counts = &mut self.counts[*pair as usize];
            counts[window] += 1;
            if counts[window] == 1 {
                self.windows[window].pairs += 1;
                self.common += usize::from(counts[1 - window] > 0);
            }
        }
        self.windows[window].lines.end += 1;
        self.windows[window].size += self.size(line);
    }

    fn pop(&mut self, window: usize) {
        let line = self.windows[window].lines.start;
        for pair in self.seen(line, window) {
            let counts = &mut self.counts[*pair as usize];
            counts[window] -= 1;
            if counts[window] == 0 {
                self.windows[window].pairs -= 1;
                self.common -= usize::from(counts[1 - window] > 0);
            }
        }
        self.windows[window].lines.start += 1;
        self.windows[window].size -= self.size(line);
    }

    /// The share of `own` that is in a window.
    fn share(&self, own: &[u32], window: usize) -> f32 {
        let (mut here, mut all) = (0.0, 0.0);
        for pair in own {
            let weight = self.pairs.weight(*pair);
            all += weight;
            here += if self.counts[*pair as usize][window] > 0 { weight } else { 0.0 };
        }
        here / all
    }

    fn across(&self) -> Option<f32> {
        let poorer = self.windows[ABOVE].pairs.min(self.windows[BELOW].pairs);
        (poorer >= FEWEST_PAIRS).then(|| self.common as f32 / poorer as f32)
    }
}
