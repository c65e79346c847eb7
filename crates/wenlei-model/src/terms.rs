//! The terms of a document: what could become a feature.
//!
//! This module must not know which terms a model has learnt.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use wenlei_text::{Document, Mode, Segmenter, StopWords};

/// A kind of terms. Each has a vocabulary of its own and is weighted as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Words cut by jieba, without stop words.
    Word,
    /// Runs of neighbouring letters, digits and ideographs, whatever the words.
    Characters,
}

impl Family {
    /// Every family, in the order their features stand in a vector.
    pub const ALL: [Self; 2] = [Self::Word, Self::Characters];

    /// The name used in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Characters => "characters",
        }
    }
}

/// Which terms are taken from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermSettings {
    /// Longest run of characters, in characters; 0 for none. Shorter runs are taken too.
    pub longest_run: usize,
}

impl Default for TermSettings {
    fn default() -> Self {
        Self { longest_run: 2 }
    }
}

/// Finds the terms of documents.
#[derive(Clone, Debug)]
pub struct TermExtractor {
    segmenter: Segmenter,
    stop_words: StopWords,
    settings: TermSettings,
}

impl TermExtractor {
    /// An extractor that cuts words with `segmenter`.
    pub fn new(segmenter: Segmenter, stop_words: StopWords, settings: TermSettings) -> Self {
        Self { segmenter, stop_words, settings }
    }

    /// The segmenter, for those who want words only.
    pub fn segmenter(&self) -> &Segmenter {
        &self.segmenter
    }

    /// The words that are no terms.
    pub fn stop_words(&self) -> &StopWords {
        &self.stop_words
    }

    /// Calls `visit` with the family, the text and the place in the normalised text of every occurrence of every
    /// term, family by family.
    pub fn for_each<'a>(&self, document: &'a Document, mut visit: impl FnMut(Family, &'a str, Range<usize>)) {
        let text = document.normalized();
        for token in self.segmenter.segment(text, Mode::Default, true) {
            if !self.stop_words.contains(token.word) {
                visit(Family::Word, token.word, token.range);
            }
        }
        for run in runs(text) {
            self.for_each_in_run(text, run, &mut visit);
        }
    }

    fn for_each_in_run<'a>(
        &self,
        text: &'a str,
        run: Range<usize>,
        visit: &mut impl FnMut(Family, &'a str, Range<usize>),
    ) {
        for (offset, _) in text[run.clone()].char_indices() {
            let start = run.start + offset;
            for (next, c) in text[start..run.end].char_indices().take(self.settings.longest_run) {
                let range = start..start + next + c.len_utf8();
                visit(Family::Characters, &text[range.clone()], range);
            }
        }
    }
}

/// The stretches of letters, digits and ideographs between punctuation and white space.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).map(move |piece| {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        start..start + piece.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wenlei_text::UserDictionary;

    fn terms(text: &str, family: Family) -> Vec<String> {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let extractor = TermExtractor::new(segmenter, StopWords::parse("的"), TermSettings::default());
        let document = Document::new("", text);
        let mut terms = Vec::new();
        extractor.for_each(&document, |of, term, range| {
            assert_eq!(&document.normalized()[range], term);
            if of == family {
                terms.push(term.to_owned());
            }
        });
        terms
    }

    #[test]
    fn words_leave_out_stop_words_and_punctuation() {
        assert_eq!(terms("企业的安全，生产", Family::Word), ["企业", "安全", "生产"]);
    }

    #[test]
    fn runs_of_characters_do_not_reach_across_punctuation() {
        assert_eq!(terms("安全，生", Family::Characters), ["安", "安全", "全", "生"]);
    }
}
