//! What is read: files or standard input.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};

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

/// The text of a document, which must hold something if its title doesn't.
pub(crate) fn read_document(path: &Path, title: &str) -> anyhow::Result<String> {
    let text = read(path)?;
    if text.trim().is_empty() && title.trim().is_empty() {
        bail!("{} is empty", path.display());
    }
    Ok(text)
}
