//! What was typed, nothing checked yet.

use clap::{Parser, Subcommand};

/// Says which topics Chinese local-government news is about, over gRPC.
///
/// Without --model it serves the model that is built in.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// Address to serve gRPC on
    #[arg(long, env = "WENLEI_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDRESS")]
    pub listen: String,
    /// Model file to serve, or NAME=FILE to choose its name; may be given several times, the first is the default
    #[arg(long, env = "WENLEI_MODEL", value_delimiter = ',', value_name = "FILE")]
    pub model: Vec<String>,
    /// Longest document, in characters, title and text together
    #[arg(long, env = "WENLEI_DOCUMENT_CHARACTERS", default_value_t = 200_000, value_name = "N")]
    pub document_characters: usize,
    /// Most documents in one batch
    #[arg(long, env = "WENLEI_BATCH_DOCUMENTS", default_value_t = 1000, value_name = "N")]
    pub batch_documents: usize,
    /// Largest message, in bytes
    #[arg(long, env = "WENLEI_MESSAGE_BYTES", default_value_t = 8 << 20, value_name = "N")]
    pub message_bytes: usize,
    /// Something else than serving
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Something else than serving.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask a running server whether it is serving: exit code 0 when it is. A container's own health check
    Probe {
        /// Address of the server
        #[arg(long, env = "WENLEI_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDRESS")]
        addr: String,
    },
}
