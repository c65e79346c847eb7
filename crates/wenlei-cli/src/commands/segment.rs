//! `wenlei segment`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use wenlei_text::Mode;

use crate::answer::Word;
use crate::input;
use crate::source::{Cut, SourceChoice};

/// Cut documents into words.
#[derive(Args)]
pub(crate) struct Segment {
    /// Documents, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How finely to cut
    #[arg(long, value_enum, default_value = "default")]
    mode: Fineness,
    /// Name parts of speech; they are known of the default cut only
    #[arg(long, conflicts_with = "mode")]
    tags: bool,
    /// Leave out stop words, punctuation and white space
    #[arg(long)]
    no_stop_words: bool,
    #[command(flatten)]
    source: SourceChoice,
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
        let mode = match self.mode {
            Fineness::Default => Mode::Default,
            Fineness::Search => Mode::Search,
            Fineness::All => Mode::All,
        };
        let cut = Cut { mode, parts_of_speech: self.tags, no_stop_words: self.no_stop_words };
        let source = self.source.open()?;
        for file in &self.files {
            let text = input::read_document(file, "")?;
            let words = source.segment(&text, cut).with_context(|| file.display().to_string())?;
            let words: Vec<String> = words.into_iter().map(shown).collect();
            writeln!(out, "{}", words.join(" "))?;
        }
        Ok(())
    }
}

fn shown(word: Word) -> String {
    let Word { text, part_of_speech } = word;
    if part_of_speech.is_empty() { text } else { format!("{text}/{part_of_speech}") }
}
