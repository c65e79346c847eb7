//! `wenlei features`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use wenlei_text::Document;

use crate::input::{self, ModelChoice};
use crate::width::fit;

/// Show the terms that the model sees in documents.
#[derive(Args)]
pub(crate) struct Features {
    /// Documents, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How many terms to show, heaviest first
    #[arg(long, default_value_t = 20, value_name = "N")]
    top: usize,
    #[command(flatten)]
    model: ModelChoice,
}

impl Features {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let model = self.model.load()?;
        let extractor = model.features();
        for file in &self.files {
            let document = Document::new("", &input::read(file)?);
            let vector = extractor.extract(&document);
            writeln!(
                out,
                "{}: {} of {} features",
                file.display(),
                vector.features.len(),
                extractor.dimension()
            )?;
            writeln!(
                out,
                "  {} {:<16} {:>5} {:>6} {:>6}",
                fit("term", 16),
                "family",
                "count",
                "idf",
                "weight"
            )?;
            for feature in vector.heaviest(self.top) {
                let (family, term) = extractor.term(feature.index);
                let idf = extractor.idf(feature.index);
                let (term, family) = (fit(term, 16), family.name());
                writeln!(
                    out,
                    "  {term} {family:<16} {:>5} {idf:>6.2} {:>6.3}",
                    feature.count, feature.value
                )?;
            }
            let keywords: Vec<&str> =
                extractor.keywords(&vector, 10).into_iter().map(|(word, _)| word).collect();
            writeln!(out, "  keywords: {}", keywords.join(" "))?;
        }
        Ok(())
    }
}
