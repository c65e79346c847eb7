//! The features of one document.

use wenlei_model::features::tf;
use wenlei_proto::v1;
use wenlei_text::{Document, Encoding};

use super::answer::{self, Locate, Spans};
use super::request::check;
use super::stages::Stages;
use crate::limits::Limits;
use crate::metrics::Stage;
use crate::models::ServedModel;
use crate::status::RpcError;

/// A checked `ExtractFeaturesRequest`, the document aside.
pub(super) struct Extracting {
    top_k: usize,
    include_vector: bool,
    keywords: usize,
    encoding: Encoding,
}

impl Extracting {
    pub(super) fn check(
        request: v1::ExtractFeaturesRequest,
        limits: &Limits,
    ) -> Result<(Self, v1::Document), RpcError> {
        check(limits, |checker| {
            let settings = Self {
                top_k: checker.top_k(request.top_k),
                include_vector: request.include_vector,
                keywords: checker.listed("keywords", request.keywords),
                encoding: checker.encoding(request.encoding),
            };
            (settings, checker.document(request.document, "document"))
        })
    }

    pub(super) fn features(
        &self,
        served: &ServedModel,
        original: &v1::Document,
        stages: &Stages,
    ) -> v1::ExtractFeaturesResponse {
        let model = &served.model;
        let mut stopwatch = stages.stopwatch();
        let document = Document::new(&original.title, &original.text);
        stopwatch.lap(Stage::Normalize);
        let extractor = model.features();
        let vector = extractor.extract(&document);
        let occurrences = extractor.occurrences(&document);
        stopwatch.lap(Stage::Features);
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
