//! Words that say nothing about a topic.

use rustc_hash::FxHashSet;

/// A set of words that features leave out.
#[derive(Clone, Debug, Default)]
pub struct StopWords {
    words: FxHashSet<Box<str>>,
}

impl StopWords {
    /// Reads words separated by white space; `#` begins a comment that ends with its line.
    pub fn parse(text: &str) -> Self {
        let words =
            text.lines().flat_map(|line| line.split('#').next().unwrap_or_default().split_whitespace());
        Self { words: words.map(Box::from).collect() }
    }

    /// Whether `word` is a stop word, or holds no letter, digit or ideograph at all (punctuation, white space).
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word) || !word.contains(char::is_alphanumeric)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_and_punctuation_are_stop_words() {
        let stop_words = StopWords::parse("的 了 # 助词\n和");
        for word in ["的", "了", "和", "，", " ", "\n"] {
            assert!(stop_words.contains(word), "{word:?}");
        }
        assert!(!stop_words.contains("助词"));
        assert!(!stop_words.contains("安全"));
    }
}
