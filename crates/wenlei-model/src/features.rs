//! From terms to a vector: sublinear TF-IDF of weighted families, of length one.
//!
//! For a term of family `f` that occurs `n` times in the body and `m` times in the title of a document,
//! `value = w_f · tf · idf / norm` with `tf = 1 + ln(n + title_weight · m)` and the norm taken over all features (Manning,
//! Raghavan and Schütze 2008, *Introduction to Information Retrieval*, 6.4.1). Nothing depends on any other document.

use std::ops::Range;

use wenlei_text::Document;

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

/// One non-zero feature of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Place in the vector.
    pub index: u32,
    /// How often the term occurs.
    pub count: u32,
    /// Sublinear term frequency.
    pub tf: f32,
    /// Value in the vector.
    pub value: f32,
}

/// The features of a document by rising index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeatureVector {
    /// The non-zero features.
    pub features: Vec<Feature>,
}

/// The feature vectors of a document and of each of its passages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The document.
    pub whole: FeatureVector,
    /// Its passages in the normalised text.
    pub passages: Vec<(Range<usize>, FeatureVector)>,
}

impl FeatureVector {
    /// The `count` features of the greatest value, greatest first.
    pub fn heaviest(&self, count: usize) -> Vec<Feature> {
        let mut features = self.features.clone();
        features.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.index.cmp(&b.index)));
        features.truncate(count);
        features
    }
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

/// Computes feature vectors.
#[derive(Clone, Debug)]
pub struct FeatureExtractor {
    terms: TermExtractor,
    families: Families,
    /// Where each family begins in the vector, and the dimension at the end.
    starts: [u32; Family::ALL.len() + 1],
}

/// An occurrence of a term while features are counted: its index, and in the lowest bit whether it is in the title.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit(u64);

impl Hit {
    fn new(index: u32, in_title: bool) -> Self {
        Self(u64::from(index) << 1 | u64::from(in_title))
    }

    fn index(self) -> u32 {
        (self.0 >> 1) as u32
    }

    fn in_title(self) -> bool {
        self.0 & 1 == 1
    }
}

impl FeatureExtractor {
    /// An extractor of the given families.
    pub fn new(terms: TermExtractor, families: Families) -> Self {
        let mut starts = [0; Family::ALL.len() + 1];
        for (index, family) in families.iter().enumerate() {
            starts[index + 1] = starts[index] + family.vocabulary.len() as u32;
        }
        Self { terms, families, starts }
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
        self.vector(self.hits(document).into_iter().map(|(hit, _)| hit).collect())
    }

    /// The feature vectors of a document and of its passages.
    pub fn analyze(&self, document: &Document, settings: PassageSettings) -> Analysis {
        let ranges = passages(document, settings);
        let hits = self.hits(document);
        let mut inside: Vec<Vec<Hit>> = vec![Vec::new(); ranges.len()];
        for (hit, position) in hits.iter().filter(|(hit, _)| !ranges.is_empty() && !hit.in_title()) {
            let passage = ranges.partition_point(|range| range.end <= *position);
            inside[passage].push(*hit);
        }
        let vectors = inside.into_iter().map(|hits| self.vector(hits));
        let passages = ranges.into_iter().zip(vectors).collect();
        Analysis { whole: self.vector(hits.into_iter().map(|(hit, _)| hit).collect()), passages }
    }

    /// Every occurrence of a known term, and where it begins.
    fn hits(&self, document: &Document) -> Vec<(Hit, usize)> {
        let mut hits = Vec::with_capacity(document.normalized().len());
        let body_start = document.body_start();
        self.terms.for_each(document, |family, term, range| {
            let hit = self.index(family, term).map(|index| Hit::new(index, range.start < body_start));
            hits.extend(hit.map(|hit| (hit, range.start)));
        });
        hits
    }

    fn vector(&self, mut hits: Vec<Hit>) -> FeatureVector {
        hits.sort_unstable();
        let mut features: Vec<Feature> =
            hits.chunk_by(|a, b| a.index() == b.index()).map(|hits| self.feature(hits)).collect();
        normalize(&mut features);
        FeatureVector { features }
    }

    /// The places of every known term.
    pub fn occurrences(&self, document: &Document) -> Occurrences {
        let mut occurrences = Vec::new();
        self.terms.for_each(document, |family, term, range| {
            occurrences.extend(self.index(family, term).map(|index| (index, range)));
        });
        occurrences.sort_unstable_by_key(|(index, range): &(u32, Range<usize>)| (*index, range.start));
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
    /// product. Words of one character are too vague to be keywords.
    pub fn keywords(&self, vector: &FeatureVector, count: usize) -> Vec<(&str, f64)> {
        let words = self.starts[Family::Word as usize + 1];
        let mut keywords: Vec<(&str, f64)> = vector
            .features
            .iter()
            .take_while(|feature| feature.index < words)
            .map(|feature| {
                (self.term(feature.index).1, f64::from(feature.count) * f64::from(self.idf(feature.index)))
            })
            .filter(|(word, _)| word.chars().nth(1).is_some())
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

    /// The feature of all hits of one term, not normalised yet.
    fn feature(&self, hits: &[Hit]) -> Feature {
        let index = hits[0].index();
        let (family, position) = self.locate(index);
        let in_title = hits.iter().filter(|hit| hit.in_title()).count();
        let settings = self.terms.settings();
        let frequency = (hits.len() - in_title) as f64 + settings.title_weight * in_title as f64;
        let tf = (1.0 + frequency.ln()) as f32;
        let value = settings.weight(family) as f32 * tf * self.families[family as usize].idf[position];
        Feature { index, count: hits.len() as u32, tf, value }
    }
}

/// Scales a vector to length one.
fn normalize(features: &mut [Feature]) {
    let norm = features.iter().map(|feature| f64::from(feature.value).powi(2)).sum::<f64>().sqrt();
    if norm > 0.0 {
        let scale = (1.0 / norm) as f32;
        for feature in features {
            feature.value *= scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::TermSettings;
    use wenlei_text::{Segmenter, StopWords, UserDictionary};

    fn extractor() -> FeatureExtractor {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let settings = TermSettings { family_weights: [1.0, 0.5, 0.0, 0.0], title_weight: 2.0 };
        let terms = TermExtractor::new(segmenter, StopWords::default(), settings);
        let family = |terms: &[&str]| {
            let vocabulary = Vocabulary::new(terms.iter().copied());
            FamilyFeatures { idf: vec![2.0; vocabulary.len()], vocabulary }
        };
        FeatureExtractor::new(
            terms,
            [family(&["安全", "企业"]), family(&["企", "安", "全"]), family(&[]), family(&[])],
        )
    }

    #[test]
    fn a_vector_has_length_one_and_families_their_weights() {
        let vector = extractor().extract(&Document::new("", "企业安全,企业"));
        let length = vector.features.iter().map(|f| f.value * f.value).sum::<f32>().sqrt();
        assert!((length - 1.0).abs() < 1e-6);
        assert_eq!(vector.features.iter().map(|f| f.count).collect::<Vec<_>>(), [2, 1, 2, 1, 1]);
        assert!((vector.features[0].value / vector.features[2].value - 2.0).abs() < 1e-6);
    }

    #[test]
    fn an_occurrence_in_the_title_counts_as_often_as_the_settings_say() {
        let extractor = extractor();
        let in_title = extractor.extract(&Document::new("企业", "安全"));
        let twice = extractor.extract(&Document::new("", "企业企业安全"));
        let values = |vector: &FeatureVector| vector.features.iter().map(|f| f.value).collect::<Vec<_>>();
        assert_eq!(values(&in_title), values(&twice));
    }

    #[test]
    fn an_index_leads_back_to_its_term_and_its_places() {
        let extractor = extractor();
        assert_eq!(extractor.term(1), (Family::Word, "安全"));
        assert_eq!(extractor.term(2), (Family::OneCharacter, "企"));
        let occurrences = extractor.occurrences(&Document::new("", "企业安全,企业"));
        assert_eq!(occurrences.of(0).collect::<Vec<_>>(), [&(0..6), &(13..19)]);
        assert_eq!(occurrences.of(1).collect::<Vec<_>>(), [&(6..12)]);
    }

    #[test]
    fn unknown_terms_leave_an_empty_vector() {
        assert_eq!(extractor().extract(&Document::new("", "天气")), FeatureVector::default());
    }
}
