//! `wenlei`: reads documents and pages on the command line, in this process, with the built-in model or another.
//!
//! This program must not know how answers are computed; it reads files, asks `wenlei-model` and shows.

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::Parser;

mod commands;
mod input;
mod page_view;
mod width;

/// Says which topics Chinese local-government news is about.
///
/// A FILE of - is standard input.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    match Arguments::parse().command.run(&mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the answer has seen enough, as in `wenlei page FILE | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wenlei: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
