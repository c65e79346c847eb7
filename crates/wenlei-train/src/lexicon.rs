//! Which terms become features, and their inverse document frequencies.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use wenlei_model::features::{Families, FamilyFeatures};
use wenlei_model::{Family, TermExtractor, Vocabulary};
use wenlei_text::Document;

/// In how many documents each term of each family occurs.
type Counts = [FxHashMap<Box<str>, u32>; Family::ALL.len()];

/// The features of a corpus: terms in at least `min_documents` documents, with smoothed inverse document frequencies
/// `ln((1 + N) / (1 + df)) + 1`.
pub fn features(extractor: &TermExtractor, documents: &[Document], min_documents: u32) -> Families {
    let counts = count(extractor, documents);
    counts.map(|terms| family(terms, documents.len(), min_documents))
}

fn count(extractor: &TermExtractor, documents: &[Document]) -> Counts {
    let per_document: Vec<FxHashSet<(Family, &str)>> = documents
        .par_iter()
        .map(|document| {
            let mut terms = FxHashSet::default();
            extractor.for_each(document, |family, term, _| {
                terms.insert((family, term));
            });
            terms
        })
        .collect();
    let mut counts = Counts::default();
    for (family, term) in per_document.into_iter().flatten() {
        match counts[family as usize].get_mut(term) {
            Some(count) => *count += 1,
            None => {
                counts[family as usize].insert(term.into(), 1);
            }
        }
    }
    counts
}

fn family(counts: FxHashMap<Box<str>, u32>, documents: usize, min_documents: u32) -> FamilyFeatures {
    let mut kept: Vec<(Box<str>, u32)> =
        counts.into_iter().filter(|(_, count)| *count >= min_documents).collect();
    kept.sort_unstable();
    let idf = kept.iter().map(|(_, count)| idf(documents, *count)).collect();
    FamilyFeatures { vocabulary: Vocabulary::new(kept.into_iter().map(|(term, _)| term)), idf }
}

fn idf(documents: usize, containing: u32) -> f32 {
    (((1 + documents) as f64 / f64::from(1 + containing)).ln() + 1.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use wenlei_model::terms::TermSettings;
    use wenlei_text::{Segmenter, StopWords, UserDictionary};

    #[test]
    fn rare_terms_are_left_out_and_common_ones_weigh_less() {
        let segmenter = Segmenter::new(&UserDictionary::default());
        let extractor = TermExtractor::new(segmenter, StopWords::default(), TermSettings::default());
        let documents = ["安全 企业", "安全 企业", "安全 天气"].map(|text| Document::new("", text));
        let families = features(&extractor, &documents, 2);
        let words = &families[Family::Word as usize];
        assert_eq!(words.vocabulary.terms().join(" "), "企业 安全");
        assert!(words.idf[0] > words.idf[1]);
    }
}
