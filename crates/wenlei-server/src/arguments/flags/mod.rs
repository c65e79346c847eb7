//! The flags, by what they are about. Their comments are the help that a person reads.

mod admission;
mod connections;
mod limits;
mod probe;
mod security;
mod telemetry;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use self::admission::Admission;
pub use self::connections::Connections;
pub use self::limits::Limits;
pub use self::probe::Probe;
pub use self::security::Security;
pub use self::telemetry::Telemetry;

/// Says which topics Chinese local-government news is about, over gRPC.
///
/// Every flag is also an environment variable (WENLEI_LISTEN for --listen) and a key of the configuration file
/// (listen = "…"); a flag wins over the environment, the environment over the file. Without --model the model that is
/// built in is served.
#[derive(Clone, Debug, Parser)]
#[command(version, max_term_width = 100, args_conflicts_with_subcommands = true, args_override_self = true)]
pub struct Arguments {
    /// TOML file with settings, each key named like its flag
    #[arg(long, env = "WENLEI_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print the settings in force as a configuration file, and exit
    #[arg(long)]
    pub print_config: bool,
    /// Address to serve gRPC, gRPC-Web and JSON on
    #[arg(long, env = "WENLEI_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDRESS")]
    pub listen: String,
    /// Address to serve /livez, /readyz, /metrics, /version and /log-level on over HTTP, or `off`
    #[arg(long, env = "WENLEI_ADMIN_LISTEN", default_value = "127.0.0.1:9464", value_name = "ADDRESS")]
    pub admin_listen: String,
    /// Model to serve, `[NAME[@LABEL]=]FILE`, or a directory with model.safetensors; may be given several times, the
    /// first is the default
    #[arg(long, env = "WENLEI_MODEL", value_delimiter = ',', value_name = "MODEL")]
    pub model: Vec<String>,
    /// How often to look for a changed model file; 0s for never (SIGHUP and ReloadModel still work)
    #[arg(long, env = "WENLEI_RELOAD_POLL", default_value = "10s", value_name = "TIME")]
    pub reload_poll: String,
    /// How long to go on serving after SIGTERM, while load balancers notice that the server isn't ready any more
    #[arg(long, env = "WENLEI_DRAIN_PAUSE", default_value = "1s", value_name = "TIME")]
    pub drain_pause: String,
    /// How long calls and connections may take to end after that
    #[arg(long, env = "WENLEI_DRAIN_LIMIT", default_value = "30s", value_name = "TIME")]
    pub drain_limit: String,
    /// What one request may hold.
    #[command(flatten)]
    pub limits: Limits,
    /// How much is taken on at once.
    #[command(flatten)]
    pub admission: Admission,
    /// How connections may behave.
    #[command(flatten)]
    pub connections: Connections,
    /// TLS, tokens, origins.
    #[command(flatten)]
    pub security: Security,
    /// What the server tells of itself.
    #[command(flatten)]
    pub telemetry: Telemetry,
    /// Something else than serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Something else than serving.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Ask a running server whether it is serving: exit code 0 when it is. A container's own health check
    Probe(Probe),
}
