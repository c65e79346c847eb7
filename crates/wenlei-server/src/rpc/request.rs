//! Checking requests. Every mistake is collected, so that a caller learns of all of them at once.

use wenlei_proto::v1;
use wenlei_text::{Encoding, Mode};

use crate::limits::Limits;
use crate::models::ServedModel;
use crate::status::{RpcError, Violation};

/// Terms of an explanation when the request doesn't say how many.
const DEFAULT_EXPLAIN_TERMS: u32 = 10;
/// Features listed when the request doesn't say how many.
const DEFAULT_TOP_K: u32 = 20;

/// Bytes of a document.
pub(super) fn size(document: &v1::Document) -> usize {
    document.title.len() + document.text.len()
}

/// Checks a request field by field; fails with everything that is wrong with it.
pub(super) fn check<T>(limits: &Limits, fields: impl FnOnce(&mut Checker) -> T) -> Result<T, RpcError> {
    let mut checker = Checker { limits, violations: Vec::new() };
    let checked = fields(&mut checker);
    if checker.violations.is_empty() { Ok(checked) } else { Err(RpcError::BadRequest(checker.violations)) }
}

/// Collects what is wrong with a request.
pub(super) struct Checker<'a> {
    limits: &'a Limits,
    violations: Vec<Violation>,
}

impl Checker<'_> {
    fn wrong(&mut self, field: impl Into<String>, problem: impl Into<String>) {
        self.violations.push(Violation::new(field, problem));
    }

    /// The document, which must be there, hold something, and not be too long.
    pub(super) fn document(&mut self, document: Option<v1::Document>, field: &str) -> v1::Document {
        let Some(document) = document else {
            self.wrong(field, "is required");
            return v1::Document::default();
        };
        if self.limits.logged_characters > 0 {
            let start = |text: &str| text.chars().take(self.limits.logged_characters).collect::<String>();
            tracing::info!(title = start(&document.title), text = start(&document.text), "document");
        }
        let limit = self.limits.document_characters;
        // A character takes at least a byte: most documents need no counting.
        let bytes = size(&document);
        let characters = || document.title.chars().count() + document.text.chars().count();
        if document.title.trim().is_empty() && document.text.trim().is_empty() {
            self.wrong(format!("{field}.text"), "is empty or white space only, and so is the title");
        } else if bytes > limit && characters() > limit {
            let problem = format!("has {} characters with its title, the limit is {limit}", characters());
            self.wrong(format!("{field}.text"), problem);
        }
        document
    }

    /// The text of a page, which may be empty but not too long.
    pub(super) fn page(&mut self, text: String) -> String {
        let limit = self.limits.document_characters;
        if text.len() > limit && text.chars().count() > limit {
            self.wrong("text", format!("has {} characters, the limit is {limit}", text.chars().count()));
        }
        text
    }

    /// The documents of a batch.
    pub(super) fn documents(&mut self, documents: Vec<v1::Document>) -> Vec<v1::Document> {
        let limit = self.limits.batch_documents;
        if documents.is_empty() {
            self.wrong("documents", "is empty");
        }
        if documents.len() > limit {
            self.wrong("documents", format!("has {} documents, the limit is {limit}", documents.len()));
            return Vec::new();
        }
        let bytes: usize = documents.iter().map(size).sum();
        if bytes > self.limits.batch_bytes {
            let limit = self.limits.batch_bytes;
            self.wrong("documents", format!("has {bytes} bytes of titles and texts, the limit is {limit}"));
        }
        let documents = documents.into_iter().enumerate();
        documents
            .map(|(index, document)| self.document(Some(document), &format!("documents[{index}]")))
            .collect()
    }

    /// The topics asked for as places in the model's list; all of them when none is named.
    pub(super) fn topics(&mut self, topics: &[String], served: &ServedModel) -> Vec<usize> {
        let known = served.model.topics();
        if topics.is_empty() {
            return (0..known.len()).collect();
        }
        let mut places = Vec::with_capacity(topics.len());
        for (index, topic) in topics.iter().enumerate() {
            if let Some(place) = known.iter().position(|known| known.id == *topic) {
                places.push(place);
            } else {
                let ids: Vec<&str> = known.iter().map(|topic| topic.id.as_str()).collect();
                let problem =
                    format!("{topic:?} is no topic of model {}; its topics: {}", served.id, ids.join(", "));
                self.wrong(format!("topics[{index}]"), problem);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The unit of the offsets.
    pub(super) fn encoding(&mut self, number: i32) -> Encoding {
        match v1::Encoding::try_from(number) {
            Ok(v1::Encoding::Unspecified | v1::Encoding::Utf8) => Encoding::Utf8,
            Ok(v1::Encoding::Utf16) => Encoding::Utf16,
            Ok(v1::Encoding::CodePoints) => Encoding::CodePoints,
            Err(_) => {
                self.wrong("encoding", format!("{number} is no value of wenlei.v1.Encoding"));
                Encoding::default()
            }
        }
    }

    /// How finely to cut.
    pub(super) fn mode(&mut self, number: i32, part_of_speech: bool) -> Mode {
        let mode = match v1::SegmentMode::try_from(number) {
            Ok(v1::SegmentMode::Unspecified | v1::SegmentMode::Default) => Mode::Default,
            Ok(v1::SegmentMode::Search) => Mode::Search,
            Ok(v1::SegmentMode::All) => Mode::All,
            Err(_) => {
                self.wrong("mode", format!("{number} is no value of wenlei.v1.SegmentMode"));
                Mode::Default
            }
        };
        if part_of_speech && mode != Mode::Default {
            self.wrong("part_of_speech", "parts of speech are known in SEGMENT_MODE_DEFAULT only");
        }
        mode
    }

    /// How many terms to list for and against a topic, if any are wanted.
    pub(super) fn explain_terms(&mut self, wanted: bool, number: Option<u32>) -> Option<usize> {
        let number = self.listed("explain_terms", number.unwrap_or(DEFAULT_EXPLAIN_TERMS));
        wanted.then_some(number)
    }

    /// How many features to list.
    pub(super) fn top_k(&mut self, number: Option<u32>) -> usize {
        self.listed("top_k", number.unwrap_or(DEFAULT_TOP_K))
    }

    /// How many of something to list.
    pub(super) fn listed(&mut self, field: &str, number: u32) -> usize {
        let limit = self.limits.listed_terms;
        if number as usize > limit {
            self.wrong(field, format!("is {number}, the limit is {limit}"));
        }
        number as usize
    }
}
