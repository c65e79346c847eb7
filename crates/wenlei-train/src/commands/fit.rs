//! `wenlei-train fit`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use wenlei_train::evaluate::mistakes;
use wenlei_train::fit::Fitted;
use wenlei_train::progress::Progress;
use wenlei_train::recipe::Recipe;
use wenlei_train::report::Report;
use wenlei_train::{card, fit};

/// Make a model.
#[derive(Args)]
pub(crate) struct Fit {
    /// Folder with recipe.toml
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Labelled articles to use instead of those the recipe names; may be given several times
    #[arg(long, value_name = "FILE")]
    data: Vec<PathBuf>,
    /// Write only the model, to this file, and leave the card and the report in DIR alone
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Fit {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let start = Instant::now();
        let mut recipe = Recipe::read(&self.directory)?;
        if !self.data.is_empty() {
            recipe.data = absolute(&self.data)?;
        }
        let progress = Progress::on_terminal();
        let fitted = fit::fit(&self.directory, &recipe, progress)?;
        let path = self.out.clone().unwrap_or_else(|| self.directory.join("model.safetensors"));
        write(&path, &fitted.bytes)?;
        if self.out.is_none() {
            write(
                &self.directory.join("MODEL_CARD.md"),
                card::render(&self.directory, &recipe, &fitted)?.as_bytes(),
            )?;
            write(&self.directory.join("report.html"), report(&recipe, &fitted, progress)?.as_bytes())?;
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

/// Paths on the command line are relative to the current folder, those of a recipe to the recipe.
fn absolute(paths: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    paths.iter().map(std::path::absolute).collect()
}

/// Disagreements between labels and validation that the report lists: where to look for wrong labels.
const LISTED_MISTAKES: usize = 40;

fn report(recipe: &Recipe, fitted: &Fitted, progress: Progress) -> anyhow::Result<String> {
    let Fitted { model, dataset, validation, .. } = fitted;
    let mut mistakes = mistakes(&validation.table, &dataset.corpus.articles, model.topics());
    mistakes.truncate(LISTED_MISTAKES);
    let learning_curve = validation.learning_curve(&dataset.samples, recipe, progress)?;
    let articles = dataset.corpus.articles.len();
    let report = Report {
        title: &recipe.name,
        subtitle: format!(
            "cross-validated on {articles} articles, {} times · model {}",
            recipe.validation.repeats,
            &model.digest()[..12]
        ),
        model,
        table: &validation.table,
        learning_curve: &learning_curve,
        mistakes: &mistakes,
    };
    Ok(report.render()?)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("can't write {}", path.display()))
}
