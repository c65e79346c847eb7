//! `wenlei`: reads documents and pages on the command line, in this process, with the built-in model or another.
//!
//! This program must not know how answers are computed; it reads files, asks `wenlei-model` and shows.
#![allow(clippy::print_stdout, reason = "answers go to standard output")]

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
    match Arguments::parse().command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wenlei: {error:#}");
            ExitCode::FAILURE
        }
    }
}
