//! How connections may behave.

use clap::Args;

/// How connections may behave.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Connections")]
pub struct Connections {
    /// Most connections at once; further ones are closed as they come
    #[arg(long, env = "WENLEI_CONNECTIONS", default_value = "10000", value_name = "N")]
    pub connections: String,
    /// How long a TLS handshake or the head of an HTTP/1 request may take
    #[arg(long, env = "WENLEI_HANDSHAKE_TIMEOUT", default_value = "10s", value_name = "TIME")]
    pub handshake_timeout: String,
    /// How long a connection may be without a call; 0s for ever
    #[arg(long, env = "WENLEI_CONNECTION_IDLE", default_value = "10m", value_name = "TIME")]
    pub connection_idle: String,
    /// How old a connection may get, give or take a tenth, so that load balancers spread anew; 0s for ever
    #[arg(long, env = "WENLEI_CONNECTION_AGE", default_value = "0s", value_name = "TIME")]
    pub connection_age: String,
    /// Most calls at once on one connection
    #[arg(long, env = "WENLEI_CONNECTION_CALLS", default_value = "256", value_name = "N")]
    pub connection_calls: String,
    /// How often to ping a silent peer; 0s for never
    #[arg(long, env = "WENLEI_KEEPALIVE_INTERVAL", default_value = "60s", value_name = "TIME")]
    pub keepalive_interval: String,
    /// How long a peer may take to answer a ping
    #[arg(long, env = "WENLEI_KEEPALIVE_TIMEOUT", default_value = "20s", value_name = "TIME")]
    pub keepalive_timeout: String,
}
