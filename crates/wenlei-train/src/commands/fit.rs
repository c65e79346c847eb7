//! `wenlei-train fit`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use wenlei_train::progress::Progress;
use wenlei_train::recipe::Recipe;
use wenlei_train::{card, fit, report};

/// Make a model.
#[derive(Args)]
pub(crate) struct Fit {
    /// Folder with recipe.toml
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Write only the model, to this file, and leave the card and the report in DIR alone
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Fit {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let start = Instant::now();
        let recipe = Recipe::read(&self.directory)?;
        let fitted = fit::fit(&self.directory, &recipe, Progress::on_terminal())?;
        let path = self.out.clone().unwrap_or_else(|| self.directory.join("model.safetensors"));
        write(&path, &fitted.bytes)?;
        if self.out.is_none() {
            write(&self.directory.join("MODEL_CARD.md"), card::render(&recipe, &fitted)?.as_bytes())?;
            write(&self.directory.join("report.html"), report::render(&recipe, &fitted)?.as_bytes())?;
        }
        let figures = fitted.model.manifest().figures;
        println!(
            "{}: {} articles, {} features, {} kB in {:.1} s",
            path.display(),
            fitted.model.manifest().training_documents,
            fitted.model.features().dimension(),
            fitted.bytes.len() / 1000,
            start.elapsed().as_secs_f64()
        );
        println!(
            "cross-validated: macro-F1 {:.3}, exact {:.3}, calibration error {:.3}",
            figures.macro_f1, figures.exact, figures.ece
        );
        println!("digest {}", fitted.model.digest());
        Ok(())
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("can't write {}", path.display()))
}
