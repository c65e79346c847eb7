//! Passages of a long document: a report with a paragraph per topic must get all its topics.
//!
//! The features of a whole document average over its text, so a topic that fills one paragraph in ten drowns. In a long
//! document the margin of a topic is therefore a mixture of the whole document's and the best passage's. Passages are
//! whole sentences and overlap by half, so that a paragraph is never cut in two without standing whole in a third.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How documents are cut into passages.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PassageSettings {
    /// Documents up to this many characters have no passages.
    pub longer_than: usize,
    /// Characters that a passage doesn't exceed, unless a sentence does.
    pub length: usize,
    /// Share of the best passage in the margin, 0 to 1; 0 for no passages at all.
    pub share: f64,
}

impl Default for PassageSettings {
    fn default() -> Self {
        Self { longer_than: 400, length: 180, share: 0.3 }
    }
}

/// Marks that end a sentence in normalised text.
const SENTENCE_ENDS: [char; 6] = ['。', '!', '?', ';', '…', '\n'];

/// A sentence: where it ends, in bytes, and its characters.
struct Sentence {
    end: usize,
    characters: usize,
}

/// The passages of a body, in bytes. There are none if the body is short.
pub fn passages(body: &str, settings: PassageSettings) -> Vec<Range<usize>> {
    // A character takes at least a byte: most bodies are seen to be short without counting.
    if settings.share == 0.0 || body.len() <= settings.longer_than {
        return Vec::new();
    }
    let sentences = sentences(body);
    if sentences.iter().map(|sentence| sentence.characters).sum::<usize>() <= settings.longer_than {
        return Vec::new();
    }
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut first = 0;
    loop {
        let (last, next) = extent(&sentences[first..], settings.length);
        let start = if first == 0 { 0 } else { sentences[first - 1].end };
        passages.push(start..sentences[first + last].end);
        if first + last + 1 == sentences.len() {
            return passages;
        }
        first += next;
    }
}

/// The last of `sentences` that a passage of `length` characters holds, and the one that the next passage begins with:
/// half a passage on.
fn extent(sentences: &[Sentence], length: usize) -> (usize, usize) {
    let mut characters = 0;
    let mut next = 1;
    for (index, sentence) in sentences.iter().enumerate() {
        if index > 0 && characters + sentence.characters > length {
            return (index - 1, next);
        }
        characters += sentence.characters;
        if characters * 2 <= length {
            next = index + 1;
        }
    }
    (sentences.len() - 1, next)
}

fn sentences(body: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut characters = 0;
    for (position, c) in body.char_indices() {
        characters += 1;
        if SENTENCE_ENDS.contains(&c) {
            sentences.push(Sentence { end: position + c.len_utf8(), characters });
            characters = 0;
        }
    }
    if characters > 0 {
        sentences.push(Sentence { end: body.len(), characters });
    }
    sentences
}

/// A margin and the passage that had part in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Combined {
    /// `(1 − share) · whole + share · best passage`.
    pub margin: f64,
    /// The best passage; `None` where there are no passages.
    pub passage: Option<usize>,
}

/// The margins of all topics: those of the whole document mixed with those of each topic's best passage.
pub fn combine(whole: &[f64], passages: &[Vec<f64>], share: f64) -> Vec<Combined> {
    let best = |topic: usize| {
        let margins = passages.iter().map(|margins| margins[topic]).enumerate();
        margins.reduce(|best, other| if other.1 > best.1 { other } else { best })
    };
    let mixture = |(topic, margin): (usize, &f64)| match best(topic) {
        Some((passage, best)) => {
            Combined { margin: (1.0 - share) * margin + share * best, passage: Some(passage) }
        }
        None => Combined { margin: *margin, passage: None },
    };
    whole.iter().enumerate().map(mixture).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: PassageSettings = PassageSettings { longer_than: 50, length: 30, share: 0.3 };

    #[test]
    fn passages_are_whole_sentences_that_overlap_and_cover_the_body() {
        let body = "今天天气很好。".repeat(20);
        let passages = passages(&body, SETTINGS);
        assert_eq!((passages[0].start, passages.last().map(|last| last.end)), (0, Some(body.len())));
        for passage in &passages {
            assert!(body[passage.clone()].starts_with('今') && body[passage.clone()].ends_with('。'));
            assert!(body[passage.clone()].chars().count() <= SETTINGS.length);
        }
        assert!(passages.windows(2).all(|pair| pair[0].start < pair[1].start && pair[1].start < pair[0].end));
    }

    #[test]
    fn a_sentence_longer_than_a_passage_is_one() {
        let body = format!("{}。短句。{}", "长".repeat(100), "尾".repeat(70));
        let passages = passages(&body, SETTINGS);
        assert_eq!(passages.len(), 3);
        assert_eq!(passages[0].end, "长".len() * 101);
    }

    #[test]
    fn a_short_body_has_none() {
        assert!(passages("", SETTINGS).is_empty());
        assert!(passages(&"安全生产。".repeat(10), SETTINGS).is_empty());
        assert!(passages(&"安全生产。".repeat(90), PassageSettings { share: 0.0, ..SETTINGS }).is_empty());
    }

    #[test]
    fn the_best_passage_of_each_topic_has_its_share() {
        let combined = combine(&[0.5, -1.0], &[vec![0.6, 1.0], vec![0.7, -2.0]], 0.25);
        assert_eq!(combined.iter().map(|topic| topic.passage).collect::<Vec<_>>(), [Some(1), Some(0)]);
        assert!((combined[0].margin - 0.55).abs() < 1e-12 && (combined[1].margin + 0.5).abs() < 1e-12);
        assert_eq!(combine(&[0.5], &[], 0.25), [Combined { margin: 0.5, passage: None }]);
    }
}
