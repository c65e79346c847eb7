//! The topics of one document.

use std::time::{Duration, Instant};

use wenlei_proto::v1;
use wenlei_text::{Document, Encoding};

use super::answer::{self, Spans};
use crate::models::ServedModel;

/// A checked `ClassifyRequest`, the document aside.
pub(super) struct Classifying {
    pub(super) places: Vec<usize>,
    pub(super) explain: bool,
    pub(super) explain_terms: usize,
    pub(super) encoding: Encoding,
}

impl Classifying {
    pub(super) fn classify(&self, served: &ServedModel, original: &v1::Document) -> v1::ClassifyResponse {
        let start = Instant::now();
        let model = &served.model;
        let document = Document::new(&original.title, &original.text);
        let normalized = start.elapsed();
        let analysis = model.analyze(&document);
        let extracted = start.elapsed();
        let mut prediction = model.predict(&analysis);
        if self.explain {
            model.explain(&mut prediction, &document, &analysis, self.explain_terms);
        }
        let spans = Spans::new(&document, original, self.encoding);
        let prediction = answer::prediction(model, &prediction, &self.places, Some(&spans));
        let times = v1::StageTimes {
            normalize_us: microseconds(normalized),
            features_us: microseconds(extracted.saturating_sub(normalized)),
            score_us: microseconds(start.elapsed().saturating_sub(extracted)),
        };
        v1::ClassifyResponse {
            prediction: Some(prediction),
            model: Some(answer::identity(served)),
            times: Some(times),
        }
    }
}

fn microseconds(duration: Duration) -> u64 {
    duration.as_micros() as u64
}
