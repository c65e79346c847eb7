//! What was meant, checked. All mistakes are reported at once.
//!
//! This module must not know: sockets, or what the settings are used for.

mod admission;
mod checker;
mod connections;
mod model_source;
mod security;
mod telemetry;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tonic::codegen::http::HeaderValue;

pub use self::admission::Admission;
use self::checker::Checker;
pub use self::checker::Mistakes;
pub use self::connections::Connections;
pub use self::model_source::ModelSource;
pub use self::security::{ReloadFrom, Tls};
pub use self::telemetry::{LogFormat, Logging};
use crate::arguments::Arguments;
use crate::limits::Limits;

/// How the server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drain {
    /// Time of serving on while not ready any more.
    pub pause: Duration,
    /// Time for calls and connections to end after that.
    pub limit: Duration,
}

/// A checked configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where to serve.
    pub listen: SocketAddr,
    /// Where to serve probes and metrics, if anywhere.
    pub admin_listen: Option<SocketAddr>,
    /// What to serve; the built-in model when there is none.
    pub models: Vec<ModelSource>,
    /// How often to look for changed model files; never when zero.
    pub reload_poll: Duration,
    /// What to accept.
    pub limits: Limits,
    /// How much to take on at once.
    pub admission: Admission,
    /// How connections may behave.
    pub connections: Connections,
    /// How to end.
    pub drain: Drain,
    /// What to log.
    pub logging: Logging,
    /// TLS, when it is spoken.
    pub tls: Option<Tls>,
    /// The file of the bearer tokens, when a call needs one.
    pub tokens: Option<PathBuf>,
    /// Where the server may be changed from when there are no tokens.
    pub reload_from: ReloadFrom,
    /// Origins of pages that may call from a browser.
    pub cors_origins: Vec<HeaderValue>,
    /// The collector that traces are sent to, if any.
    pub otlp_endpoint: Option<String>,
}

impl Config {
    /// Checks what was typed.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn new(typed: &Arguments) -> Result<Self, Mistakes> {
        let mut checker = Checker::default();
        let config = Self {
            listen: checker.address("listen", &typed.listen),
            admin_listen: (typed.admin_listen != "off")
                .then(|| checker.address("admin-listen", &typed.admin_listen)),
            models: typed.model.iter().map(|typed| ModelSource::check(&mut checker, typed)).collect(),
            reload_poll: checker.time("reload-poll", &typed.reload_poll),
            limits: limits(&mut checker, typed),
            admission: Admission::check(&mut checker, &typed.admission),
            connections: Connections::check(&mut checker, &typed.connections),
            drain: Drain {
                pause: checker.time("drain-pause", &typed.drain_pause),
                limit: checker.time("drain-limit", &typed.drain_limit),
            },
            logging: Logging::check(&mut checker, &typed.telemetry),
            tls: Tls::check(&mut checker, &typed.security),
            tokens: typed.security.tokens.clone(),
            reload_from: ReloadFrom::check(&mut checker, &typed.security),
            cors_origins: origins(&mut checker, &typed.security.cors_origin),
            otlp_endpoint: telemetry::otlp_endpoint(&mut checker, &typed.telemetry),
        };
        checker.finish(config)
    }
}

fn limits(checker: &mut Checker, typed: &Arguments) -> Limits {
    let (typed, telemetry) = (&typed.limits, &typed.telemetry);
    Limits {
        message_bytes: checker.count("message-bytes", &typed.message_bytes),
        document_characters: checker.count("document-characters", &typed.document_characters),
        batch_documents: checker.count("batch-documents", &typed.batch_documents),
        batch_bytes: checker.count("batch-bytes", &typed.batch_bytes),
        listed_terms: checker.count("listed-terms", &typed.listed_terms),
        logged_characters: checker.number("log-characters", &telemetry.log_characters),
        stream_documents: checker.count("stream-documents", &typed.stream_documents),
    }
}

fn origins(checker: &mut Checker, typed: &[String]) -> Vec<HeaderValue> {
    typed.iter().map(|typed| security::origin(checker, typed)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn config(arguments: &[&str]) -> Result<Config, Mistakes> {
        Config::new(&Arguments::parse_from(std::iter::once(&"wenlei-server").chain(arguments)))
    }

    #[test]
    fn safe_defaults_are_loopback() {
        let config = config(&[]).unwrap();
        assert!(config.listen.ip().is_loopback() && config.admin_listen.unwrap().ip().is_loopback());
        assert_eq!(config.reload_from, ReloadFrom::Loopback);
        assert_eq!(config.limits.logged_characters, 0);
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let mistakes = config(&[
            "--listen",
            "here",
            "--model",
            "a=/no/such",
            "--batch-documents",
            "0",
            "--message-bytes",
            "many",
            "--reload-poll",
            "10",
        ]);
        let text = mistakes.unwrap_err().to_string();
        for part in [
            "5 mistake(s)",
            "--listen here",
            "--model a=/no/such: no such file",
            "--batch-documents 0",
            "--message-bytes many",
            "--reload-poll 10: not a time",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}
