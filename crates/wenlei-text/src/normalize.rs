//! Normal form of a text: NFKC, lower case, one kind of white space, broken lines joined.
//!
//! The work is done cluster by cluster (a character and what combines with it), because NFKC never reaches across
//! clusters: so every normalised byte knows the original bytes it came from.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::alignment::Alignment;
use crate::lines::{Joint, joint};

/// Version of the rules in this module. A model trained under another version must not be served: its features would
/// be different ones.
pub const NORMALIZER_VERSION: u32 = 1;

/// Appends the normal form of `original` to `output` and records where each piece came from.
/// `base` is added to every original position.
pub(crate) fn normalize_into(original: &str, base: usize, output: &mut String, alignment: &mut Alignment) {
    let mut writer = Writer { original, base, output, alignment };
    let mut previous: Option<(&str, usize)> = None;
    for (start, line) in lines(original) {
        let (trimmed, trimmed_start) = trim_line(line, start);
        if trimmed.is_empty() {
            continue;
        }
        if let Some((before, end)) = previous {
            writer.write_joint(joint(before, line), end, trimmed_start);
        }
        writer.write_line(trimmed, trimmed_start);
        previous = Some((trimmed, trimmed_start + trimmed.len()));
    }
}

/// The lines of a text with their starts; every Unicode line or page separator ends a line.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
        .map(move |line| (line.as_ptr() as usize - text.as_ptr() as usize, line))
}

fn trim_line(line: &str, start: usize) -> (&str, usize) {
    let left = line.trim_start_matches(is_blank);
    (left.trim_end_matches(is_blank), start + line.len() - left.len())
}

/// White space, and characters without width that OCR and web pages leave behind.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffe}')
}

struct Writer<'a> {
    original: &'a str,
    base: usize,
    output: &'a mut String,
    alignment: &'a mut Alignment,
}

impl Writer<'_> {
    fn write_joint(&mut self, joint: Joint, start: usize, end: usize) {
        match joint {
            Joint::Break => self.write_replaced('\n', start, end),
            Joint::Space => self.write_replaced(' ', start, end),
            Joint::Nothing => {}
        }
    }

    fn write_line(&mut self, line: &str, line_start: usize) {
        let end = line_start + line.len();
        let mut position = line_start;
        while position < end {
            position = self.write_next(position, end);
        }
    }

    /// Writes the cluster or the white space at `position` and returns where the next one begins.
    fn write_next(&mut self, position: usize, line_end: usize) -> usize {
        let rest = &self.original[position..line_end];
        let blank = rest.len() - rest.trim_start_matches(is_blank).len();
        if blank > 0 {
            if rest[..blank].contains(char::is_whitespace) {
                self.write_replaced(' ', position, position + blank);
            }
            return position + blank;
        }
        let length = cluster_length(rest);
        self.write_cluster(&rest[..length], position);
        position + length
    }

    fn write_cluster(&mut self, cluster: &str, start: usize) {
        let original = self.base + start..self.base + start + cluster.len();
        let written = self.output.len();
        if cluster.chars().all(is_stable) {
            self.output.push_str(cluster);
            self.alignment.push_verbatim(original);
            return;
        }
        self.output.extend(cluster.nfkc().flat_map(char::to_lowercase).nfkc().filter(|c| !is_invisible(*c)));
        if self.output[written..] == *cluster {
            self.alignment.push_verbatim(original);
        } else {
            self.alignment.push_replaced(self.output.len() - written, &original);
        }
    }

    fn write_replaced(&mut self, by: char, start: usize, end: usize) {
        self.output.push(by);
        self.alignment.push_replaced(by.len_utf8(), &(self.base + start..self.base + end));
    }
}

/// Length in bytes of the first character of `text` and of all that combine with it.
fn cluster_length(text: &str) -> usize {
    let mut indices = text.char_indices();
    indices.next();
    indices.find(|(_, c)| begins_cluster(*c)).map_or(text.len(), |(index, _)| index)
}

/// Whether no earlier character can change what NFKC makes of `c`.
fn begins_cluster(c: char) -> bool {
    if is_stable(c) {
        return true;
    }
    let mut first = None;
    decompose_compatible(c, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(c);
    canonical_combining_class(first) == 0 && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
}

/// Characters that normalise to themselves and combine with nothing before them: the bulk of Chinese text.
fn is_stable(c: char) -> bool {
    matches!(c, '\u{21}'..='\u{40}' | '\u{5b}'..='\u{7e}' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '“' | '”' | '《' | '》')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalize(text: &str) -> String {
        let (mut output, mut alignment) = (String::new(), Alignment::default());
        normalize_into(text, 0, &mut output, &mut alignment);
        output
    }

    #[test]
    fn forms_width_case_and_white_space_are_unified() {
        let table = [
            ("ＰＭ２．５浓度，下降！", "pm2.5浓度,下降!"),
            ("  两\u{a0}\u{3000}海\t两绿  ", "两 海 两绿"),
            ("ｶﾞス", "ガス"),
            ("e\u{301}cole", "école"),
            ("㎎/m³", "mg/m3"),
            ("零\u{200b}宽\u{feff}字", "零宽字"),
            ("第一段。\r\n\r\n\r\n第二段", "第一段。\n第二段"),
            ("化工企业逐一排查安全隐\n\n患并登记", "化工企业逐一排查安全隐患并登记"),
            (" \n\t\u{3000}", ""),
        ];
        for (text, expected) in table {
            assert_eq!(normalize(text), expected, "{text:?}");
        }
    }

    #[test]
    fn clusters_do_not_change_what_nfkc_would_have_made_of_the_whole() {
        for text in ["ｶﾞﾊﾟ", "각", "\u{1100}\u{1161}\u{11a8}", "a\u{323}\u{307}", "\u{9c7}\u{9be}"] {
            assert_eq!(normalize(text), text.nfkc().collect::<String>().to_lowercase(), "{text:?}");
        }
    }
}
