//! `wenlei-train evaluate-pages`.

use std::path::PathBuf;

use clap::Args;
use wenlei_train::pages::{self, Mistake, Summary};

use super::evaluate::read_model;

/// Measure the page splitter.
#[derive(Args)]
pub(crate) struct EvaluatePages {
    /// Folder with pages and gold.json
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Model file: classify every found article too
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Print one JSON object instead of a table and the mistakes
    #[arg(long)]
    json: bool,
    /// Print the table alone, for pages that must stay unseen
    #[arg(long)]
    brief: bool,
}

impl EvaluatePages {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let model = self.model.as_ref().map(read_model).transpose()?;
        let (summary, mistakes) = pages::evaluate(&self.directory, model.as_ref())?;
        if self.json {
            println!("{}", serde_json::to_string(&summary)?);
        } else {
            print(&summary, if self.brief { &[] } else { &mistakes });
        }
        Ok(())
    }
}

fn print(summary: &Summary, mistakes: &[Mistake]) {
    for mistake in mistakes {
        println!("{}: {}", mistake.page, mistake.message);
    }
    println!("{} pages, {} articles", summary.pages, summary.articles);
    println!("start F1        {:>7.4}", summary.start_f1);
    println!("exact articles  {:>7.4}", summary.exact_articles);
    println!("title accuracy  {:>7.4}", summary.title_accuracy);
    println!("coverage        {:>7.4}", summary.coverage);
    if let Some(topics) = summary.topics_exact {
        println!("topics exact    {topics:>7.4}");
    }
}
