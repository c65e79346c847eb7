//! What was meant, checked. All mistakes are reported at once.
//!
//! This module must not know: sockets, or what the settings are used for.

mod checker;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tonic::codegen::http::HeaderValue;

use self::checker::Checker;
pub use self::checker::Mistakes;
use crate::arguments::Arguments;
use crate::limits::Limits;
use crate::logging;

/// A model to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelSource {
    /// The name to serve it under; the model's own name when not given.
    pub name: Option<String>,
    /// Tells it from others of its name; empty when not given.
    pub label: String,
    /// Its file, or a directory with `model.safetensors`.
    pub path: PathBuf,
}

/// How a connection may behave. A time of `None` is without a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Connections at once.
    pub most: usize,
    /// Time for a TLS handshake, and for the head of an HTTP/1 request.
    pub handshake_timeout: Duration,
    /// Time without a call.
    pub idle: Option<Duration>,
    /// Age, give or take a tenth.
    pub age: Option<Duration>,
    /// Time between pings.
    pub keepalive_interval: Option<Duration>,
    /// Time to answer a ping.
    pub keepalive_timeout: Duration,
    /// Calls at once.
    pub calls: u32,
}

/// How much is taken on at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Calls held at once.
    pub calls: usize,
    /// Documents admitted at once.
    pub documents: usize,
    /// Time to wait for admission.
    pub wait: Duration,
    /// Longest a call may take, streams aside.
    pub call_timeout: Duration,
}

/// How the server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drain {
    /// Time of serving on while not ready any more.
    pub pause: Duration,
    /// Time for calls and connections to end after that.
    pub limit: Duration,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logging {
    /// How log lines are written.
    pub format: LogFormat,
    /// What is logged, as `EnvFilter` reads it.
    pub level: String,
}

/// Where TLS is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// The authority of clients, when they need a certificate.
    pub client_authority: Option<PathBuf>,
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
    /// Origins of pages that may call from a browser.
    pub cors_origins: Vec<HeaderValue>,
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
            models: typed.model.iter().map(|typed| model_source(&mut checker, typed)).collect(),
            reload_poll: checker.time("reload-poll", &typed.reload_poll),
            limits: limits(&mut checker, typed),
            admission: Admission {
                calls: checker.count("admission-calls", &typed.admission_calls),
                documents: checker.count("admission-documents", &typed.admission_documents),
                wait: checker.time("admission-wait", &typed.admission_wait),
                call_timeout: checker.time("call-timeout", &typed.call_timeout),
            },
            connections: connections(&mut checker, typed),
            drain: Drain {
                pause: checker.time("drain-pause", &typed.drain_pause),
                limit: checker.time("drain-limit", &typed.drain_limit),
            },
            logging: logging(&mut checker, typed),
            tls: tls(&mut checker, typed),
            tokens: typed.tokens.clone(),
            cors_origins: typed.cors_origin.iter().map(|typed| origin(&mut checker, typed)).collect(),
        };
        checker.finish(config)
    }
}

fn limits(checker: &mut Checker, typed: &Arguments) -> Limits {
    Limits {
        message_bytes: checker.count("message-bytes", &typed.message_bytes),
        document_characters: checker.count("document-characters", &typed.document_characters),
        batch_documents: checker.count("batch-documents", &typed.batch_documents),
        batch_bytes: checker.count("batch-bytes", &typed.batch_bytes),
        listed_terms: checker.count("listed-terms", &typed.listed_terms),
        logged_characters: checker.number("log-characters", &typed.log_characters),
        stream_documents: checker.count("stream-documents", &typed.stream_documents),
    }
}

fn origin(checker: &mut Checker, typed: &str) -> HeaderValue {
    // The wildcard would let any page call with what it finds on the loopback interface.
    let is_origin = typed.split_once("://").is_some_and(|(_, host)| !host.is_empty() && !host.contains('/'));
    if !is_origin {
        checker.wrong("cors-origin", typed, "not an origin, such as https://news.example");
    }
    HeaderValue::from_str(typed).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn tls(checker: &mut Checker, typed: &Arguments) -> Option<Tls> {
    let client_authority = typed.tls_client_authority.clone();
    match (typed.tls_certificate.clone(), typed.tls_key.clone()) {
        (Some(certificate), Some(key)) => return Some(Tls { certificate, key, client_authority }),
        (None, None) if client_authority.is_none() => {}
        (Some(_), None) => checker.wrong("tls-certificate", "", "needs --tls-key"),
        (None, Some(_)) => checker.wrong("tls-key", "", "needs --tls-certificate"),
        (None, None) => checker.wrong("tls-client-authority", "", "needs --tls-certificate and --tls-key"),
    }
    None
}

fn logging(checker: &mut Checker, typed: &Arguments) -> Logging {
    let format = match typed.log_format.as_str() {
        "text" => LogFormat::Text,
        "json" => LogFormat::Json,
        other => {
            checker.wrong("log-format", other, "neither text nor json");
            LogFormat::Text
        }
    };
    if let Err(problem) = logging::check(&typed.log_level) {
        checker.wrong("log-level", &typed.log_level, problem);
    }
    Logging { format, level: typed.log_level.clone() }
}

fn connections(checker: &mut Checker, typed: &Arguments) -> Connections {
    Connections {
        most: checker.count("connections", &typed.connections),
        handshake_timeout: checker.time("handshake-timeout", &typed.handshake_timeout),
        idle: checker.time_or_never("connection-idle", &typed.connection_idle),
        age: checker.time_or_never("connection-age", &typed.connection_age),
        keepalive_interval: checker.time_or_never("keepalive-interval", &typed.keepalive_interval),
        keepalive_timeout: checker.time("keepalive-timeout", &typed.keepalive_timeout),
        calls: checker.count("connection-calls", &typed.connection_calls).try_into().unwrap_or(u32::MAX),
    }
}

/// Reads `[NAME[@LABEL]=]PATH`.
fn model_source(checker: &mut Checker, typed: &str) -> ModelSource {
    let (name, path) = typed.split_once('=').map_or((None, typed), |(name, path)| (Some(name), path));
    let (name, label) =
        name.map_or((None, ""), |name| name.split_once('@').map_or((Some(name), ""), |(n, l)| (Some(n), l)));
    if name == Some("") || label.contains('@') {
        checker.wrong("model", typed, "not of the form NAME=FILE or NAME@LABEL=FILE");
    }
    if !PathBuf::from(path).exists() {
        checker.wrong("model", typed, "no such file");
    }
    ModelSource { name: name.map(str::to_owned), label: label.to_owned(), path: path.into() }
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
        assert!(config(&[]).unwrap().listen.ip().is_loopback());
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

    #[test]
    fn a_model_may_have_a_name_and_a_label() {
        let source = |typed| config(&["--model", typed]).unwrap().models.remove(0);
        let (name, label) = (Some("news".to_owned()), "canary".to_owned());
        assert_eq!(source("news@canary=/dev/null"), ModelSource { name, label, path: "/dev/null".into() });
        assert_eq!(source("/dev/null").name, None);
    }
}
