//! Offsets in the unit the caller's language counts strings in.

/// The unit of the offsets in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 bytes, as Rust, Go and C count.
    #[default]
    Utf8,
    /// UTF-16 code units, as Java, JavaScript and C# count.
    Utf16,
    /// Unicode code points, as Python counts.
    CodePoints,
}

impl Encoding {
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::CodePoints => 1,
        }
    }
}

/// Byte distance between two remembered positions.
const STRIDE: usize = 256;

/// Converts byte offsets of one text to another unit: one pass over the text up front, then at most 256 bytes per
/// offset, in any order.
#[derive(Debug)]
pub struct OffsetConverter<'a> {
    text: &'a str,
    encoding: Encoding,
    /// For every multiple of `STRIDE`: the first character boundary at or after it, and its offset in the unit.
    marks: Vec<(usize, usize)>,
}

impl<'a> OffsetConverter<'a> {
    /// Prepares to convert offsets of `text`.
    pub fn new(text: &'a str, encoding: Encoding) -> Self {
        let mut marks = Vec::new();
        if encoding != Encoding::Utf8 {
            let mut offset = 0;
            for (position, c) in text.char_indices() {
                if position >= marks.len() * STRIDE {
                    marks.push((position, offset));
                }
                offset += encoding.width(c);
            }
        }
        Self { text, encoding, marks }
    }

    /// The offset, in this converter's unit, of the byte position `byte`, which must be a character boundary.
    pub fn convert(&self, byte: usize) -> usize {
        if self.encoding == Encoding::Utf8 {
            return byte;
        }
        let after = self.marks.partition_point(|(position, _)| *position <= byte);
        let (position, offset) = after.checked_sub(1).map_or((0, 0), |index| self.marks[index]);
        let between = &self.text[position..byte];
        offset + between.chars().map(|c| self.encoding.width(c)).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_counts_as_its_language_does() {
        let text = "a安😀全".repeat(200);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::CodePoints] {
            let converter = OffsetConverter::new(&text, encoding);
            for (byte, _) in text.char_indices() {
                let before = &text[..byte];
                let expected = match encoding {
                    Encoding::Utf8 => before.len(),
                    Encoding::Utf16 => before.encode_utf16().count(),
                    Encoding::CodePoints => before.chars().count(),
                };
                assert_eq!(converter.convert(byte), expected, "{encoding:?} at byte {byte}");
            }
        }
    }
}
