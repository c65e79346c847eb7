//! Whether a line break divides two paragraphs or only a sentence.
//!
//! Text after OCR is broken wherever the column ended, often inside a word. A line that the column's edge broke is
//! full, so it is about as long as the line that follows; and what follows it doesn't look like a beginning.

/// What stands in the normalised text where the original has one or more line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// The break divides paragraphs and stays.
    Break,
    /// The break cut a Chinese sentence: the pieces are put together.
    Nothing,
    /// The break stood between two Latin words or numbers.
    Space,
}

/// Marks that close a sentence or a paragraph, half- and full-width.
const CLOSING: &str = "。！？；：…”’」』》）】!?;:)]》\"";
/// Marks after which a sentence always goes on.
const CONTINUING: &str = "，、,（(“‘「『《【—-";
/// Beginnings of a paragraph, an item or an article.
const OPENING_MARKS: &str = "●■□▲△◆◇★☆※【·";
const OPENING_WORDS: [&str; 5] = ["本报讯", "本报记者", "编者按", "新华社", "记者"];
/// A shorter line is a heading or a signature unless it ends in a continuing mark.
const SHORTEST_FULL_LINE: usize = 8;
/// A line at least this long is full whatever follows.
const LONG_LINE: usize = 40;

/// Decides what joins the line `before` (white space at its end removed) to the line `after` (not trimmed).
pub(crate) fn joint(before: &str, after: &str) -> Joint {
    let (Some(last), Some(first)) = (before.chars().last(), after.trim_start().chars().next()) else {
        return Joint::Break;
    };
    if CLOSING.contains(last) || begins_paragraph(after) || !is_full(before, after, last) {
        return Joint::Break;
    }
    if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() { Joint::Space } else { Joint::Nothing }
}

fn is_full(before: &str, after: &str, last: char) -> bool {
    if CONTINUING.contains(last) {
        return true;
    }
    let length = before.trim_start().chars().take(LONG_LINE).count();
    let following = after.trim().chars().take(LONG_LINE).count();
    length >= LONG_LINE || (length >= SHORTEST_FULL_LINE && length + 2 >= following)
}

/// Whether a line looks like the beginning of a paragraph, an item or an article.
pub(crate) fn begins_paragraph(line: &str) -> bool {
    let text = line.trim_start();
    let indented = line.starts_with("\u{3000}\u{3000}") || line.starts_with("    ");
    indented
        || text.starts_with(|c| OPENING_MARKS.contains(c))
        || OPENING_WORDS.iter().any(|word| text.starts_with(word))
        || is_numbered(text)
}

/// `一、`, `（二）`, `3.`, `4、`, `(5)` at the beginning of a line.
fn is_numbered(text: &str) -> bool {
    let digits = "一二三四五六七八九十0123456789";
    let inner = text.trim_start_matches(['（', '(']);
    let bracketed = inner.len() < text.len();
    let rest = inner.trim_start_matches(|c| digits.contains(c));
    let number = &inner[..inner.len() - rest.len()];
    let marks: &[char] = if bracketed { &['）', ')'] } else { &['、', '.', '．'] };
    !number.is_empty() && number.chars().count() <= 3 && rest.starts_with(marks)
        // 3.5 is a number that a column cut, not an item.
        && !rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Joint, joint};

    #[test]
    fn a_break_inside_a_sentence_is_undone_and_a_paragraph_is_kept() {
        let table = [
            ("全区共有化工企业二十一家，逐一排查安全隐", "患并登记造册。", Joint::Nothing),
            ("检查组一行先后来到码头、", "仓库和堆场", Joint::Nothing),
            ("Shenzhen Industrial", "Park", Joint::Space),
            ("会议到此结束。", "下午参观了园区", Joint::Break),
            (
                "我市召开河长制工作会议",
                "4月2日，我市召开河长制工作会议，听取上半年水质情况的汇报",
                Joint::Break,
            ),
            ("今年以来全镇上下共同努力取得以下成绩", "一、项目建设", Joint::Break),
            ("今年以来全镇上下共同努力取得以下成绩", "（二）环境整治", Joint::Break),
            ("平均浓度比上年同期下降了百分之", "3.5，优良天数增加", Joint::Nothing),
            ("供电公司保障用电供电公司保障用电", "本报讯 6月1日", Joint::Break),
            ("供电公司保障用电供电公司保障用电", "\u{3000}\u{3000}6月1日", Joint::Break),
            ("", "开头", Joint::Break),
            ("结尾没有下文的一个整行文字", "  ", Joint::Break),
        ];
        for (before, after, expected) in table {
            assert_eq!(joint(before, after), expected, "{before:?} / {after:?}");
        }
    }
}
