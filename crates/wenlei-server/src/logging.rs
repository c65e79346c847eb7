//! Log lines on standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt, reload};

use crate::config::{LogFormat, Logging};

/// Changes how much is logged while the server runs.
#[derive(Clone, Debug)]
pub struct LogLevel(reload::Handle<EnvFilter, Registry>);

/// Begins to log.
pub fn start(settings: &Logging) -> LogLevel {
    let (filter, handle) = reload::Layer::new(EnvFilter::new(&settings.level));
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = match settings.format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(filter).with(lines).init();
    LogLevel(handle)
}

impl LogLevel {
    /// Logs at `level` from now on: `info`, or `warn,wenlei_server=debug`.
    ///
    /// # Errors
    /// It is no level; says why.
    pub fn set(&self, level: &str) -> Result<(), String> {
        let filter = check(level)?;
        self.0.reload(filter).map_err(|error| error.to_string())
    }
}

/// Reads a level.
///
/// # Errors
/// It is no level; says why.
pub fn check(level: &str) -> Result<EnvFilter, String> {
    EnvFilter::try_new(level).map_err(|error| error.to_string())
}
