//! The lines of a page that are not blank.
//!
//! This module must not know what a line's words mean.

use std::ops::Range;

use super::sketch::{Sketch, columns};

/// A line that isn't blank.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Its place on the page, white space at both ends left out.
    pub(super) range: Range<usize>,
    /// Its text, likewise.
    pub(super) text: &'a str,
    /// Its text with the white space in front, where a paragraph's indent shows.
    pub(super) raw: &'a str,
    /// Blank lines between it and the line before.
    pub(super) blanks: usize,
    /// What its characters say.
    pub(super) sketch: Sketch,
}

/// The lines of `page` in order. Every Unicode line or page separator ends a line.
pub(super) fn lines(page: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut blanks = 0;
    for raw in split(page) {
        let text = raw.trim();
        if text.is_empty() {
            blanks += 1;
            continue;
        }
        let start = text.as_ptr() as usize - page.as_ptr() as usize;
        let range = start..start + text.len();
        found.push(Line { range, text, raw, blanks, sketch: Sketch::of(text) });
        blanks = 0;
    }
    found
}

/// `\r\n` is one line end, or a page from Windows would have a blank line after each.
fn split(page: &str) -> impl Iterator<Item = &str> {
    page.split(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

impl Line<'_> {
    /// From the margin to the line's end, in terminal columns and in characters: a page's figures may be half as wide
    /// as its characters, or as wide.
    pub(super) fn extents(&self) -> [usize; 2] {
        let text = self.raw.trim_end();
        let indent = text.chars().take_while(|c| c.is_whitespace());
        let (count, width) = indent.fold((0, 0), |(count, width), c| (count + 1, width + columns(c)));
        [self.sketch.width + width, self.sketch.length + count]
    }
}
