//! A document: the caller's title and text, their common normal form and the way back.

use std::ops::Range;

use crate::alignment::Alignment;
use crate::normalize::normalize_into;

/// Which of the caller's two strings a location points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The headline, possibly empty.
    Title,
    /// The body.
    Text,
}

/// A byte range in one of the caller's strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The string.
    pub field: Field,
    /// UTF-8 bytes, on character boundaries of that string.
    pub range: Range<usize>,
}

/// The normal form of a title and a text, aligned to both.
///
/// The normalised title stands before the normalised body, a line break between them, so that no word can reach
/// across.
#[derive(Clone, Debug)]
pub struct Document {
    normalized: String,
    /// Bytes of the normalised title, without the line break.
    title_len: usize,
    /// Bytes of the original title: positions of the alignment from here on belong to the text.
    original_title_len: usize,
    alignment: Alignment,
}

impl Document {
    /// Normalises a title (empty when there is none) and a text.
    pub fn new(title: &str, text: &str) -> Self {
        let mut normalized = String::with_capacity(title.len() + text.len() + 1);
        let mut alignment = Alignment::default();
        normalize_into(title, 0, &mut normalized, &mut alignment);
        let title_len = normalized.len();
        if title_len > 0 {
            normalized.push('\n');
            alignment.push_replaced(1, &(title.len()..title.len()));
        }
        normalize_into(text, title.len(), &mut normalized, &mut alignment);
        Self { normalized, title_len, original_title_len: title.len(), alignment }
    }

    /// The normalised text: title, line break, body; without a title, the body alone.
    pub fn normalized(&self) -> &str {
        &self.normalized
    }

    /// The normalised title, empty when there is none.
    pub fn title(&self) -> &str {
        &self.normalized[..self.title_len]
    }

    /// The normalised body.
    pub fn body(&self) -> &str {
        &self.normalized[self.body_start()..]
    }

    /// Where the body begins in the normalised text, in bytes.
    pub fn body_start(&self) -> usize {
        if self.title_len == 0 { 0 } else { self.title_len + 1 }
    }

    /// Where a range of the normalised text came from. A range that holds the break between title and body, or
    /// reaches over it, is located by its first character alone.
    pub fn locate(&self, normalized: Range<usize>) -> Location {
        let body_start = self.body_start();
        let in_title = normalized.start < body_start;
        let end =
            if in_title { normalized.end.min(self.title_len.max(normalized.start)) } else { normalized.end };
        let original = self.alignment.original(normalized.start..end);
        if in_title {
            return Location { field: Field::Title, range: original };
        }
        let shift = self.original_title_len;
        Location { field: Field::Text, range: original.start - shift..original.end - shift }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_led_back_to_the_field_it_came_from() {
        let document = Document::new("ＰＭ２．５ 下降", "全市优良天\n\n数，２６０天");
        assert_eq!(document.normalized(), "pm2.5 下降\n全市优良天\n数,260天");
        let (title, text) = ("ＰＭ２．５ 下降", "全市优良天\n\n数，２６０天");
        let at = |needle: &str| {
            let start = document.normalized().find(needle).expect("present");
            document.locate(start..start + needle.len())
        };
        let location = at("pm2.5");
        assert_eq!((location.field, &title[location.range]), (Field::Title, "ＰＭ２．５"));
        let location = at("260");
        assert_eq!((location.field, &text[location.range]), (Field::Text, "２６０"));
    }

    #[test]
    fn a_word_cut_by_the_column_is_found_whole() {
        let text = "各地各部门要举一反三全面开展安全隐\n\n患排查。";
        let document = Document::new("", text);
        let start = document.normalized().find("隐患").expect("joined");
        assert_eq!(&text[document.locate(start..start + "隐患".len()).range], "隐\n\n患");
    }
}
