//! The topics of many documents.

use wenlei_proto::v1;
use wenlei_text::Document;

use super::answer;
use super::reading::read;
use super::request::check;
use super::stages::Stages;
use crate::limits::Limits;
use crate::metrics::Stage;
use crate::models::ServedModel;
use crate::status::RpcError;

/// A checked `BatchClassifyRequest`.
pub(super) struct Batching {
    places: Vec<usize>,
    pub(super) documents: Vec<v1::Document>,
}

impl Batching {
    pub(super) fn check(
        request: v1::BatchClassifyRequest,
        served: &ServedModel,
        limits: &Limits,
    ) -> Result<Self, RpcError> {
        check(limits, |checker| Self {
            places: checker.topics(&request.topics, served),
            documents: checker.documents(request.documents),
        })
    }

    pub(super) fn classify(
        &self,
        served: &ServedModel,
        portion: std::ops::Range<usize>,
        stages: &Stages,
    ) -> Vec<v1::Prediction> {
        let classify = |original: &v1::Document| {
            let mut stopwatch = stages.stopwatch();
            let document = Document::new(&original.title, &original.text);
            stopwatch.lap(Stage::Normalize);
            let (prediction, _) = read(&served.model, &document, None, &mut stopwatch);
            answer::prediction(&served.model, &prediction, &self.places, None)
        };
        self.documents[portion].iter().map(classify).collect()
    }
}
