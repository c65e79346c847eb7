//! The subcommands.

mod classify;
mod features;
mod page;
mod segment;

use std::io::Write;

use clap::Subcommand;

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Say which topics documents carry: each FILE is one document
    Classify(classify::Classify),
    /// Split pages into articles and say which topics each carries
    Page(page::Page),
    /// Cut documents into words
    Segment(segment::Segment),
    /// Show the terms that the model sees in documents
    Features(features::Features),
}

impl Command {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        match self {
            Self::Classify(command) => command.run(out),
            Self::Page(command) => command.run(out),
            Self::Segment(command) => command.run(out),
            Self::Features(command) => command.run(out),
        }
    }
}
