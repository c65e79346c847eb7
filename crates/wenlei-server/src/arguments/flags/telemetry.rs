//! What the server tells of itself.

use clap::Args;

/// What the server tells of itself.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Logs and traces")]
pub struct Telemetry {
    /// How log lines are written: `text` or `json`
    #[arg(long, env = "WENLEI_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: String,
    /// What is logged: error, warn, info, debug or trace, also by module (warn,wenlei_server=debug)
    #[arg(long, env = "WENLEI_LOG_LEVEL", default_value = "info", value_name = "LEVEL")]
    pub log_level: String,
    /// Characters of each document written to the log; documents may be confidential, so none unless asked
    #[arg(long, env = "WENLEI_LOG_CHARACTERS", default_value = "0", value_name = "N")]
    pub log_characters: String,
    /// OpenTelemetry collector to send traces to with OTLP over gRPC, such as `http://127.0.0.1:4317`; needs a build
    /// with the feature otlp
    #[arg(long, env = "WENLEI_OTLP_ENDPOINT", value_name = "URL")]
    pub otlp_endpoint: Option<String>,
}
