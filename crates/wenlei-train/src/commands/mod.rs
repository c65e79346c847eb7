//! The subcommands: what was typed, and which part of the library answers it.
#![allow(clippy::print_stdout, reason = "a command's answer goes to standard output")]

mod evaluate;
mod evaluate_pages;
mod fit;
mod fit_pages;
mod inspect;

use clap::Subcommand;

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a model: DIR/recipe.toml -> DIR/model.safetensors, DIR/MODEL_CARD.md, DIR/report.html
    Fit(fit::Fit),
    /// Measure a model on labelled articles
    Evaluate(evaluate::Evaluate),
    /// Measure the page splitter on pages whose articles are known: DIR/gold.json and the pages it names
    EvaluatePages(evaluate_pages::EvaluatePages),
    /// Learn the page splitter's numbers from labelled pages
    FitPages(fit_pages::FitPages),
    /// Show what a model file holds: topics, figures, heaviest terms
    Inspect(inspect::Inspect),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Fit(command) => command.run(),
            Self::Evaluate(command) => command.run(),
            Self::EvaluatePages(command) => command.run(),
            Self::FitPages(command) => command.run(),
            Self::Inspect(command) => command.run(),
        }
    }
}
