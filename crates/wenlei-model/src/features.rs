//! From terms to a vector: sublinear TF-IDF of weighted families, of length one.
//!
//! For a term of family `f` that occurs `n` times in a text, `value = w_f · (1 + ln n) · idf / norm` (Manning, Raghavan
//! and Schütze 2008, *Introduction to Information Retrieval*, 6.4.1). The norm is taken over all terms of the text, those
//! the model doesn't know included: a text that is mostly strange to the model gets small margins. Nothing depends on
//! any other document.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;
use wenlei_text::{Document, MaskedText, Token};

use crate::passages::{PassageSettings, passages};
use crate::terms::{Family, TermExtractor};
use crate::vocabulary::Vocabulary;

/// The known terms of one family.
#[derive(Clone, Debug, Default)]
pub struct FamilyFeatures {
    /// The terms.
    pub vocabulary: Vocabulary,
    /// Inverse document frequency by position in the vocabulary.
    pub idf: Vec<f32>,
}

/// All families, in the order of [`Family::ALL`].
pub type Families = [FamilyFeatures; Family::ALL.len()];

/// One non-zero feature of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Place in the vector.
    pub index: u32,
    /// How often the term occurs.
    pub count: u32,
    /// Value in the vector.
    pub value: f32,
}

/// The features of a text by rising index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeatureVector {
    /// The non-zero features.
    pub features: Vec<Feature>,
}

impl FeatureVector {
    /// The `count` features of the greatest value, greatest first.
    pub fn heaviest(&self, count: usize) -> Vec<Feature> {
        let mut features = self.features.clone();
        features.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.index.cmp(&b.index)));
        features.truncate(count);
        features
    }

    /// `(1 − share) · self + share · other`.
    #[must_use]
    pub fn mixed_with(&self, other: &Self, share: f64) -> Self {
        let scaled = |vector: &Self, scale: f64| {
            let scale = move |feature: &Feature| Feature {
                value: (f64::from(feature.value) * scale) as f32,
                ..*feature
            };
            vector.features.iter().map(scale).collect::<Vec<_>>()
        };
        let mut features = [scaled(self, 1.0 - share), scaled(other, share)].concat();
        features.sort_by_key(|feature| feature.index);
        let sum =
            |pair: &[Feature]| Feature { value: pair.iter().map(|feature| feature.value).sum(), ..pair[0] };
        Self { features: features.chunk_by(|a, b| a.index == b.index).map(sum).collect() }
    }
}

/// The feature vectors of a document and of each of its passages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The document.
    pub whole: FeatureVector,
    /// Its passages in the normalised text; none if it is short.
    pub passages: Vec<(Range<usize>, FeatureVector)>,
}

/// Where every known term of a document occurs, by rising index and then position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Occurrences(Vec<(u32, Range<usize>)>);

impl Occurrences {
    /// The places of one term in the normalised text.
    pub fn of(&self, index: u32) -> impl Iterator<Item = &Range<usize>> {
        let first = self.0.partition_point(|(other, _)| *other < index);
        self.0[first..].iter().take_while(move |(other, _)| *other == index).map(|(_, range)| range)
    }
}

/// An occurrence of a term. Known terms sort before unknown ones, by index; of an unknown term, a hash must do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hit {
    Known(u32),
    Unknown(Family, u64),
}

/// Computes feature vectors.
#[derive(Clone, Debug)]
pub struct FeatureExtractor {
    terms: TermExtractor,
    families: Families,
    /// Inverse document frequency of terms that are not in the vocabulary.
    unknown_idf: f32,
    /// Where each family begins in the vector, and the dimension at the end.
    starts: [u32; Family::ALL.len() + 1],
}

impl FeatureExtractor {
    /// An extractor of the given families; terms of none weigh `unknown_idf` in the norm.
    pub fn new(terms: TermExtractor, families: Families, unknown_idf: f32) -> Self {
        let mut starts = [0; Family::ALL.len() + 1];
        for (index, family) in families.iter().enumerate() {
            starts[index + 1] = starts[index] + family.vocabulary.len() as u32;
        }
        Self { terms, families, unknown_idf, starts }
    }

    /// The finder of terms.
    pub fn terms(&self) -> &TermExtractor {
        &self.terms
    }

    /// The known terms.
    pub fn families(&self) -> &Families {
        &self.families
    }

    /// Number of components of a vector: all families together.
    pub fn dimension(&self) -> usize {
        self.starts[Family::ALL.len()] as usize
    }

    /// The feature vector of a document.
    pub fn extract(&self, document: &Document) -> FeatureVector {
        let text = MaskedText::new(document);
        let hits = self.hits(&text, &self.terms.words(&text));
        self.vector(hits.into_iter().map(|(hit, _)| hit).collect())
    }

    /// The feature vectors of a document and of its passages.
    pub fn analyze(&self, document: &Document, settings: PassageSettings) -> Analysis {
        let text = MaskedText::new(document);
        self.analyze_words(&text, &self.terms.words(&text), settings)
    }

    /// As [`Self::analyze`], for a text that was cut into words before ([`TermExtractor::words`]).
    pub fn analyze_words(&self, text: &MaskedText, words: &[Token], settings: PassageSettings) -> Analysis {
        let mut hits = self.hits(text, words);
        // By position each passage is one stretch; looking through all hits for each would be quadratic.
        hits.sort_unstable_by_key(|(_, position)| *position);
        let body_start = text.body_start();
        let passages = passages(&text.text()[body_start..], settings).into_iter().map(|passage| {
            let passage = body_start + passage.start..body_start + passage.end;
            let before = |end: usize| hits.partition_point(|(_, position)| *position < end);
            let inside = &hits[before(passage.start)..before(passage.end)];
            let vector = self.vector(inside.iter().map(|(hit, _)| *hit).collect());
            (text.normalized(passage), vector)
        });
        let passages = passages.collect();
        Analysis { whole: self.vector(hits.into_iter().map(|(hit, _)| hit).collect()), passages }
    }

    /// The places of every known term.
    pub fn occurrences(&self, document: &Document) -> Occurrences {
        let text = MaskedText::new(document);
        let mut occurrences: Vec<(u32, Range<usize>)> = Vec::new();
        self.terms.for_each(&text, &self.terms.words(&text), |family, term, range| {
            occurrences.extend(self.index(family, term).map(|index| (index, text.normalized(range))));
        });
        occurrences.sort_unstable_by_key(|(index, range)| (*index, range.start));
        Occurrences(occurrences)
    }

    /// The family and the term behind a place in the vector.
    pub fn term(&self, index: u32) -> (Family, &str) {
        let (family, position) = self.locate(index);
        (family, &self.families[family as usize].vocabulary.terms()[position])
    }

    /// The inverse document frequency behind a place in the vector.
    pub fn idf(&self, index: u32) -> f32 {
        let (family, position) = self.locate(index);
        self.families[family as usize].idf[position]
    }

    /// The `count` words that characterise a document best, by frequency times inverse document frequency, with that
    /// product. Stop words and words of one character are no keywords.
    pub fn keywords(&self, vector: &FeatureVector, count: usize) -> Vec<(&str, f64)> {
        let words = self.starts[Family::Word as usize + 1];
        let mut keywords: Vec<(&str, f64)> = vector
            .features
            .iter()
            .take_while(|feature| feature.index < words)
            .map(|feature| {
                (self.term(feature.index).1, f64::from(feature.count) * f64::from(self.idf(feature.index)))
            })
            .filter(|(word, _)| word.chars().nth(1).is_some() && !self.terms.stop_words().contains(word))
            .collect();
        keywords.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        keywords.truncate(count);
        keywords
    }

    fn index(&self, family: Family, term: &str) -> Option<u32> {
        let position = self.families[family as usize].vocabulary.position(term)?;
        Some(self.starts[family as usize] + position)
    }

    fn locate(&self, index: u32) -> (Family, usize) {
        let family = self.starts.partition_point(|start| *start <= index) - 1;
        (Family::ALL[family], (index - self.starts[family]) as usize)
    }

    /// Every occurrence of a term and where it begins in the masked text.
    fn hits(&self, text: &MaskedText, words: &[Token]) -> Vec<(Hit, usize)> {
        let mut hits = Vec::with_capacity(text.text().len());
        self.terms.for_each(text, words, |family, term, range| {
            let hit = self.index(family, term).map_or_else(|| Hit::Unknown(family, hash(term)), Hit::Known);
            hits.push((hit, range.start));
        });
        hits
    }

    /// The vector of a text's hits.
    fn vector(&self, mut hits: Vec<Hit>) -> FeatureVector {
        hits.sort_unstable();
        let mut squares = 0.0;
        let mut features = Vec::new();
        for equal in hits.chunk_by(|a, b| a == b) {
            let count = equal.len() as u32;
            let value = self.weigh(equal[0], count);
            squares += f64::from(value).powi(2);
            if let Hit::Known(index) = equal[0] {
                features.push(Feature { index, count, value });
            }
        }
        let scale = (1.0 / squares.sqrt()) as f32;
        for feature in &mut features {
            feature.value *= scale;
        }
        FeatureVector { features }
    }

    /// `w_f · tf · idf` of a term that occurs `count` times.
    fn weigh(&self, hit: Hit, count: u32) -> f32 {
        let (family, idf) = match hit {
            Hit::Known(index) => (self.locate(index).0, self.idf(index)),
            Hit::Unknown(family, _) => (family, self.unknown_idf),
        };
        self.terms.settings().weight(family) as f32 * tf(count) as f32 * idf
    }
}

/// Sublinear term frequency, `1 + ln count`.
pub fn tf(count: u32) -> f64 {
    1.0 + f64::from(count).ln()
}

fn hash(term: &str) -> u64 {
    let mut hasher = FxHasher::default();
    term.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::TermSettings;
    use wenlei_text::{Segmenter, StopWords, UserDictionary};

    fn extractor() -> FeatureExtractor {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let settings = TermSettings { family_weights: [1.0, 0.5, 0.0, 0.0], ..TermSettings::default() };
        let terms = TermExtractor::new(segmenter, StopWords::parse("的"), settings);
        let family = |terms: &[&str]| {
            let vocabulary = Vocabulary::new(terms.iter().copied());
            FamilyFeatures { idf: vec![2.0; vocabulary.len()], vocabulary }
        };
        let families =
            [family(&["安全", "企业"]), family(&["企", "业", "安", "全"]), family(&[]), family(&[])];
        FeatureExtractor::new(terms, families, 3.0)
    }

    fn vector(text: &str) -> FeatureVector {
        extractor().extract(&Document::new("", text))
    }

    fn length(vector: &FeatureVector) -> f32 {
        vector.features.iter().map(|feature| feature.value * feature.value).sum::<f32>().sqrt()
    }

    #[test]
    fn a_vector_has_length_one_and_families_their_weights() {
        let vector = vector("企业安全,企业");
        assert!((length(&vector) - 1.0).abs() < 1e-6);
        assert_eq!(vector.features.iter().map(|f| f.count).collect::<Vec<_>>(), [2, 1, 2, 2, 1, 1]);
        let weight = |index: usize| vector.features[index].value;
        assert!((weight(0) / weight(2) - 2.0).abs() < 1e-6);
    }

    #[test]
    fn unknown_terms_shorten_the_known_part() {
        assert!(length(&vector("企业安全,天气")) < 0.9);
        assert_eq!(vector("天气"), FeatureVector::default());
        assert_eq!(vector(""), FeatureVector::default());
    }

    #[test]
    fn an_index_leads_back_to_its_term_and_its_places() {
        let extractor = extractor();
        assert_eq!(extractor.term(1), (Family::Word, "安全"));
        assert_eq!(extractor.term(2), (Family::OneCharacter, "业"));
        let occurrences = extractor.occurrences(&Document::new("", "企业安全,企业"));
        assert_eq!(occurrences.of(0).collect::<Vec<_>>(), [&(0..6), &(13..19)]);
        assert_eq!(occurrences.of(1).collect::<Vec<_>>(), [&(6..12)]);
    }

    #[test]
    fn a_mixture_adds_value_by_value() {
        let (a, b) = (vector("企业"), vector("安全"));
        let mixed = a.mixed_with(&b, 0.25);
        assert_eq!(mixed.features.len(), a.features.len() + b.features.len());
        let of = |vector: &FeatureVector, index: u32| {
            vector.features.iter().find(|feature| feature.index == index).map_or(0.0, |feature| feature.value)
        };
        assert!((of(&mixed, 0) - 0.75 * of(&a, 0)).abs() < 1e-6);
        assert!((of(&mixed, 1) - 0.25 * of(&b, 1)).abs() < 1e-6);
    }

    #[test]
    fn passages_see_their_own_text_only() {
        let text = format!("{}{}", "企业好。".repeat(30), "安全好。".repeat(30));
        let settings = PassageSettings { longer_than: 100, length: 40, share: 0.3 };
        let analysis = extractor().analyze(&Document::new("安全", &text), settings);
        let knows = |vector: &FeatureVector, index: u32| vector.features.iter().any(|f| f.index == index);
        let (first, last) = (&analysis.passages[0].1, &analysis.passages[analysis.passages.len() - 1].1);
        assert!(knows(first, 0) && !knows(first, 1));
        assert!(knows(last, 1) && !knows(last, 0));
        assert!(knows(&analysis.whole, 0) && knows(&analysis.whole, 1));
    }
}
