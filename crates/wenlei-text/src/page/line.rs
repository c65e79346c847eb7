//! The lines of a page that are not blank, and what can be read off one of them by looking at its characters.
//!
//! This module must not know what a line's words mean.

use std::ops::Range;

/// Characters kept of a line's beginning and of its end: markers stand there, and a page of one enormous line
/// must not be copied.
const WINDOW: usize = 96;
/// Longest HTML entity that is undone.
const LONGEST_ENTITY: usize = 8;
/// Entities a saved page leaves behind, and what they stand for.
const ENTITIES: [(&str, char); 5] =
    [("&nbsp;", ' '), ("&gt;", '>'), ("&lt;", '<'), ("&amp;", '&'), ("&copy;", '©')];

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

/// Counts over a line and its two ends in one form: half-width, straight quotes, no Markdown emphasis.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    /// The first [`WINDOW`] characters; the whole line when it is shorter.
    pub(super) head: String,
    /// The last [`WINDOW`] characters.
    pub(super) tail: String,
    /// Characters that are neither white space nor decoration.
    pub(super) chars: usize,
    /// Columns taken on a terminal: two for a Chinese character.
    pub(super) width: usize,
    /// Characters of any kind.
    pub(super) length: usize,
    /// Commas and the like inside sentences.
    pub(super) commas: usize,
    /// Full stops.
    pub(super) stops: usize,
    /// ASCII digits.
    pub(super) digits: usize,
    /// Letters of any script.
    pub(super) letters: usize,
    /// Pieces between white space and bars, and the length of the longest.
    pub(super) pieces: usize,
    /// Characters of the longest piece.
    pub(super) longest_piece: usize,
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

impl Sketch {
    fn of(text: &str) -> Self {
        let decoded = text.contains('&').then(|| without_entities(text));
        let text = decoded.as_deref().unwrap_or(text).trim();
        let (head, tail) = windows(text);
        let mut sketch = Self { head, tail, ..Self::default() };
        let (mut before, mut piece) = (' ', 0);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            sketch.width += columns(c);
            sketch.length += 1;
            piece = if is_gap(c) { 0 } else { piece + 1 };
            sketch.pieces += usize::from(piece == 1);
            sketch.longest_piece = sketch.longest_piece.max(piece);
            let c = fold(c);
            let closes =
                c == '.' && may_stop(before) && chars.peek().is_none_or(|next| may_stop(fold(*next)));
            sketch.stops += usize::from(closes);
            sketch.count(c);
            before = if c == ' ' { before } else { c };
        }
        sketch
    }

    fn count(&mut self, c: char) {
        // White space was folded to one character.
        self.chars += usize::from(!matches!(c, ' ' | '*' | '|'));
        match c {
            ',' | '、' | ';' | ':' => self.commas += 1,
            '。' => self.stops += 1,
            _ if c.is_ascii_digit() => self.digits += 1,
            '\u{4e00}'..='\u{9fff}' => self.letters += 1,
            _ if c.is_alphabetic() => self.letters += 1,
            _ => {}
        }
    }

    /// Whether [`Sketch::head`] is all there is.
    pub(super) fn is_whole(&self) -> bool {
        self.chars <= WINDOW / 2
    }
}

/// A line's beginning and end, each in the one form.
fn windows(text: &str) -> (String, String) {
    let Some((end, _)) = text.char_indices().nth(WINDOW) else {
        let whole = window(text);
        return (whole.clone(), whole);
    };
    let start = text.char_indices().nth_back(WINDOW - 1).map_or(0, |(at, _)| at);
    (window(&text[..end]), window(&text[start..]))
}

fn window(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().map(fold));
    let decoration = |c: char| c.is_whitespace() || matches!(c, '*' | '#' | '|');
    folded.truncate(folded.trim_end_matches(decoration).len());
    folded.drain(..folded.len() - folded.trim_start_matches(decoration).len());
    folded
}

fn without_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find('&') {
        plain.push_str(&rest[..position]);
        rest = &rest[position..];
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (length, c) = entity.map_or((1, '&'), |(entity, c)| (entity.len().min(LONGEST_ENTITY), *c));
        plain.push(c);
        rest = &rest[length..];
    }
    plain + rest
}

/// Whether a character stands between pieces.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '｜')
}

/// Columns a character takes on a terminal, or in a column of print.
fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// Whether a point next to `c` may stand for a Chinese full stop.
fn may_stop(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '"' | ')' | '%' | '》')
}

/// One form for what OCR and editors write in several.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - u32::from('\u{ff01}') + u32::from('!')).unwrap_or(c)
        }
        '“' | '”' | '〝' | '〞' | '„' => '"',
        '〔' => '(',
        '〕' => ')',
        '‘' | '’' => '\'',
        '｡' => '。',
        '\u{4e00}'..='\u{9fff}' => c,
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}
