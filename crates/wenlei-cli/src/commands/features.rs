//! `wenlei features`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::answer::{self, Family};
use crate::input;
use crate::source::SourceChoice;
use crate::width::fit;

/// Show the terms that the model sees in documents.
#[derive(Args)]
pub(crate) struct Features {
    /// Documents, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How many terms to show, heaviest first
    #[arg(long, default_value_t = 20, value_name = "N")]
    top: u32,
    #[command(flatten)]
    source: SourceChoice,
}

/// Keywords shown.
const KEYWORDS: u32 = 10;

impl Features {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let source = self.source.open()?;
        for file in &self.files {
            let text = input::read_document(file, "")?;
            let name = file.display().to_string();
            let features = source.features(&text, self.top, KEYWORDS).with_context(|| name.clone())?;
            print(out, &name, &features)?;
        }
        Ok(())
    }
}

fn print(out: &mut dyn Write, file: &str, features: &answer::Features) -> std::io::Result<()> {
    writeln!(out, "{file}: {} of {} features", features.present, features.dimension)?;
    let heads = ["family", "count", "idf", "weight"];
    writeln!(out, "  {} {:<10} {:>5} {:>6} {:>6}", fit("term", 16), heads[0], heads[1], heads[2], heads[3])?;
    for feature in &features.heaviest {
        let (term, family) = (fit(&feature.term, 16), name(feature.family));
        let (count, idf, weight) = (feature.count, feature.idf, feature.weight);
        writeln!(out, "  {term} {family:<10} {count:>5} {idf:>6.2} {weight:>6.3}")?;
    }
    writeln!(out, "  keywords: {}", features.keywords.join(" "))
}

fn name(family: Family) -> &'static str {
    match family {
        Family::Word => "word",
        Family::Characters => "characters",
    }
}
