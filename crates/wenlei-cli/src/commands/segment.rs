//! `wenlei segment`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wenlei_text::{Document, Mode};

use crate::input::{self, ModelChoice};

/// Cut documents into words.
#[derive(Args)]
pub(crate) struct Segment {
    /// Documents, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How finely to cut
    #[arg(long, value_enum, default_value = "default")]
    mode: Fineness,
    /// Name parts of speech
    #[arg(long)]
    tags: bool,
    /// Leave out stop words, punctuation and white space
    #[arg(long)]
    no_stop_words: bool,
    #[command(flatten)]
    model: ModelChoice,
}

#[derive(Clone, Copy, ValueEnum)]
enum Fineness {
    /// The most probable cut
    Default,
    /// The same, and shorter words inside long ones
    Search,
    /// Every dictionary word at every position
    All,
}

impl Segment {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let model = self.model.load()?;
        let terms = model.features().terms();
        let mode = match self.mode {
            Fineness::Default => Mode::Default,
            Fineness::Search => Mode::Search,
            Fineness::All => Mode::All,
        };
        for file in &self.files {
            let document = Document::new("", &input::read(file)?);
            let text = document.normalized();
            let segmenter = terms.segmenter();
            let tokens =
                if self.tags { segmenter.tag(text, true) } else { segmenter.segment(text, mode, true) };
            let kept = tokens
                .iter()
                .filter(|token| !(self.no_stop_words && terms.stop_words().contains(token.word)));
            let words: Vec<String> = kept
                .map(|token| token.tag.map_or(token.word.to_owned(), |tag| format!("{}/{tag}", token.word)))
                .collect();
            writeln!(out, "{}", words.join(" "))?;
        }
        Ok(())
    }
}
