//! What can be read off a line by looking at its characters one by one.
//!
//! This module must not know what a line's words mean.

/// Characters kept of a line's beginning and of its end: markers stand there, and a page of one enormous line
/// must not be copied.
const WINDOW: usize = 96;
/// Longest HTML entity that is undone.
const LONGEST_ENTITY: usize = 8;
/// Entities a saved page leaves behind, and what they stand for.
const ENTITIES: [(&str, char); 5] =
    [("&nbsp;", ' '), ("&gt;", '>'), ("&lt;", '<'), ("&amp;", '&'), ("&copy;", '©')];

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

impl Sketch {
    /// Looks at a line's text.
    pub(super) fn of(text: &str) -> Self {
        let decoded = text.contains('&').then(|| without_entities(text));
        let text = decoded.as_deref().unwrap_or(text).trim();
        let (head, tail) = windows(text);
        let mut sketch = Self { head, tail, ..Self::default() };
        let (mut before, mut piece) = (' ', 0);
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if is_ideograph(c) {
                // Most characters: none of the questions below has another answer.
                (sketch.width, sketch.length) = (sketch.width + 2, sketch.length + 1);
                (sketch.chars, sketch.letters) = (sketch.chars + 1, sketch.letters + 1);
                piece += 1;
                sketch.pieces += usize::from(piece == 1);
                sketch.longest_piece = sketch.longest_piece.max(piece);
                before = c;
                continue;
            }
            sketch.width += columns(c);
            sketch.length += 1;
            piece = if is_gap(c) { 0 } else { piece + 1 };
            sketch.pieces += usize::from(piece == 1);
            sketch.longest_piece = sketch.longest_piece.max(piece);
            let c = fold(c);
            let next = || chars.as_str().chars().next();
            let closes = c == '.' && may_stop(before) && next().is_none_or(|next| may_stop(fold(next)));
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
    let mut copied = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_ideograph(*c)) {
        let one_form = fold(c);
        if one_form != c {
            folded.push_str(&text[copied..at]);
            folded.push(one_form);
            copied = at + c.len_utf8();
        }
    }
    folded.push_str(&text[copied..]);
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
pub(super) fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// Whether a point next to `c` may stand for a Chinese full stop.
fn may_stop(c: char) -> bool {
    is_ideograph(c) || matches!(c, '"' | ')' | '%' | '》')
}

/// Whether a character is one of the common Chinese ones.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
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
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}
