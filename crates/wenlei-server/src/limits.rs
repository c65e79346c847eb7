//! What the server accepts.

/// The limits in force; each is published by `GetModel` and set by the flag of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one message.
    pub message_bytes: usize,
    /// Characters of one document, title and text together.
    pub document_characters: usize,
    /// Documents of one batch.
    pub batch_documents: usize,
    /// Bytes of all titles and texts of one batch.
    pub batch_bytes: usize,
    /// Features or keywords listed, and terms of an explanation for and against each topic.
    pub listed_terms: usize,
    /// Documents of one stream worked on at the same time.
    pub stream_documents: usize,
    /// Characters of each document that are written to the log.
    pub logged_characters: usize,
}
