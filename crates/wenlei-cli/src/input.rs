//! What is read: files or standard input, and models.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use wenlei_model::Model;

/// The model used when none is named.
const BUILT_IN: &[u8] = include_bytes!("../../../models/local-news/model.safetensors");

/// Which model to ask.
#[derive(Args)]
pub(crate) struct ModelChoice {
    /// Model file; the built-in model when not given
    #[arg(long, env = "WENLEI_MODEL", value_name = "FILE")]
    model: Option<PathBuf>,
}

impl ModelChoice {
    /// Reads and self-tests the model.
    pub(crate) fn load(&self) -> anyhow::Result<Model> {
        let Some(path) = &self.model else { return Ok(Model::from_bytes(BUILT_IN)?) };
        let bytes = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
        Model::from_bytes(&bytes).with_context(|| format!("can't use {}", path.display()))
    }
}

/// The text of a file, or of standard input for `-`.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).context("can't read standard input")?;
    } else {
        bytes = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        anyhow::anyhow!("{} is not UTF-8: byte {at} begins no character", path.display())
    })
}
