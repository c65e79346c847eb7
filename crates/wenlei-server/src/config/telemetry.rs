//! What the server tells of itself: logs and traces.

use tonic::codegen::http::Uri;

use super::checker::Checker;
use crate::arguments::flags;
use crate::logging;

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

impl Logging {
    pub(super) fn check(checker: &mut Checker, typed: &flags::Telemetry) -> Self {
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
        Self { format, level: typed.log_level.clone() }
    }
}

/// Where traces are sent, if anywhere.
pub(super) fn otlp_endpoint(checker: &mut Checker, typed: &flags::Telemetry) -> Option<String> {
    let endpoint = typed.otlp_endpoint.clone().filter(|endpoint| !endpoint.is_empty())?;
    let uri: Option<Uri> = endpoint.parse().ok();
    if !uri.is_some_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()) {
        checker.wrong("otlp-endpoint", &endpoint, "not a URL, such as http://127.0.0.1:4317");
    }
    if !cfg!(feature = "otlp") {
        let problem = "this program sends no traces; build it with `cargo build --features otlp`";
        checker.wrong("otlp-endpoint", &endpoint, problem);
    }
    Some(endpoint)
}
