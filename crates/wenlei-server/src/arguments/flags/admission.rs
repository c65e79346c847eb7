//! How much is taken on at once.

use clap::Args;

/// How much is taken on at once.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Load")]
pub struct Admission {
    /// Calls of the classification service held at once; further ones are answered RESOURCE_EXHAUSTED. Times
    /// --message-bytes, this bounds the memory of requests
    #[arg(long, env = "WENLEI_ADMISSION_CALLS", default_value = "256", value_name = "N")]
    pub admission_calls: String,
    /// Documents admitted at once, over all calls
    #[arg(long, env = "WENLEI_ADMISSION_DOCUMENTS", default_value = "1000", value_name = "N")]
    pub admission_documents: String,
    /// How long a call may wait to be admitted before it is answered RESOURCE_EXHAUSTED
    #[arg(long, env = "WENLEI_ADMISSION_WAIT", default_value = "100ms", value_name = "TIME")]
    pub admission_wait: String,
    /// Longest a call may take, whatever its caller's deadline; streams may take longer
    #[arg(long, env = "WENLEI_CALL_TIMEOUT", default_value = "60s", value_name = "TIME")]
    pub call_timeout: String,
}
