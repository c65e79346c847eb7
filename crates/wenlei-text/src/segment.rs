//! Cutting normalised text into words with jieba.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use jieba_rs::{Jieba, TokenizeMode};

use crate::dictionary::UserDictionary;

/// The jieba-rs version the segmentation comes from; kept in the model file, because it changes between versions.
pub const JIEBA_VERSION: &str = "0.11.0";

/// The general dictionary, read once: it takes a quarter of a second and some 60 MB.
static GENERAL: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// How finely a text is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The most probable cut; tokens tile the text.
    #[default]
    Default,
    /// The same, and shorter words inside long ones before them.
    Search,
    /// Every word of the dictionary at every position; tokens overlap.
    All,
}

/// A word at its place in the segmented text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word.
    pub word: &'a str,
    /// Its bytes in the segmented text.
    pub range: Range<usize>,
    /// Part of speech in jieba's ICTCLAS-like tag set, when asked for.
    pub tag: Option<&'a str>,
}

/// A jieba with the words of one user dictionary. Clones share it.
#[derive(Clone, Debug)]
pub struct Segmenter {
    pub(crate) jieba: Arc<Jieba>,
}

impl Segmenter {
    /// The general dictionary and the words of `dictionary`.
    pub fn new(dictionary: &UserDictionary) -> Self {
        let mut jieba = GENERAL.clone();
        for entry in dictionary.entries() {
            jieba.add_word(&entry.word, entry.frequency, Some(&entry.tag));
        }
        Self { jieba: Arc::new(jieba) }
    }

    /// Cuts `text`. With `hmm`, words outside the dictionary are guessed from their characters; [`Mode::All`] never
    /// guesses.
    pub fn segment<'a>(&self, text: &'a str, mode: Mode, hmm: bool) -> Vec<Token<'a>> {
        let tokens = match mode {
            Mode::Default => self.jieba.tokenize(text, TokenizeMode::Default, hmm),
            Mode::Search => self.jieba.tokenize(text, TokenizeMode::Search, hmm),
            Mode::All => self.jieba.cut_all(text),
        };
        tokens
            .into_iter()
            .map(|token| Token { word: token.word, range: token.byte_start..token.byte_end, tag: None })
            .collect()
    }

    /// Cuts `text` as [`Mode::Default`] does and names each word's part of speech.
    pub fn tag<'a>(&'a self, text: &'a str, hmm: bool) -> Vec<Token<'a>> {
        self.jieba
            .tag(text, hmm)
            .into_iter()
            .map(|tag| Token { word: tag.word, range: tag.byte_start..tag.byte_end, tag: Some(tag.tag) })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
        tokens.iter().map(|token| token.word).collect()
    }

    #[test]
    fn a_user_word_stays_whole() {
        let text = "整治散乱污企业";
        let plain = Segmenter::new(&UserDictionary::default());
        assert_eq!(words(&plain.segment(text, Mode::Default, true)), ["整治", "散乱", "污", "企业"]);
        let dictionary = UserDictionary::parse("散乱污").unwrap();
        let taught = Segmenter::new(&dictionary);
        assert_eq!(words(&taught.segment(text, Mode::Default, true)), ["整治", "散乱污", "企业"]);
    }

    #[test]
    fn modes_differ_in_fineness() {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let text = "中华人民共和国";
        assert_eq!(words(&segmenter.segment(text, Mode::Default, true)), ["中华人民共和国"]);
        assert!(segmenter.segment(text, Mode::Search, true).len() > 1);
        let all = segmenter.segment(text, Mode::All, true);
        assert!(words(&all).contains(&"人民"), "{all:?}");
    }

    #[test]
    fn tags_name_the_part_of_speech() {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let tokens = segmenter.tag("检查企业", true);
        assert_eq!(tokens.iter().filter_map(|token| token.tag).collect::<Vec<_>>(), ["vn", "n"]);
    }
}
