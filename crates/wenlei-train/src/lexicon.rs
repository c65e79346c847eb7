//! Which terms become features, and their inverse document frequencies.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use wenlei_model::features::{Families, FamilyFeatures};
use wenlei_model::{Family, TermExtractor, Vocabulary};
use wenlei_text::{Document, MaskedText};

use crate::progress::Progress;

/// In how many documents each term of each family occurs.
type Counts = [FxHashMap<Box<str>, u32>; Family::ALL.len()];

/// Texts whose terms are counted at once: what bounds the memory.
const CHUNK: usize = 1000;

/// The features of a collection: terms in at least `min_documents` of its documents, with smoothed inverse document
/// frequencies `ln((1 + N) / (1 + df)) + 1`. `document` makes a document of an item.
pub fn features<T: Sync>(
    extractor: &TermExtractor,
    items: &[T],
    document: impl Fn(&T) -> Document + Sync,
    min_documents: u32,
    progress: Progress,
) -> Families {
    let bar = progress.bar("terms", items.len() as u64);
    let mut counts = Counts::default();
    for chunk in items.chunks(CHUNK) {
        let documents: Vec<Document> = chunk.par_iter().map(&document).collect();
        count(extractor, &documents, &mut counts);
        bar.inc(chunk.len() as u64);
    }
    bar.finish();
    counts.map(|terms| family(terms, items.len(), min_documents))
}

/// Adds the documents that each term occurs in.
fn count(extractor: &TermExtractor, documents: &[Document], counts: &mut Counts) {
    let per_document: Vec<FxHashSet<(Family, Box<str>)>> = documents
        .par_iter()
        .map(|document| {
            let mut terms = FxHashSet::default();
            let text = MaskedText::new(document);
            extractor.for_each(&text, &extractor.words(&text), |family, term, _| {
                terms.insert((family, term.into()));
            });
            terms
        })
        .collect();
    for (family, term) in per_document.into_iter().flatten() {
        *counts[family as usize].entry(term).or_default() += 1;
    }
}

fn family(counts: FxHashMap<Box<str>, u32>, documents: usize, min_documents: u32) -> FamilyFeatures {
    let mut kept: Vec<(Box<str>, u32)> =
        counts.into_iter().filter(|(_, count)| *count >= min_documents).collect();
    kept.sort_unstable();
    let idf = kept.iter().map(|(_, count)| idf(documents, *count)).collect();
    FamilyFeatures { vocabulary: Vocabulary::new(kept.into_iter().map(|(term, _)| term)), idf }
}

/// The smoothed inverse document frequency of a term in `containing` of `documents` documents.
pub(crate) fn idf(documents: usize, containing: u32) -> f32 {
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
        let texts = ["安全 企业", "安全 企业", "安全 天气"];
        let families = features(&extractor, &texts, |text| Document::new("", text), 2, Progress::hidden());
        let words = &families[Family::Word as usize];
        assert_eq!(words.vocabulary.terms().join(" "), "企业 安全");
        assert!(words.idf[0] > words.idf[1]);
    }
}
