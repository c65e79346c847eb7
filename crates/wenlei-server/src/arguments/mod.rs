//! What was typed: flags over environment over file. Nothing is checked yet, so that every mistake can be reported at
//! once by [`crate::config`].

#![allow(clippy::doc_markdown, reason = "the comments of the arguments are the help that a person reads")]

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use thiserror::Error;

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
    /// Largest message, in bytes
    #[arg(long, env = "WENLEI_MESSAGE_BYTES", default_value = "8388608", value_name = "N")]
    pub message_bytes: String,
    /// Longest document, in characters, title and text together
    #[arg(long, env = "WENLEI_DOCUMENT_CHARACTERS", default_value = "200000", value_name = "N")]
    pub document_characters: String,
    /// Most documents in one batch
    #[arg(long, env = "WENLEI_BATCH_DOCUMENTS", default_value = "1000", value_name = "N")]
    pub batch_documents: String,
    /// Most bytes of titles and texts in one batch
    #[arg(long, env = "WENLEI_BATCH_BYTES", default_value = "8388608", value_name = "N")]
    pub batch_bytes: String,
    /// Most features, keywords or terms of an explanation listed in one answer
    #[arg(long, env = "WENLEI_LISTED_TERMS", default_value = "1000", value_name = "N")]
    pub listed_terms: String,
    /// Documents of one stream worked on at the same time
    #[arg(long, env = "WENLEI_STREAM_DOCUMENTS", default_value = "16", value_name = "N")]
    pub stream_documents: String,
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
    /// How long to go on serving after SIGTERM, while load balancers notice that the server isn't ready any more
    #[arg(long, env = "WENLEI_DRAIN_PAUSE", default_value = "1s", value_name = "TIME")]
    pub drain_pause: String,
    /// How long calls and connections may take to end after that
    #[arg(long, env = "WENLEI_DRAIN_LIMIT", default_value = "30s", value_name = "TIME")]
    pub drain_limit: String,
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
    /// How often to ping a silent peer; 0s for never
    #[arg(long, env = "WENLEI_KEEPALIVE_INTERVAL", default_value = "60s", value_name = "TIME")]
    pub keepalive_interval: String,
    /// How long a peer may take to answer a ping
    #[arg(long, env = "WENLEI_KEEPALIVE_TIMEOUT", default_value = "20s", value_name = "TIME")]
    pub keepalive_timeout: String,
    /// Most calls at once on one connection
    #[arg(long, env = "WENLEI_CONNECTION_CALLS", default_value = "256", value_name = "N")]
    pub connection_calls: String,
    /// Origin of pages that may call from a browser, such as `https://news.example`; may be given several times
    #[arg(long, env = "WENLEI_CORS_ORIGIN", value_delimiter = ',', value_name = "ORIGIN")]
    pub cors_origin: Vec<String>,
    /// How log lines are written: `text` or `json`
    #[arg(long, env = "WENLEI_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: String,
    /// What is logged: error, warn, info, debug or trace, also by module (warn,wenlei_server=debug)
    #[arg(long, env = "WENLEI_LOG_LEVEL", default_value = "info", value_name = "LEVEL")]
    pub log_level: String,
    /// Characters of each document written to the log; documents may be confidential, so none unless asked
    #[arg(long, env = "WENLEI_LOG_CHARACTERS", default_value = "0", value_name = "N")]
    pub log_characters: String,
    /// PEM file with the certificate chain; with it and --tls-key the server speaks TLS
    #[arg(long, env = "WENLEI_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,
    /// PEM file with the certificate's key
    #[arg(long, env = "WENLEI_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// PEM file with the authority that client certificates must come from (mutual TLS)
    #[arg(long, env = "WENLEI_TLS_CLIENT_AUTHORITY", value_name = "FILE")]
    pub tls_client_authority: Option<PathBuf>,
    /// File with a line `NAME SHA256` for each bearer token; with it a call needs one, health checks aside
    #[arg(long, env = "WENLEI_TOKENS", value_name = "FILE")]
    pub tokens: Option<PathBuf>,
    /// Something else than serving
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Something else than serving.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Ask a running server whether it is serving: exit code 0 when it is. A container's own health check
    Probe {
        /// Address of the server
        #[arg(long, env = "WENLEI_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDRESS")]
        addr: String,
    },
}

/// Why the arguments can't be read.
#[derive(Debug, Error)]
pub enum ArgumentsError {
    /// The command line; also how `--help` and `--version` end.
    #[error(transparent)]
    CommandLine(#[from] clap::Error),
    /// The configuration file.
    #[error("wenlei-server: --config {path}: {problem}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// Arguments and where each came from.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The arguments.
    pub arguments: Arguments,
    matches: ArgMatches,
}

impl Typed {
    /// Reads a command line (the program's name first), the environment and the file named by `--config`.
    ///
    /// # Errors
    /// An unknown flag, or a file that can't be read or holds an unknown key.
    pub fn read(command_line: impl IntoIterator<Item = OsString>) -> Result<Self, ArgumentsError> {
        let mut command_line: Vec<OsString> = command_line.into_iter().collect();
        let first = Self::parse(&command_line)?;
        let Some(path) = first.arguments.config.clone() else { return Ok(first) };
        let wrong = |problem: String| ArgumentsError::File { path: path.display().to_string(), problem };
        let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| wrong(error.to_string()))?;
        let unknown: Vec<&str> = table.keys().map(String::as_str).filter(|key| !is_setting(key)).collect();
        if !unknown.is_empty() {
            return Err(wrong(format!("unknown settings: {}", unknown.join(", "))));
        }
        // The file's settings become flags, as in ripgrep, except where the command line or the environment spoke.
        for (key, value) in &table {
            if !first.was_given(key) {
                command_line.extend(values(value).map(|value| format!("--{key}={value}").into()));
            }
        }
        Self::parse(&command_line)
    }

    fn parse(command_line: &[OsString]) -> Result<Self, ArgumentsError> {
        let matches = Arguments::command().try_get_matches_from(command_line)?;
        Ok(Self { arguments: Arguments::from_arg_matches(&matches)?, matches })
    }

    fn was_given(&self, key: &str) -> bool {
        let source = self.matches.value_source(&key.replace('-', "_"));
        matches!(source, Some(ValueSource::CommandLine | ValueSource::EnvVariable))
    }

    /// The settings in force as the text of a configuration file.
    pub fn to_toml(&self) -> String {
        let mut table = toml::Table::new();
        for key in settings() {
            let id = key.replace('-', "_");
            let values = self.matches.get_raw(&id).into_iter().flatten();
            let mut values = values.map(|value| toml::Value::from(value.to_string_lossy().into_owned()));
            let value = if is_list(&key) { Some(values.collect::<Vec<_>>().into()) } else { values.next() };
            table.extend(value.map(|value| (key, value)));
        }
        table.to_string()
    }
}

/// Names of all settings that a file may hold.
fn settings() -> Vec<String> {
    let command = Arguments::command();
    let names = command.get_arguments().filter_map(|argument| argument.get_long());
    names.filter(|name| !["config", "print-config"].contains(name)).map(str::to_owned).collect()
}

fn is_setting(key: &str) -> bool {
    settings().iter().any(|name| name == key)
}

fn is_list(key: &str) -> bool {
    let command = Arguments::command();
    let mut arguments = command.get_arguments().filter(|argument| argument.get_long() == Some(key));
    arguments.any(|argument| argument.get_value_delimiter().is_some())
}

/// A TOML value as it would be typed; a list is typed once an element.
fn values(value: &toml::Value) -> impl Iterator<Item = String> {
    let elements = match value {
        toml::Value::Array(elements) => elements.as_slice(),
        other => std::slice::from_ref(other),
    };
    elements.iter().map(|element| element.as_str().map_or_else(|| element.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, flags: &[&str]) -> Result<Typed, ArgumentsError> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("wenlei.toml");
        std::fs::write(&path, file).unwrap();
        let config = ["wenlei-server", "--config", path.to_str().unwrap()];
        Typed::read(config.iter().chain(flags).map(OsString::from))
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let typed = read("batch-documents = 7\nlisten = \"127.0.0.1:1\"", &["--listen", "127.0.0.1:2"]);
        let arguments = typed.unwrap().arguments;
        assert_eq!((arguments.batch_documents.as_str(), arguments.listen.as_str()), ("7", "127.0.0.1:2"));
        assert_eq!(arguments.message_bytes, "8388608");
    }

    #[test]
    fn lists_are_replaced_as_a_whole() {
        let file = "model = [\"a=/a\", \"b=/b\"]";
        assert_eq!(read(file, &[]).unwrap().arguments.model, ["a=/a", "b=/b"]);
        assert_eq!(read(file, &["--model", "c"]).unwrap().arguments.model, ["c"]);
    }

    #[test]
    fn unknown_settings_are_all_named() {
        let error = read("colour = 1\ntaste = 2", &[]).unwrap_err().to_string();
        assert!(error.contains("colour, taste"), "{error}");
    }

    #[test]
    fn what_is_printed_reads_back_as_the_same() {
        let typed = read("model = [\"a=/a\"]\nbatch-documents = 7", &[]).unwrap();
        let again = read(&typed.to_toml(), &[]).unwrap();
        assert_eq!(again.to_toml(), typed.to_toml());
        assert_eq!(again.arguments.model, ["a=/a"]);
    }
}
