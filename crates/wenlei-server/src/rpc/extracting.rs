//! The features of one document.

use wenlei_model::features::tf;
use wenlei_proto::v1;
use wenlei_text::{Document, Encoding};

use super::answer::{self, Locate, Spans};
use crate::models::ServedModel;

/// A checked `ExtractFeaturesRequest`, the document aside.
pub(super) struct Extracting {
    pub(super) top_k: usize,
    pub(super) include_vector: bool,
    pub(super) keywords: usize,
    pub(super) encoding: Encoding,
}

impl Extracting {
    pub(super) fn features(
        &self,
        served: &ServedModel,
        original: &v1::Document,
    ) -> v1::ExtractFeaturesResponse {
        let model = &served.model;
        let document = Document::new(&original.title, &original.text);
        let extractor = model.features();
        let vector = extractor.extract(&document);
        let occurrences = extractor.occurrences(&document);
        let spans = Spans::new(&document, original, self.encoding);
        let features = vector.heaviest(self.top_k).into_iter().map(|feature| {
            let (family, term) = extractor.term(feature.index);
            v1::Feature {
                term: term.to_owned(),
                family: answer::family(family).into(),
                index: feature.index,
                count: feature.count,
                tf: tf(feature.count),
                idf: f64::from(extractor.idf(feature.index)),
                weight: f64::from(feature.value),
                spans: spans.spans(&mut occurrences.of(feature.index)),
            }
        });
        let keywords = extractor.keywords(&vector, self.keywords).into_iter();
        v1::ExtractFeaturesResponse {
            features: features.collect(),
            vector: self.include_vector.then(|| v1::SparseVector {
                dimension: extractor.dimension() as u32,
                indices: vector.features.iter().map(|feature| feature.index).collect(),
                values: vector.features.iter().map(|feature| feature.value).collect(),
            }),
            keywords: keywords.map(|(word, score)| v1::Keyword { word: word.to_owned(), score }).collect(),
            model: Some(answer::identity(served)),
        }
    }
}
