//! `wenlei-train background`.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use wenlei_model::terms::TermSettings;
use wenlei_train::background::{Background, BackgroundSettings};
use wenlei_train::dataset;
use wenlei_train::progress::Progress;
use wenlei_train::recipe::Recipe;

/// Find out from unlabelled text which words go together.
#[derive(Args)]
pub(crate) struct MakeBackground {
    /// Unlabelled texts: .jsonl with a "text" in each line, or one text a line; may be gzipped (.gz)
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    texts: Vec<PathBuf>,
    /// Folder whose recipe.toml names the dictionary that words are cut with
    #[arg(long, value_name = "DIR", default_value = "models/local-news")]
    recipe: PathBuf,
    /// Number of components of the basis
    #[arg(long, value_name = "N", default_value_t = 100)]
    rank: usize,
    /// Leave out words in fewer texts
    #[arg(long, value_name = "N", default_value_t = 20)]
    min_documents: u32,
    /// Where to write the statistics
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl MakeBackground {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let start = Instant::now();
        let recipe = Recipe::read(&self.recipe)?;
        let extractor = dataset::term_extractor(&self.recipe, &recipe, TermSettings::words_only())?;
        let settings = BackgroundSettings { rank: self.rank, min_documents: self.min_documents, seed: 1 };
        let background = Background::make(&self.texts, extractor, settings, Progress::on_terminal())?;
        let bytes = background.to_bytes()?;
        fs::write(&self.out, &bytes).with_context(|| format!("can't write {}", self.out.display()))?;
        println!(
            "{}: {} texts, {} words, {} components, {} kB in {:.0} s",
            self.out.display(),
            background.documents,
            background.basis.nrows(),
            background.basis.ncols(),
            bytes.len() / 1000,
            start.elapsed().as_secs_f64()
        );
        Ok(())
    }
}
