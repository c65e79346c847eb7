//! The topics of one document.

use std::time::Duration;

use wenlei_proto::v1;
use wenlei_text::{Document, Encoding};

use super::answer::{self, Spans};
use super::reading::read;
use super::request::check;
use super::stages::Stages;
use crate::limits::Limits;
use crate::metrics::Stage;
use crate::models::ServedModel;
use crate::status::RpcError;

/// A checked `ClassifyRequest` or `ClassifyPageRequest`, the text aside.
pub(super) struct Classifying {
    pub(super) places: Vec<usize>,
    /// How many terms to explain each margin with, if at all.
    pub(super) explain_terms: Option<usize>,
    pub(super) encoding: Encoding,
}

impl Classifying {
    pub(super) fn check(
        request: v1::ClassifyRequest,
        served: &ServedModel,
        limits: &Limits,
    ) -> Result<(Self, v1::Document), RpcError> {
        check(limits, |checker| {
            let settings = Self {
                places: checker.topics(&request.topics, served),
                explain_terms: checker.explain_terms(request.explain, request.explain_terms),
                encoding: checker.encoding(request.encoding),
            };
            (settings, checker.document(request.document, "document"))
        })
    }

    pub(super) fn classify(
        &self,
        served: &ServedModel,
        original: &v1::Document,
        stages: &Stages,
    ) -> v1::ClassifyResponse {
        let mut stopwatch = stages.stopwatch();
        let document = Document::new(&original.title, &original.text);
        let normalize = stopwatch.lap(Stage::Normalize);
        let (prediction, times) = read(&served.model, &document, self.explain_terms, &mut stopwatch);
        let spans = Spans::new(&document, original, self.encoding);
        v1::ClassifyResponse {
            prediction: Some(answer::prediction(&served.model, &prediction, &self.places, Some(&spans))),
            model: Some(answer::identity(served)),
            times: Some(v1::StageTimes {
                normalize_us: microseconds(normalize),
                features_us: microseconds(times.features),
                score_us: microseconds(times.score),
            }),
        }
    }
}

fn microseconds(duration: Duration) -> u64 {
    duration.as_micros() as u64
}
