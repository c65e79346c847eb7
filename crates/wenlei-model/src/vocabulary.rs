//! The terms a model knows, one numbered list a family.

use rustc_hash::FxHashMap;

/// The known terms of one family, in rising order of their bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    terms: Vec<Box<str>>,
    positions: FxHashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// A vocabulary of `terms`, which are sorted and made unique, so that the order they come in doesn't matter.
    pub fn new<T: Into<Box<str>>>(terms: impl IntoIterator<Item = T>) -> Self {
        let mut terms: Vec<Box<str>> = terms.into_iter().map(Into::into).collect();
        terms.sort_unstable();
        terms.dedup();
        let positions = terms.iter().zip(0..).map(|(term, position)| (term.clone(), position)).collect();
        Self { terms, positions }
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The position of a term, below [`len`](Self::len).
    pub fn position(&self, term: &str) -> Option<u32> {
        self.positions.get(term).copied()
    }

    /// The terms by position.
    pub fn terms(&self) -> &[Box<str>] {
        &self.terms
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn positions_depend_on_the_terms_alone() {
        let vocabulary = Vocabulary::new(["水质", "安全", "水质"]);
        assert_eq!(vocabulary, Vocabulary::new(["安全", "水质"]));
        assert_eq!(vocabulary.len(), 2);
        assert_eq!(vocabulary.position("水质"), Some(1));
        assert_eq!(vocabulary.position("没有"), None);
    }
}
