//! `wenlei-train inspect`.

use std::path::PathBuf;

use clap::Args;
use wenlei_train::report::heaviest_terms;

use super::evaluate::read_model;

/// Terms shown for each topic.
const SHOWN_TERMS: usize = 15;

/// Show what a model file holds.
#[derive(Args)]
pub(crate) struct Inspect {
    /// Model file
    #[arg(value_name = "FILE")]
    model: PathBuf,
}

impl Inspect {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let model = read_model(&self.model)?;
        let manifest = model.manifest();
        println!("digest    {}", model.digest());
        println!("corpus    {} articles, digest {}", manifest.training_documents, manifest.corpus_digest);
        println!("features  {}", model.features().dimension());
        println!(
            "validated macro-F1 {:.3}, exact {:.3}, calibration error {:.3}",
            manifest.figures.macro_f1, manifest.figures.exact, manifest.figures.ece
        );
        for (index, topic) in model.topics().iter().enumerate() {
            println!();
            println!(
                "{} {} ({}), F1 {:.3}, from {:.2}",
                topic.id, topic.name_zh, topic.name_en, topic.f1, topic.threshold
            );
            let terms: Vec<String> =
                heaviest_terms(&model, index, SHOWN_TERMS).into_iter().map(|term| term.term).collect();
            println!("  {}", terms.join(" "));
        }
        Ok(())
    }
}
