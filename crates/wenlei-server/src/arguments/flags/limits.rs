//! What one request may hold.

use clap::Args;

/// What one request may hold.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits of requests")]
pub struct Limits {
    /// Largest message, in bytes
    #[arg(long, env = "WENLEI_MESSAGE_BYTES", default_value = "8388608", value_name = "N")]
    pub message_bytes: String,
    /// Longest document, in characters, title and text together
    #[arg(long, env = "WENLEI_DOCUMENT_CHARACTERS", default_value = "200000", value_name = "N")]
    pub document_characters: String,
    /// Most documents in one batch
    #[arg(long, env = "WENLEI_BATCH_DOCUMENTS", default_value = "1000", value_name = "N")]
    pub batch_documents: String,
    /// Most bytes of titles and texts in one batch
    #[arg(long, env = "WENLEI_BATCH_BYTES", default_value = "8388608", value_name = "N")]
    pub batch_bytes: String,
    /// Most features, keywords or terms of an explanation listed in one answer
    #[arg(long, env = "WENLEI_LISTED_TERMS", default_value = "1000", value_name = "N")]
    pub listed_terms: String,
    /// Documents of one stream worked on at the same time
    #[arg(long, env = "WENLEI_STREAM_DOCUMENTS", default_value = "16", value_name = "N")]
    pub stream_documents: String,
}
