//! Cutting one document into words.

use wenlei_model::Model;
use wenlei_proto::v1;
use wenlei_text::{Document, Encoding, Mode, Token};

use super::answer::{Locate, Spans};

/// A checked `SegmentRequest`, the document aside.
pub(super) struct Segmenting {
    pub(super) mode: Mode,
    pub(super) hmm: bool,
    pub(super) part_of_speech: bool,
    pub(super) remove_stop_words: bool,
    pub(super) encoding: Encoding,
}

impl Segmenting {
    pub(super) fn tokens(&self, model: &Model, original: &v1::Document) -> Vec<v1::Token> {
        let document = Document::new(&original.title, &original.text);
        let spans = Spans::new(&document, original, self.encoding);
        let terms = model.features().terms();
        let segmenter = terms.segmenter();
        let tokens: Vec<Token> = if self.part_of_speech {
            segmenter.tag(document.normalized(), self.hmm)
        } else {
            segmenter.segment(document.normalized(), self.mode, self.hmm)
        };
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
