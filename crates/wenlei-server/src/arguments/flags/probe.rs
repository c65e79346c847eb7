//! `wenlei-server probe`.

use clap::Args;

/// Which port is asked. Without a flag it is the admin port, which is never encrypted and asks for no token; where
/// nothing listens there, it is the main port.
#[derive(Clone, Debug, Args)]
pub struct Probe {
    /// Ask the main port at this address (in the clear: it must not speak TLS) instead of the admin port
    #[arg(long, value_name = "ADDRESS")]
    pub addr: Option<String>,
    /// Address of the admin port
    #[arg(long, env = "WENLEI_ADMIN_LISTEN", default_value = "127.0.0.1:9464", value_name = "ADDRESS")]
    pub admin_addr: String,
    /// Address of the main port, asked where nothing listens on the admin port.
    #[arg(long, env = "WENLEI_LISTEN", default_value = "127.0.0.1:50051", hide = true)]
    pub listen: String,
}
