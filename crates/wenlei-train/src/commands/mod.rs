//! The subcommands: what was typed, and which part of the library answers it.
#![allow(clippy::print_stdout, reason = "a command's answer goes to standard output")]

mod ablate;
mod background;
mod evaluate;
mod evaluate_pages;
mod fit;
mod fit_pages;
mod inspect;
mod tune;

use clap::Subcommand;

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a model, its card and its report from DIR/recipe.toml
    Fit(fit::Fit),
    /// Find out from unlabelled text which words go together
    Background(background::MakeBackground),
    /// Measure a model on labelled articles
    Evaluate(evaluate::Evaluate),
    /// Try other values for the settings of a recipe, by cross-validation
    Tune(tune::Tune),
    /// Measure what each part of the method is worth, on labelled articles
    Ablate(ablate::Ablate),
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
            Self::Background(command) => command.run(),
            Self::Evaluate(command) => command.run(),
            Self::Tune(command) => command.run(),
            Self::Ablate(command) => command.run(),
            Self::EvaluatePages(command) => command.run(),
            Self::FitPages(command) => command.run(),
            Self::Inspect(command) => command.run(),
        }
    }
}
