//! What the server accepts.

/// The limits in force; each is published by `GetModel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one message.
    pub message_bytes: usize,
    /// Characters of one document, title and text together.
    pub document_characters: usize,
    /// Documents of one batch.
    pub batch_documents: usize,
    /// Features or keywords listed, and terms of an explanation for and against each topic.
    pub listed_terms: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: 8 << 20,
            document_characters: 200_000,
            batch_documents: 1000,
            listed_terms: 1000,
        }
    }
}
