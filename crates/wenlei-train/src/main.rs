//! `wenlei-train`: makes models and measures them.

use std::process::ExitCode;

use clap::Parser;

mod commands;

/// Trains and measures wenlei models.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wenlei-train: {error:#}");
            ExitCode::FAILURE
        }
    }
}
