//! `wenlei-train ablate`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use wenlei_train::ablation;
use wenlei_train::corpus::Corpus;
use wenlei_train::progress::Progress;
use wenlei_train::recipe::Recipe;

/// Measure what each part of the method is worth.
#[derive(Args)]
pub(crate) struct Ablate {
    /// Folder with recipe.toml; the table goes to DIR/ablation.json, and from there into the model card
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Labelled articles to measure on; may be given several times
    #[arg(long, value_name = "FILE", required = true)]
    data: Vec<PathBuf>,
}

impl Ablate {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let recipe = Recipe::read(&self.directory)?;
        let mut data = Vec::with_capacity(self.data.len());
        for path in &self.data {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            data.push((name, Corpus::read(std::slice::from_ref(path))?));
        }
        let ablation = ablation::ablate(&self.directory, &recipe, &data, Progress::on_terminal())?;
        for row in &ablation.rows {
            print!("{:<16}", row.part);
            for figures in &row.figures {
                print!("  {:.3} / {:.3} / {:.3}", figures.macro_f1, figures.exact, figures.ece);
            }
            println!();
        }
        let path = self.directory.join("ablation.json");
        let text = serde_json::to_string_pretty(&ablation)?;
        fs::write(&path, text + "\n").with_context(|| format!("can't write {}", path.display()))
    }
}
