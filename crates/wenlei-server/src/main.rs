//! `wenlei-server`: serves trained models over gRPC.

use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use tokio::net::TcpListener;
use wenlei_server::arguments::{Arguments, Command};
use wenlei_server::config::Config;
use wenlei_server::models::Models;
use wenlei_server::{probe, server};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit code for a wrong command line, as in `sysexits.h`.
const USAGE: u8 = 64;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(Command::Probe { addr }) = &arguments.command {
        return probe::run(addr).await;
    }
    server::start_logging();
    let config = match Config::new(&arguments) {
        Ok(config) => config,
        Err(mistakes) => {
            eprintln!("{mistakes}");
            return ExitCode::from(USAGE);
        }
    };
    match run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> anyhow::Result<()> {
    let models = Models::load(&config.models)?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("can't listen on {}", config.listen))?;
    server::serve(listener, models, config, server::interrupted()).await
}
