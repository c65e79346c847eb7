//! `wenlei-server`: serves trained models over gRPC.

use std::process::ExitCode;

use wenlei_server::arguments::{ArgumentsError, Command, Typed};
use wenlei_server::config::Config;
use wenlei_server::metrics::Metrics;
use wenlei_server::{app, logging, probe};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit code for a wrong command line, as in `sysexits.h`.
const USAGE: u8 = 64;

#[allow(clippy::print_stdout, reason = "--print-config answers on standard output")]
fn main() -> ExitCode {
    let typed = match Typed::read(std::env::args_os()) {
        Ok(typed) => typed,
        Err(ArgumentsError::CommandLine(end)) if !end.use_stderr() => end.exit(),
        Err(mistake) => return usage(&mistake),
    };
    if let Some(Command::Probe(flags)) = &typed.arguments.command {
        return probe::run(flags);
    }
    let config = match Config::new(&typed.arguments) {
        Ok(config) => config,
        Err(mistakes) => return usage(&mistakes),
    };
    if typed.arguments.print_config {
        println!("{}", typed.to_toml());
        return ExitCode::SUCCESS;
    }
    let log_level = logging::start(&config.logging);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "wenlei-server");
    let metrics = Metrics::new();
    match app::runtime().and_then(|runtime| runtime.block_on(app::run(config, metrics, log_level))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage(mistake: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("{mistake}");
    ExitCode::from(USAGE)
}
