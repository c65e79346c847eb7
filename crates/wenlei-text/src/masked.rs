//! Text with its numbers masked: which number it is says nothing about a topic, that there is one may.

use std::ops::Range;

use crate::alignment::Alignment;
use crate::document::Document;

/// What stands for every number.
const MASK: &str = "0";

/// A document's normalised text with every number (`12`, `3.5`, `1,200`) replaced by `0`, aligned to the normalised
/// text.
#[derive(Clone, Debug)]
pub struct MaskedText {
    text: String,
    body_start: usize,
    alignment: Alignment,
}

impl MaskedText {
    /// Masks the numbers of a document.
    pub fn new(document: &Document) -> Self {
        let mut masked = Self {
            text: String::with_capacity(document.normalized().len()),
            body_start: 0,
            alignment: Alignment::default(),
        };
        masked.push(document.normalized(), 0..document.body_start());
        masked.body_start = masked.text.len();
        masked.push(document.normalized(), document.body_start()..document.normalized().len());
        masked
    }

    fn push(&mut self, original: &str, range: Range<usize>) {
        let mut position = range.start;
        while position < range.end {
            let rest = &original[position..range.end];
            let plain = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
            let number = number_length(&rest[plain..]);
            self.text.push_str(&rest[..plain]);
            self.alignment.push_verbatim(position..position + plain);
            position += plain;
            if number > 0 {
                self.text.push_str(MASK);
                self.alignment.push_replaced(MASK.len(), &(position..position + number));
                position += number;
            }
        }
    }

    /// The masked text: title, line break, body.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the body begins, in bytes.
    pub fn body_start(&self) -> usize {
        self.body_start
    }

    /// The range of the document's normalised text that a range of the masked text stands for.
    pub fn normalized(&self, masked: Range<usize>) -> Range<usize> {
        self.alignment.original(masked)
    }
}

/// Bytes of the number that `text` begins with: digits, and points or commas between digits.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let mut length = 0;
    while digit(length) || (matches!(bytes.get(length), Some(b'.' | b',')) && digit(length + 1)) {
        length += 1;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_one_mark_and_lead_back_to_themselves() {
        let document = Document::new("3项", "6月10日，投资1,200.5万元.pm2.5下降");
        let masked = MaskedText::new(&document);
        assert_eq!(masked.text(), "0项\n0月0日,投资0万元.pm0下降");
        assert_eq!(&masked.text()[masked.body_start()..], "0月0日,投资0万元.pm0下降");
        let start = masked.text().find("资0万").expect("present");
        assert_eq!(&document.normalized()[masked.normalized(start..start + "资0万".len())], "资1,200.5万");
    }

    #[test]
    fn a_text_without_title_or_of_numbers_alone_is_masked() {
        let masked = MaskedText::new(&Document::new("", "2024"));
        assert_eq!((masked.text(), masked.body_start()), ("0", 0));
        assert_eq!(MaskedText::new(&Document::new("", "")).text(), "");
        let masked = MaskedText::new(&Document::new("题", ""));
        assert_eq!(masked.body_start(), "题\n".len());
    }
}
