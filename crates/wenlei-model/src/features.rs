//! From terms to a vector: sublinear TF-IDF, each family normalised and weighted for itself.
//!
//! For a term that occurs `n` times in a document, `value = w_f · (1 + ln n) · idf / ‖(1 + ln n) · idf‖_f`, the norm
//! taken over the family `f` and `w_f` its weight (Manning, Raghavan and Schütze 2008, *Introduction to Information
//! Retrieval*, 6.4.1). Nothing depends on any other document.

use std::ops::Range;

use wenlei_text::Document;

use crate::terms::{Family, TermExtractor};
use crate::vocabulary::Vocabulary;

/// The features of one family.
#[derive(Clone, Debug, Default)]
pub struct FamilyFeatures {
    /// The known terms.
    pub vocabulary: Vocabulary,
    /// Inverse document frequency by position in the vocabulary.
    pub idf: Vec<f32>,
    /// Length of the family's part of a vector.
    pub weight: f64,
}

/// One non-zero feature of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// Place in the vector.
    pub index: u32,
    /// Value in the vector.
    pub value: f32,
    /// How often the term occurs.
    pub count: u32,
}

/// The features of a document by rising index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeatureVector {
    /// The non-zero features.
    pub features: Vec<Feature>,
}

/// Where every known term of a document occurs, by rising index and then position.
pub type Occurrences = Vec<(u32, Range<usize>)>;

/// Computes feature vectors.
#[derive(Clone, Debug)]
pub struct FeatureExtractor {
    terms: TermExtractor,
    families: [FamilyFeatures; 2],
}

impl FeatureExtractor {
    /// An extractor of the given families, in the order of [`Family::ALL`].
    pub fn new(terms: TermExtractor, families: [FamilyFeatures; 2]) -> Self {
        Self { terms, families }
    }

    /// The finder of terms.
    pub fn terms(&self) -> &TermExtractor {
        &self.terms
    }

    /// The families, in the order of [`Family::ALL`].
    pub fn families(&self) -> &[FamilyFeatures; 2] {
        &self.families
    }

    /// Number of components of a vector: all families together.
    pub fn dimension(&self) -> usize {
        self.families.iter().map(|family| family.vocabulary.len()).sum()
    }

    /// The feature vector of a document.
    pub fn extract(&self, document: &Document) -> FeatureVector {
        let mut indices = Vec::with_capacity(document.normalized().len());
        self.terms.for_each(document, |family, term, _| indices.extend(self.index(family, term)));
        indices.sort_unstable();
        self.weigh(&indices)
    }

    /// The places of every known term.
    pub fn occurrences(&self, document: &Document) -> Occurrences {
        let mut occurrences = Occurrences::new();
        self.terms.for_each(document, |family, term, range| {
            occurrences.extend(self.index(family, term).map(|index| (index, range)));
        });
        occurrences.sort_unstable_by_key(|(index, range)| (*index, range.start));
        occurrences
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

    fn index(&self, family: Family, term: &str) -> Option<u32> {
        let position = self.families[family as usize].vocabulary.position(term)?;
        Some(self.first_index(family) + position)
    }

    fn first_index(&self, family: Family) -> u32 {
        match family {
            Family::Word => 0,
            Family::Characters => self.families[0].vocabulary.len() as u32,
        }
    }

    fn locate(&self, index: u32) -> (Family, usize) {
        let characters = self.first_index(Family::Characters);
        if index < characters {
            (Family::Word, index as usize)
        } else {
            (Family::Characters, (index - characters) as usize)
        }
    }

    /// Counts equal neighbours of `indices`, which are sorted, and weighs them.
    fn weigh(&self, indices: &[u32]) -> FeatureVector {
        let mut features: Vec<Feature> = indices
            .chunk_by(|a, b| a == b)
            .map(|equal| {
                let (index, count) = (equal[0], equal.len() as u32);
                Feature { index, value: tf(count) as f32 * self.idf(index), count }
            })
            .collect();
        let characters = features.partition_point(|feature| feature.index < self.first_index(Family::Characters));
        let (words, runs) = features.split_at_mut(characters);
        normalize(words, self.families[0].weight);
        normalize(runs, self.families[1].weight);
        FeatureVector { features }
    }
}

/// Sublinear term frequency.
pub fn tf(count: u32) -> f64 {
    1.0 + f64::from(count).ln()
}

/// Scales a family's part of a vector to the length `weight`.
fn normalize(features: &mut [Feature], weight: f64) {
    let norm = features.iter().map(|feature| f64::from(feature.value).powi(2)).sum::<f64>().sqrt();
    if norm > 0.0 {
        let scale = (weight / norm) as f32;
        features.iter_mut().for_each(|feature| feature.value *= scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::TermSettings;
    use wenlei_text::{Segmenter, StopWords, UserDictionary};

    fn extractor() -> FeatureExtractor {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let terms = TermExtractor::new(segmenter, StopWords::default(), TermSettings::default());
        let family = |terms: &[&str], weight| {
            let vocabulary = Vocabulary::new(terms.iter().copied());
            FamilyFeatures { idf: vec![2.0; vocabulary.len()], vocabulary, weight }
        };
        FeatureExtractor::new(terms, [family(&["安全", "企业"], 1.0), family(&["企", "安", "全"], 0.5)])
    }

    #[test]
    fn every_family_has_the_length_of_its_weight() {
        let extractor = extractor();
        let vector = extractor.extract(&Document::new("", "企业安全,企业"));
        let length = |features: &[Feature]| features.iter().map(|f| f.value * f.value).sum::<f32>().sqrt();
        assert!((length(&vector.features[..2]) - 1.0).abs() < 1e-6);
        assert!((length(&vector.features[2..]) - 0.5).abs() < 1e-6);
        assert_eq!(vector.features.iter().map(|f| f.count).collect::<Vec<_>>(), [2, 1, 2, 1, 1]);
    }

    #[test]
    fn an_index_leads_back_to_its_term_and_its_places() {
        let extractor = extractor();
        assert_eq!(extractor.term(1), (Family::Word, "安全"));
        assert_eq!(extractor.term(2), (Family::Characters, "企"));
        let occurrences = extractor.occurrences(&Document::new("", "企业安全,企业"));
        assert_eq!(occurrences[..3], [(0, 0..6), (0, 13..19), (1, 6..12)]);
    }

    #[test]
    fn unknown_terms_leave_an_empty_vector() {
        assert_eq!(extractor().extract(&Document::new("", "天气")), FeatureVector::default());
    }
}
