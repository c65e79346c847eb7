//! Cutting one document into words.

use wenlei_model::Model;
use wenlei_proto::v1;
use wenlei_text::{Document, Encoding, Mode, Token};

use super::answer::{Locate, Spans};
use super::request::check;
use super::stages::Stages;
use crate::limits::Limits;
use crate::metrics::Stage;
use crate::status::RpcError;

/// A checked `SegmentRequest`, the document aside.
pub(super) struct Segmenting {
    mode: Mode,
    hmm: bool,
    part_of_speech: bool,
    remove_stop_words: bool,
    encoding: Encoding,
}

impl Segmenting {
    pub(super) fn check(
        request: v1::SegmentRequest,
        limits: &Limits,
    ) -> Result<(Self, v1::Document), RpcError> {
        check(limits, |checker| {
            let settings = Self {
                mode: checker.mode(request.mode, request.part_of_speech),
                hmm: request.hmm.unwrap_or(true),
                part_of_speech: request.part_of_speech,
                remove_stop_words: request.remove_stop_words,
                encoding: checker.encoding(request.encoding),
            };
            (settings, checker.document(request.document, "document"))
        })
    }

    pub(super) fn tokens(&self, model: &Model, original: &v1::Document, stages: &Stages) -> Vec<v1::Token> {
        let mut stopwatch = stages.stopwatch();
        let document = Document::new(&original.title, &original.text);
        stopwatch.lap(Stage::Normalize);
        let spans = Spans::new(&document, original, self.encoding);
        let terms = model.features().terms();
        let segmenter = terms.segmenter();
        let tokens: Vec<Token> = if self.part_of_speech {
            segmenter.tag(document.normalized(), self.hmm)
        } else {
            segmenter.segment(document.normalized(), self.mode, self.hmm)
        };
        stopwatch.lap(Stage::Segment);
        tokens
            .into_iter()
            .map(|token| v1::Token {
                span: Some(spans.span(&token.range)),
                text: token.word.to_owned(),
                part_of_speech: token.tag.unwrap_or_default().to_owned(),
                stop_word: terms.stop_words().contains(token.word),
            })
            .filter(|token| !(self.remove_stop_words && token.stop_word))
            .collect()
    }
}
