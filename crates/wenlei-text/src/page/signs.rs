//! Recognising the signs of a news item in a line: dateline, by-line, credit, day, numbering.
//!
//! This module must not know other lines, nor what a sign speaks for.

use std::ops::Range;

use super::markers::{
    BYLINE_LEADS, BYLINE_RANKS, BYLINE_WORDS, CREDITS, DATELINE_ENDS, DATELINES, NOT_NAMES, ORNAMENTS,
    TRAIL_MARKS,
};
use super::sketch::Sketch;

/// Figures of days in Chinese, and what stands between figures.
const DAY_DIGITS: &[char] = &['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '○'];
const DAY_MARKS: &[char] = &['年', '月', '日', '曰', '-', '/', '.', ':', ' ', '时', '分'];
/// Marks that end a sentence.
pub(super) const CLOSERS: &[char] = &['。', '!', '?', '…', ';'];
/// What may follow such a mark without opening a sentence.
const AFTER_CLOSERS: &[char] = &['"', '\'', '』', '」', ')', '】', '*'];
/// Longest text of names in brackets, in characters.
const LONGEST_NAMES: usize = 28;
/// Longest line that only names reporters.
const LONGEST_BYLINE: usize = 30;
/// A dateline's agency is named within so many characters.
const DATELINE_REACH: usize = 24;
/// Longest name of a paper before 讯, in bytes.
const LONGEST_PAPER: usize = 12;
const CHINESE_DIGITS: &[char] = &[
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '〇', '0', '1', '2', '3', '4', '5',
    '6', '7', '8', '9',
];

/// Whether a sentence ends at the end of `text`.
pub(super) fn is_closed(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| AFTER_CLOSERS.contains(&c) || c == ' ');
    bare.ends_with(CLOSERS) || bare.strip_suffix('.').is_some_and(|text| is_sentence(text.trim_end()))
}

/// Whether a point after `text` ends a sentence.
fn is_sentence(text: &str) -> bool {
    text.ends_with(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '"' | '”' | ')' | '）' | '%'))
}

/// Whether a line begins as a report does.
pub(super) fn is_dateline(head: &str) -> bool {
    let bare = head.trim_start_matches(|c: char| ORNAMENTS.contains(&c) || c == '(' || c == ' ');
    DATELINES.iter().any(|lead| bare.starts_with(lead)) || has_agency(bare)
}

/// A headline, a gap and 本报讯 on one line.
pub(super) fn has_glued_head(head: &str) -> bool {
    let opens = |rest: &str| DATELINES.iter().any(|lead| rest.starts_with(lead));
    head.match_indices(' ').any(|(at, gap)| at >= 15 && opens(&head[at + gap.len()..]))
}

/// 某地6月1日电, 某网讯 near the beginning, before any sentence ends.
fn has_agency(text: &str) -> bool {
    let ends = |(count, (_, c)): (usize, (usize, char))| {
        count >= DATELINE_REACH || matches!(c, '。' | ',' | ':' | ';')
    };
    let end =
        text.char_indices().enumerate().find(|found| ends(*found)).map_or(text.len(), |(_, (at, _))| at);
    let reach = &text[..end];
    let paper = reach.find('讯').is_some_and(|at| {
        let rest = &reach[at + '讯'.len_utf8()..];
        at > 0
            && at <= LONGEST_PAPER
            && (rest.starts_with('(') || rest.starts_with(' ') && !rest[1..].contains(' '))
    });
    let agency = |end: &str| {
        reach.find(end).is_some_and(|at| {
            let rest = &reach[at + end.len()..];
            rest.is_empty() || rest.starts_with([' ', '(', '"'])
        })
    };
    paper || reach.contains(['电', '讯']) && DATELINE_ENDS.iter().any(|end| agency(end))
}

/// Whether a whole line only names those who wrote the text below or above it.
pub(super) fn is_byline(head: &str) -> bool {
    let bare = head.trim_matches(|c: char| ORNAMENTS.contains(&c) || c == ' ');
    let length = bare.chars().count();
    if length > LONGEST_BYLINE || bare.contains(['。', ',', '"', '?', '!']) {
        return false;
    }
    let ornate = head.starts_with(['□', '■', '●', '◆', '◎', '○', '☉', '▲']) && length <= 8;
    (ornate && is_names(bare)) || BYLINE_LEADS.iter().any(|lead| names_after(without_rank(bare), lead))
}

/// The line without the paper and the reporter's rank: 本报, 首席, 全媒体.
fn without_rank(text: &str) -> &str {
    let rank = BYLINE_RANKS.iter().find_map(|rank| text.strip_prefix(rank));
    rank.map_or(text, without_rank)
}

fn names_after(text: &str, lead: &str) -> bool {
    text.strip_prefix(lead).is_some_and(|rest| rest.chars().count() <= 20 && !rest.is_empty())
}

/// Whether a text is up to four names of people, possibly letter-spaced.
pub(super) fn is_names(text: &str) -> bool {
    let pieces: Vec<&str> = text.split([' ', '、', '/', ',']).filter(|piece| !piece.is_empty()).collect();
    let chinese = |piece: &str| piece.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '·' | '×'));
    let sized = |piece: &&str| (1..=4).contains(&piece.chars().count()) && chinese(piece);
    let spaced = pieces.iter().all(|piece| piece.chars().count() == 1) && pieces.len() > 1;
    let count = if spaced { 1 } else { pieces.len() };
    let single = pieces.len() == 1 && pieces[0].chars().count() < 2;
    !pieces.is_empty() && count <= 6 && !single && pieces.iter().all(sized)
}

/// The bracketed names that end `text`, brackets included.
pub(super) fn end_byline(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_end_matches([' ', '*', '|', '\u{3000}', '。']);
    if !trimmed.ends_with([')', '）']) {
        return bare_names(trimmed);
    }
    let inside = trimmed.strip_suffix([')', '）'])?;
    let open = inside.rfind(['(', '（'])?;
    let open_len = inside[open..].chars().next().map_or(1, char::len_utf8);
    let names = &inside[open + open_len..];
    let before = inside[..open].trim_end();
    let bare = names.trim_matches(|c: char| c == ' ' || c == '\u{3000}');
    if bare.is_empty() || bare.chars().count() > LONGEST_NAMES {
        return None;
    }
    let told = BYLINE_WORDS.iter().any(|word| bare.contains(word)) && !bare.contains(['。', '；']);
    let after_sentence = before.is_empty() || is_closed(before) || before.ends_with(['”', '！', '？', '」']);
    let signed = after_sentence
        && (is_house_and_name(bare)
            || is_names(&bare.replace('\u{3000}', " ")) && !NOT_NAMES.contains(&bare));
    (told && (after_sentence || before.chars().count() > 20) || signed).then_some(open..trimmed.len())
}

/// 某某局 某某: a body and a person of it.
fn is_house_and_name(text: &str) -> bool {
    let chinese = text.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_whitespace());
    let mut pieces = text.split_whitespace();
    let (house, name) = (pieces.next().unwrap_or_default(), pieces.next_back().unwrap_or_default());
    let sized = (3..=14).contains(&house.chars().count()) && (1..=3).contains(&name.chars().count());
    chinese && sized && text.chars().count() <= 20
}

/// Names without brackets after a text's last sentence, set off by a square or by white space.
fn bare_names(text: &str) -> Option<Range<usize>> {
    let stop = text.rfind(['。', '！', '？', '”', '!', '?', '"', '.'])?;
    let start = stop + text[stop..].chars().next().map_or(0, char::len_utf8);
    let rest = &text[start..];
    let set_off = |c: char| c.is_whitespace() || "□■◎○●◇◆".contains(c);
    let names = rest.trim_start_matches(set_off);
    let sized = (2..=14).contains(&names.chars().count());
    let plausible = rest.starts_with(set_off) && sized && is_names(&names.replace('\u{3000}', " "));
    plausible.then(|| text.len() - rest.trim_start().len()..text.len())
}

/// Whether `head` is nothing but something in brackets.
pub(super) fn is_bracketed(head: &str) -> bool {
    head.starts_with('(') && head.ends_with(')') && !head[1..head.len() - 1].contains(['(', '。'])
}

/// The photographer's credit that ends `text`: names and 摄, after a sentence or a gap.
pub(super) fn credit(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | '）' | '*' | '。'));
    let word = CREDITS.iter().filter(|word| trimmed.ends_with(**word)).max_by_key(|word| word.len())?;
    let before = &trimmed[..trimmed.len() - word.len()];
    let stop = before.rfind(['。', '！', '？', '”', '!', '?', '，', ',', '.']);
    let start = stop.map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let names = before[start..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '*'));
    let spaced = names.replace('\u{3000}', " ");
    let plausible = names.chars().count() <= 16
        && (names.is_empty() || is_names(&spaced) || BYLINE_WORDS.iter().any(|word| names.contains(word)));
    let begin = before[start..].len() - before[start..].trim_start().len() + start;
    plausible.then_some(begin..text.trim_end().len())
}

/// A day and nothing else: 2020年6月10日, [2020-07-03], (2019年12月27日).
pub(super) fn is_day_only(head: &str) -> bool {
    let bare = head.trim_matches(['(', ')', '[', ']', '【', '】', ' ']);
    let is_digit = |c: char| c.is_ascii_digit() || DAY_DIGITS.contains(&c);
    bare.chars().all(|c| is_digit(c) || DAY_MARKS.contains(&c))
        && bare.chars().count() <= 24
        && bare.chars().filter(|c| is_digit(*c)).count() >= 4
}

/// Whether a line with other words before it ends in a day, as links in a list do: `标题 04-10`.
pub(super) fn ends_with_day(tail: &str) -> bool {
    let bare = tail.trim_end_matches([']', ')', ' ']);
    let before = bare.trim_end_matches(|c: char| c.is_ascii_digit() || "-/.".contains(c));
    let day = &bare[before.len()..];
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let sized = parts.iter().all(|part| matches!(part.len(), 1 | 2 | 4));
    let gap = before.ends_with([' ', '[', '(', ']']);
    gap && before.chars().count() > 6 && (2..=3).contains(&parts.len()) && sized && day.len() >= 4
}

/// Whether a line begins 6月1日 or the like.
pub(super) fn opens_with_day(head: &str) -> bool {
    let rest = head.trim_start_matches(|c: char| CHINESE_DIGITS.contains(&c) || c == '年' || c == '-');
    let length = head.len() - rest.len();
    length > 0
        && length <= 24
        && (rest.starts_with('月') || rest.starts_with("日") || head[..length].contains('年'))
}

/// `一、`, `（二）`, `3.`, `(5)`, `01` at the beginning of a line.
pub(super) fn is_numbered(head: &str) -> bool {
    let inner = head.trim_start_matches(['(', '第']);
    let rest = inner.trim_start_matches(CHINESE_DIGITS);
    let length = inner.len() - rest.len();
    let marked = rest.starts_with(['、', ')', '.', ',']) || rest.starts_with(": ");
    length > 0
        && length <= 9
        && (marked || head.starts_with('第') && rest.starts_with(['章', '条', '部']))
        // 3.5 is a number, not an item.
        && !(rest.starts_with(['.', ',']) && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()))
}

/// Whether a line is a breadcrumb trail.
pub(super) fn is_trail(sketch: &Sketch) -> bool {
    let head = &sketch.head;
    sketch.stops == 0
        && !head.starts_with('>')
        && TRAIL_MARKS.iter().any(|mark| head.contains(*mark))
        && head.chars().count() > 3
}

/// Whether a line is two halves of about one length with a gap between.
pub(super) fn is_balanced(head: &str) -> bool {
    let mut halves = head.split(' ').filter(|half| !half.is_empty());
    let (Some(left), Some(right)) = (halves.next(), halves.next()) else { return false };
    let plain = |half: &str| half.chars().filter(|c| c.is_alphanumeric()).count();
    let (left, right) = (plain(left), plain(right));
    halves.next().is_none() && left >= 3 && left.abs_diff(right) <= 1 + left / 5
}
