//! Where answers come from: a model in this process, or a server.
//!
//! Nothing outside this module must know which of them it is.

mod local;
mod remote;

use std::path::PathBuf;

use clap::Args;
use wenlei_text::Mode;

use crate::answer::{Classification, Features, Page, Word};
use local::Local;
use remote::{Connection, Remote};

/// Gives answers. Both sources give the same ones, bit for bit, when they hold the same model.
pub(crate) trait Source {
    /// The topics of a document, explained with up to so many terms for and against each if any number is given.
    fn classify(&self, title: &str, text: &str, explain: Option<u32>) -> anyhow::Result<Classification>;

    /// The words of a document.
    fn segment(&self, text: &str, cut: Cut) -> anyhow::Result<Vec<Word>>;

    /// The features of a document, of which so many are listed, and so many keywords.
    fn features(&self, text: &str, listed: u32, keywords: u32) -> anyhow::Result<Features>;

    /// The articles of a page and their topics, explained as those of a document.
    fn page(&self, text: &str, explain: Option<u32>) -> anyhow::Result<Page>;
}

/// How to cut a document into words.
#[derive(Clone, Copy)]
pub(crate) struct Cut {
    /// How finely.
    pub(crate) mode: Mode,
    /// Whether to name parts of speech; only with the default mode.
    pub(crate) parts_of_speech: bool,
    /// Whether to leave out stop words, punctuation and white space.
    pub(crate) no_stop_words: bool,
}

/// Whom to ask.
#[derive(Args)]
#[command(next_help_heading = "Whom to ask")]
pub(crate) struct SourceChoice {
    /// Server to ask, such as `http://127.0.0.1:50051`; without one, wenlei answers by itself. If the server wants a
    /// token, put it into the environment variable `WENLEI_TOKEN`
    #[arg(long, env = "WENLEI_SERVER", value_name = "URL", value_parser = remote::url)]
    server: Option<String>,
    /// PEM file with the authority that signed an https:// server's certificate; the system's authorities when not
    /// given
    #[arg(long, env = "WENLEI_TLS_CA", value_name = "FILE")]
    tls_ca: Option<PathBuf>,
    /// Model file, the built-in model when not given; with --server, the name of one of the server's models, its
    /// default one when not given
    #[arg(long, env = "WENLEI_MODEL", value_name = "MODEL")]
    model: Option<String>,
}

impl SourceChoice {
    /// Connects to the server, or reads and self-tests the model.
    pub(crate) fn open(self) -> anyhow::Result<Box<dyn Source>> {
        let Some(url) = self.server else { return Ok(Box::new(Local::open(self.model)?)) };
        let token = std::env::var("WENLEI_TOKEN").ok().filter(|token| !token.is_empty());
        let connection = Connection { url, authority: self.tls_ca, token };
        Ok(Box::new(Remote::open(connection, self.model.unwrap_or_default())?))
    }
}
