//! The terms of a document: what could become a feature.
//!
//! This module must not know which terms a model has learnt.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use wenlei_text::{MaskedText, Mode, Segmenter, StopWords, Token};

/// A kind of terms. Each has a vocabulary and a weight of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Words cut by jieba.
    Word,
    /// Single letters, digits and ideographs.
    OneCharacter,
    /// Two neighbouring characters, whatever the words.
    TwoCharacters,
    /// Three neighbouring characters.
    ThreeCharacters,
}

impl Family {
    /// Every family, in the order their features stand in a vector.
    pub const ALL: [Self; 4] = [Self::Word, Self::OneCharacter, Self::TwoCharacters, Self::ThreeCharacters];
    /// The families of characters, by rising length.
    const CHARACTERS: [Self; 3] = [Self::OneCharacter, Self::TwoCharacters, Self::ThreeCharacters];

    /// The name used in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::OneCharacter => "one_character",
            Self::TwoCharacters => "two_characters",
            Self::ThreeCharacters => "three_characters",
        }
    }
}

/// How terms are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TermSettings {
    /// Weight of each family, in the order of [`Family::ALL`]; a family of weight 0 is left out.
    pub family_weights: [f64; 4],
    /// Whether runs of characters reach across punctuation, spaces and the edges of lines, and hold them.
    pub across_punctuation: bool,
}

impl Default for TermSettings {
    fn default() -> Self {
        Self { family_weights: [1.0, 0.7, 0.7, 0.0], across_punctuation: false }
    }
}

impl TermSettings {
    /// Words and nothing else.
    pub fn words_only() -> Self {
        Self { family_weights: [1.0, 0.0, 0.0, 0.0], across_punctuation: false }
    }

    /// The weight of a family.
    pub fn weight(&self, family: Family) -> f64 {
        self.family_weights[family as usize]
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

    /// The words that are no keywords.
    pub fn stop_words(&self) -> &StopWords {
        &self.stop_words
    }

    /// How terms are weighed.
    pub fn settings(&self) -> &TermSettings {
        &self.settings
    }

    /// The words of a text; none if their family isn't in use.
    pub fn words<'a>(&self, text: &'a MaskedText) -> Vec<Token<'a>> {
        let used = self.settings.weight(Family::Word) > 0.0;
        if used { self.segmenter.segment(text.text(), Mode::Default, true) } else { Vec::new() }
    }

    /// Calls `visit` with the family, the text and the place in the masked text of every occurrence of every term of
    /// the families in use; `words` are those of [`Self::words`]. Punctuation and white space are no terms.
    pub fn for_each(
        &self,
        text: &MaskedText,
        words: &[Token],
        mut visit: impl FnMut(Family, &str, Range<usize>),
    ) {
        let text = text.text();
        for token in words.iter().filter(|token| token.word.contains(char::is_alphanumeric)) {
            visit(Family::Word, token.word, token.range.clone());
        }
        let lengths = Family::CHARACTERS.map(|family| (family, self.settings.weight(family) > 0.0));
        for run in runs(text, self.settings.across_punctuation) {
            if self.settings.across_punctuation {
                for_each_in_line(text, run, lengths, &mut visit);
            } else {
                for_each_in_run(&text[run.clone()], lengths, &mut |family, term, range| {
                    visit(family, term, run.start + range.start..run.start + range.end);
                });
            }
        }
    }
}

/// Stands for the edge of a line in runs that reach across punctuation: how a line begins and ends tells something.
const EDGE: char = '⏎';

/// Visits the runs of characters of a line and of its edges.
fn for_each_in_line(
    text: &str,
    line: Range<usize>,
    lengths: [(Family, bool); 3],
    visit: &mut impl FnMut(Family, &str, Range<usize>),
) {
    let edged = format!("{EDGE}{}{EDGE}", &text[line.clone()]);
    let original = |position: usize| line.start + position.saturating_sub(EDGE.len_utf8()).min(line.len());
    for_each_in_run(&edged, lengths, &mut |family, term, range| {
        visit(family, term, original(range.start)..original(range.end));
    });
}

/// Visits the runs of one, two and three characters that begin at each character of `run`, with their places in it.
fn for_each_in_run(
    run: &str,
    lengths: [(Family, bool); 3],
    visit: &mut impl FnMut(Family, &str, Range<usize>),
) {
    for (start, _) in run.char_indices() {
        for ((next, c), (family, used)) in run[start..].char_indices().zip(lengths) {
            let range = start..start + next + c.len_utf8();
            if used {
                visit(family, &run[range.clone()], range);
            }
        }
    }
}

/// The stretches of letters, digits and ideographs between punctuation and white space; the lines, if runs reach across.
fn runs(text: &str, across_punctuation: bool) -> impl Iterator<Item = Range<usize>> {
    let divides = move |c: char| if across_punctuation { c == '\n' } else { !c.is_alphanumeric() };
    text.split(divides).filter(|piece| !piece.is_empty()).map(move |piece| {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        start..start + piece.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wenlei_text::{Document, UserDictionary};

    fn terms(text: &str, family: Family) -> Vec<String> {
        terms_with(text, family, false)
    }

    fn terms_with(text: &str, family: Family, across_punctuation: bool) -> Vec<String> {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let settings = TermSettings { family_weights: [1.0; 4], across_punctuation };
        let extractor = TermExtractor::new(segmenter, StopWords::default(), settings);
        let masked = MaskedText::new(&Document::new("", text));
        let mut terms = Vec::new();
        extractor.for_each(&masked, &extractor.words(&masked), |of, term, range| {
            assert_eq!(&masked.text()[range], term.trim_matches(EDGE));
            if of == family {
                terms.push(term.to_owned());
            }
        });
        terms
    }

    #[test]
    fn words_leave_out_punctuation_and_numbers_are_all_alike() {
        assert_eq!(terms("企业的安全，生产", Family::Word), ["企业", "的", "安全", "生产"]);
        assert_eq!(terms("2.5亿元", Family::Word), terms("30亿元", Family::Word));
    }

    #[test]
    fn runs_of_characters_do_not_reach_across_punctuation() {
        assert_eq!(terms("安全，生", Family::OneCharacter), ["安", "全", "生"]);
        assert_eq!(terms("安全，生", Family::TwoCharacters), ["安全"]);
        assert_eq!(terms("安全，生", Family::ThreeCharacters), [""; 0]);
        assert_eq!(terms("第12次", Family::ThreeCharacters), ["第0次"]);
    }

    #[test]
    fn runs_reach_across_punctuation_where_asked_to_but_not_across_lines() {
        let expected = ["⏎安", "安,", ",全", "全⏎", "⏎生", "生⏎"];
        assert_eq!(terms_with("安，全\n生", Family::TwoCharacters, true), expected);
    }
}
