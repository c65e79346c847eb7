//! TLS, tokens, origins.

use std::path::PathBuf;

use clap::Args;

/// TLS, tokens, origins.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Who may call")]
pub struct Security {
    /// PEM file with the certificate chain; with it and --tls-key the server speaks TLS
    #[arg(long, env = "WENLEI_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,
    /// PEM file with the certificate's key
    #[arg(long, env = "WENLEI_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// PEM file with the authority that client certificates must come from (mutual TLS)
    #[arg(long, env = "WENLEI_TLS_CLIENT_AUTHORITY", value_name = "FILE")]
    pub tls_client_authority: Option<PathBuf>,
    /// File with a line `NAME SHA256 [admin]` for each bearer token; with it a call needs one, health checks aside
    #[arg(long, env = "WENLEI_TOKENS", value_name = "FILE")]
    pub tokens: Option<PathBuf>,
    /// Where ReloadModel may be called from when there are no tokens: `loopback` (this machine), `anywhere` or `nowhere`.
    /// With tokens it takes one with the scope admin
    #[arg(long, env = "WENLEI_RELOAD_FROM", default_value = "loopback", value_name = "PLACE")]
    pub reload_from: String,
    /// Origin of pages that may call from a browser, such as `https://news.example`; may be given several times
    #[arg(long, env = "WENLEI_CORS_ORIGIN", value_delimiter = ',', value_name = "ORIGIN")]
    pub cors_origin: Vec<String>,
}
