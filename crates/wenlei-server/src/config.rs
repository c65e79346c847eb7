//! What was meant, checked. All mistakes are reported at once.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::arguments::Arguments;
use crate::limits::Limits;

/// A model to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelSource {
    /// The name to serve it under; the model's own name when not given.
    pub name: Option<String>,
    /// Its file.
    pub file: PathBuf,
}

/// A checked configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where to serve.
    pub listen: SocketAddr,
    /// What to serve; the built-in model when there is none.
    pub models: Vec<ModelSource>,
    /// What to accept.
    pub limits: Limits,
}

/// Everything wrong with a configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<String>);

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "wenlei-server: the configuration has {} mistake(s):", self.0.len())?;
        self.0.iter().try_for_each(|mistake| write!(formatter, "\n  {mistake}"))
    }
}

impl std::error::Error for Mistakes {}

impl Config {
    /// Checks what was typed.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn new(arguments: &Arguments) -> Result<Self, Mistakes> {
        let mut mistakes = Vec::new();
        let listen = arguments.listen.parse().unwrap_or_else(|_| {
            mistakes.push(format!(
                "--listen {}: not an address and port, such as 127.0.0.1:50051",
                arguments.listen
            ));
            SocketAddr::from(([127, 0, 0, 1], 0))
        });
        let limits = Limits {
            message_bytes: arguments.message_bytes,
            document_characters: arguments.document_characters,
            batch_documents: arguments.batch_documents,
            ..Limits::default()
        };
        for (flag, value) in [
            ("--message-bytes", limits.message_bytes),
            ("--document-characters", limits.document_characters),
            ("--batch-documents", limits.batch_documents),
        ] {
            if value == 0 {
                mistakes.push(format!("{flag} 0: must be at least 1"));
            }
        }
        let models: Vec<ModelSource> = arguments.model.iter().map(|typed| model_source(typed)).collect();
        for source in &models {
            if !source.file.is_file() {
                mistakes.push(format!("--model {}: no such file", source.file.display()));
            }
        }
        if mistakes.is_empty() { Ok(Self { listen, models, limits }) } else { Err(Mistakes(mistakes)) }
    }
}

fn model_source(typed: &str) -> ModelSource {
    match typed.split_once('=') {
        Some((name, file)) => ModelSource { name: Some(name.to_owned()), file: file.into() },
        None => ModelSource { name: None, file: typed.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn config(arguments: &[&str]) -> Result<Config, Mistakes> {
        Config::new(&Arguments::parse_from(std::iter::once(&"wenlei-server").chain(arguments)))
    }

    #[test]
    fn defaults_are_loopback_and_the_published_limits() {
        let config = config(&[]).unwrap();
        assert!(config.listen.ip().is_loopback());
        assert_eq!(config.limits, Limits::default());
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let mistakes =
            config(&["--listen", "here", "--model", "a=/no/such", "--batch-documents", "0"]).unwrap_err();
        let text = mistakes.to_string();
        for part in ["3 mistake(s)", "--listen here", "--model /no/such: no such file", "--batch-documents 0"]
        {
            assert!(text.contains(part), "{text}");
        }
    }
}
