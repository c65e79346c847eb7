//! What was typed: flags over environment over file. Nothing is checked yet, so that every mistake can be reported at
//! once by [`crate::config`].

#![allow(clippy::doc_markdown, reason = "the comments of the flags are the help that a person reads")]

mod file;
pub mod flags;

use std::ffi::OsString;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use thiserror::Error;

pub use self::flags::{Arguments, Command};

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
        let unknown: Vec<&str> =
            table.keys().map(String::as_str).filter(|key| !file::is_setting(key)).collect();
        if !unknown.is_empty() {
            return Err(wrong(format!("unknown settings: {}", unknown.join(", "))));
        }
        // The file's settings become flags, as in ripgrep, except where the command line or the environment spoke.
        for (key, value) in &table {
            if !first.was_given(key) {
                command_line.extend(file::values(value).map(|value| format!("--{key}={value}").into()));
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
        for key in file::settings() {
            let id = key.replace('-', "_");
            let values = self.matches.get_raw(&id).into_iter().flatten();
            let mut values = values.map(|value| toml::Value::from(value.to_string_lossy().into_owned()));
            let value =
                if file::is_list(&key) { Some(values.collect::<Vec<_>>().into()) } else { values.next() };
            table.extend(value.map(|value| (key, value)));
        }
        table.to_string()
    }
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
        assert_eq!(
            (arguments.limits.batch_documents.as_str(), arguments.listen.as_str()),
            ("7", "127.0.0.1:2")
        );
        assert_eq!(arguments.limits.message_bytes, "8388608");
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
