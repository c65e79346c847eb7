//! Passages of a long document: a report with a paragraph per topic must get all its topics.
//!
//! The features of a whole document average over its text, so a topic that fills one paragraph in ten drowns. A topic's
//! margin is therefore the greater of the whole document's and, less a penalty, the best passage's: a passage sees less
//! text and errs more. Passages are whole sentences, so that each can be shown as the evidence.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use wenlei_text::Document;

/// How documents are cut into passages.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PassageSettings {
    /// Characters after which a passage ends with its sentence; 0 for no passages at all.
    pub length: usize,
    /// What is taken off a passage's margin.
    pub penalty: f64,
}

impl Default for PassageSettings {
    fn default() -> Self {
        Self { length: 200, penalty: 0.2 }
    }
}

/// Marks that end a sentence in normalised text.
const SENTENCE_ENDS: [char; 6] = ['。', '!', '?', ';', '…', '\n'];

/// The passages of a document's body, in bytes of the normalised text. They tile the body; a document that would be a
/// single passage has none.
pub fn passages(document: &Document, settings: PassageSettings) -> Vec<Range<usize>> {
    let body = document.body();
    // A character takes at most four bytes: most documents are seen to be short without counting.
    if settings.length == 0 || body.len() <= settings.length {
        return Vec::new();
    }
    let mut ends = Vec::new();
    let mut characters = 0;
    for (position, c) in body.char_indices() {
        characters += 1;
        if characters >= settings.length && SENTENCE_ENDS.contains(&c) {
            ends.push(position + c.len_utf8());
            characters = 0;
        }
    }
    // What is left over is a passage of its own if it is at least half as long as one, else part of the last.
    if characters * 2 < settings.length {
        ends.pop();
    }
    if ends.is_empty() {
        return Vec::new();
    }
    ends.push(body.len());
    let offset = document.body_start();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, end)| offset + start..offset + end).collect()
}

/// The margins that count, and for each the passage it came from, `None` for the whole document.
pub fn combine(whole: &[f64], passages: &[Vec<f64>], penalty: f64) -> Vec<(f64, Option<usize>)> {
    whole
        .iter()
        .enumerate()
        .map(|(topic, margin)| {
            passages.iter().enumerate().fold((*margin, None), |best, (index, margins)| {
                let margin = margins[topic] - penalty;
                if margin > best.0 { (margin, Some(index)) } else { best }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_tile_the_body_and_end_with_sentences() {
        let text = "今天天气很好。".repeat(20);
        let document = Document::new("题", &text);
        let passages = passages(&document, PassageSettings { length: 30, penalty: 0.0 });
        assert_eq!(passages.len(), 4);
        assert_eq!(passages[0].start, document.body_start());
        assert_eq!(passages.last().map(|passage| passage.end), Some(document.normalized().len()));
        assert!(passages.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(passages.iter().all(|passage| document.normalized()[passage.clone()].ends_with('。')));
    }

    #[test]
    fn a_short_document_has_none() {
        let settings = PassageSettings { length: 30, penalty: 0.0 };
        assert!(passages(&Document::new("", "安全生产。"), settings).is_empty());
        assert!(passages(&Document::new("", &"安全生产。".repeat(8)), settings).is_empty());
        assert!(
            passages(
                &Document::new("", &"安全生产。".repeat(80)),
                PassageSettings { length: 0, penalty: 0.0 }
            )
            .is_empty()
        );
    }

    #[test]
    fn the_best_passage_counts_where_it_beats_the_whole() {
        let combined = combine(&[0.5, -1.0], &[vec![0.6, 0.4], vec![0.65, -2.0]], 0.2);
        assert_eq!(combined[0], (0.5, None));
        assert_eq!(combined[1].1, Some(0));
        assert!((combined[1].0 - 0.2).abs() < 1e-12);
    }
}
