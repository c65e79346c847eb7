//! What can be read off a line by looking at its characters one by one.
//!
//! This module must not know what a line's words mean.

/// Characters kept of a line's beginning and of its end: markers stand there, and a page of one enormous line
/// must not be copied.
const WINDOW: usize = 96;
/// The first of the common Chinese characters; each takes three bytes.
const IDEOGRAPH: char = '\u{4e00}';
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
        let (mut before, mut piece, mut rest) = (' ', 0, text);
        loop {
            let run = ideographs(rest);
            if run > 0 {
                sketch.count_ideographs(run, piece);
                (before, piece, rest) = (IDEOGRAPH, piece + run, &rest[run * IDEOGRAPH.len_utf8()..]);
            }
            let Some(c) = rest.chars().next() else { break };
            rest = &rest[c.len_utf8()..];
            sketch.width += columns(c);
            sketch.length += 1;
            piece = if is_gap(c) { 0 } else { piece + 1 };
            sketch.pieces += usize::from(piece == 1);
            sketch.longest_piece = sketch.longest_piece.max(piece);
            let c = fold(c);
            let next = || rest.chars().next();
            let closes = c == '.' && may_stop(before) && next().is_none_or(|next| may_stop(fold(next)));
            sketch.stops += usize::from(closes);
            sketch.count(c);
            before = if c == ' ' { before } else { c };
        }
        sketch
    }

    /// Counts a run of common Chinese characters, `piece` characters after a gap.
    fn count_ideographs(&mut self, run: usize, piece: usize) {
        self.width += 2 * run;
        self.length += run;
        self.chars += run;
        self.letters += run;
        self.pieces += usize::from(piece == 0);
        self.longest_piece = self.longest_piece.max(piece + run);
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
    let (mut copied, mut at) = (0, 0);
    loop {
        at += ideographs(&text[at..]) * IDEOGRAPH.len_utf8();
        let Some(c) = text[at..].chars().next() else { break };
        let one_form = fold(c);
        if one_form != c {
            folded.push_str(&text[copied..at]);
            folded.push(one_form);
            copied = at + c.len_utf8();
        }
        at += c.len_utf8();
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
    (IDEOGRAPH..='\u{9fff}').contains(&c)
}

/// How many common Chinese characters a text begins with: most come in runs, which need no decoding.
fn ideographs(text: &str) -> usize {
    let is_ideograph = |bytes: &&[u8; 3]| matches!(bytes, [0xe4, 0xb8..=0xbf, _] | [0xe5..=0xe9, ..]);
    text.as_bytes().as_chunks().0.iter().take_while(is_ideograph).count()
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
