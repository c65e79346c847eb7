//! `wenlei-train evaluate`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use wenlei_model::Model;
use wenlei_train::corpus::Corpus;
use wenlei_train::evaluate::{Evaluation, Mistake, Summary};
use wenlei_train::progress::Progress;
use wenlei_train::report::Report;

/// Measure a model.
#[derive(Args)]
pub(crate) struct Evaluate {
    /// Model file
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Labelled articles: a .jsonl or .tsv file, or a folder of them; may be given several times
    #[arg(long, value_name = "FILE", required = true)]
    data: Vec<PathBuf>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Also write a page with figures and pictures to this file
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// How many of the worst mistakes to list, with the terms that led to them
    #[arg(long, value_name = "N", default_value_t = 10, conflicts_with = "json")]
    mistakes: usize,
}

impl Evaluate {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let model = read_model(&self.model)?;
        let corpus = Corpus::read(&self.data)?;
        let evaluation = Evaluation::new(&model, &corpus, Progress::on_terminal())?;
        if self.json {
            println!("{}", serde_json::to_string(&evaluation.summary())?);
            return Ok(());
        }
        let (mistakes, all) = evaluation.worst(&model, &corpus, self.mistakes);
        print(&evaluation.summary());
        if !mistakes.is_empty() {
            println!("\nThe worst of {all} wrong decisions:");
        }
        mistakes.iter().for_each(print_mistake);
        let Some(path) = &self.html else { return Ok(()) };
        let report = Report {
            title: &model.manifest().name,
            subtitle: format!(
                "measured on {} articles · model {}",
                corpus.articles.len(),
                &model.digest()[..12]
            ),
            model: &model,
            table: &evaluation.table,
            learning_curve: &[],
            mistakes: &mistakes,
        };
        fs::write(path, report.render()?).with_context(|| format!("can't write {}", path.display()))?;
        Ok(())
    }
}

/// Reads and self-tests a model file.
pub(crate) fn read_model(path: &PathBuf) -> anyhow::Result<Model> {
    let bytes = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    Model::from_bytes(&bytes).with_context(|| format!("can't use {}", path.display()))
}

fn print(summary: &Summary) {
    println!("{:<24} {:>9} {:>9} {:>9} {:>9}", "topic", "precision", "recall", "F1", "support");
    for (topic, figures) in &summary.topics {
        println!(
            "{topic:<24} {:>9.3} {:>9.3} {:>9.3} {:>9}",
            figures.precision, figures.recall, figures.f1, figures.support
        );
    }
    println!();
    println!("documents                {:>9}", summary.documents);
    println!("macro-F1                 {:>9.4}", summary.macro_f1);
    println!("micro-F1                 {:>9.4}", summary.micro_f1);
    println!("exact                    {:>9.4}", summary.exact);
    if let Some(accuracy) = summary.accuracy {
        println!("accuracy                 {accuracy:>9.4}");
    }
    println!("calibration error        {:>9.4}", summary.ece);
}

fn print_mistake(mistake: &Mistake) {
    let kind = if mistake.carried { "missed" } else { "false alarm" };
    println!(
        "  {} {} at {:.3}: {} ({})",
        kind, mistake.topic, mistake.probability, mistake.headline, mistake.article
    );
    println!("    {}", mistake.terms.join(" "));
}
