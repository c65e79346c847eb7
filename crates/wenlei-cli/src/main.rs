//! `wenlei`: reads documents and pages on the command line, with a model in this process or with a server.
//!
//! Files are read (`input`), a `source` gives answers of one plain type (`answer`), `commands` and `page_view` show them.
//! This program must not know how answers are computed.

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::Parser;

mod answer;
mod commands;
mod input;
mod page_view;
mod source;
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
