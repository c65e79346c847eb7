//! Sharing segmenters: each holds a general dictionary of some 60 MB, so models with the same words should use one.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use jieba_rs::Jieba;

use crate::dictionary::UserDictionary;
use crate::segment::Segmenter;

/// The segmenters in use, by dictionary. One that nobody holds any more is let go.
#[derive(Debug, Default)]
pub struct Segmenters(Mutex<Vec<(UserDictionary, Weak<Jieba>)>>);

impl Segmenters {
    /// The segmenter with the words of `dictionary`; made if nobody holds it.
    pub fn get(&self, dictionary: &UserDictionary) -> Segmenter {
        // Held while one is made: who asks for the same meanwhile had better wait for it.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(_, jieba)| jieba.strong_count() > 0);
        let found = known.iter().find(|(other, _)| other == dictionary);
        if let Some(jieba) = found.and_then(|(_, jieba)| jieba.upgrade()) {
            return Segmenter { jieba };
        }
        let segmenter = Segmenter::new(dictionary);
        known.push((dictionary.clone(), Arc::downgrade(&segmenter.jieba)));
        segmenter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_share_a_segmenter_while_somebody_holds_it() {
        let segmenters = Segmenters::default();
        let dictionary = UserDictionary::parse("散乱污").unwrap();
        let first = segmenters.get(&dictionary);
        assert!(Arc::ptr_eq(&first.jieba, &segmenters.get(&dictionary).jieba));
        let other = segmenters.get(&UserDictionary::default());
        assert!(!Arc::ptr_eq(&first.jieba, &other.jieba));
        drop(first);
        segmenters.get(&UserDictionary::default());
        assert_eq!(segmenters.0.lock().unwrap().len(), 1, "what nobody holds is let go");
    }
}
