//! `wenlei classify`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde_json::json;
use wenlei_model::NoTopicReason;

use crate::answer::{Classification, Contribution};
use crate::input;
use crate::source::SourceChoice;

/// Say which topics documents carry.
#[derive(Args)]
pub(crate) struct Classify {
    /// Documents, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Headline of the document
    #[arg(long, default_value = "")]
    title: String,
    /// Name the terms that spoke for and against each topic
    #[arg(long)]
    explain: bool,
    /// Print one JSON object a document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: SourceChoice,
}

/// Terms named for and against a topic.
const NAMED_TERMS: u32 = 8;

impl Classify {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let source = self.source.open()?;
        for file in &self.files {
            let text = input::read_document(file, &self.title)?;
            let name = file.display().to_string();
            let classification = source
                .classify(&self.title, &text, self.explain.then_some(NAMED_TERMS))
                .with_context(|| name.clone())?;
            if self.json {
                writeln!(out, "{}", as_json(&name, &classification))?;
            } else {
                print(out, &name, &classification)?;
            }
        }
        Ok(())
    }
}

fn as_json(file: &str, classification: &Classification) -> serde_json::Value {
    let topics = classification.topics.iter().map(|topic| {
        let terms = topic.explanation.as_ref().map(|explanation| {
            let list = |terms: &[Contribution]| -> Vec<_> {
                terms.iter().map(|term| json!({"term": term.term, "contribution": term.added})).collect()
            };
            json!({"supporting": list(&explanation.supporting), "opposing": list(&explanation.opposing)})
        });
        json!({"topic": topic.id, "probability": topic.probability, "assigned": topic.assigned, "explanation": terms})
    });
    json!({"file": file, "topics": topics.collect::<Vec<_>>(), "model": classification.model.digest})
}

fn print(out: &mut dyn Write, file: &str, classification: &Classification) -> std::io::Result<()> {
    writeln!(out, "{file}")?;
    for topic in &classification.topics {
        let mark = if topic.assigned { "✓" } else { " " };
        writeln!(out, "  {mark} {:>6.1} %  {} {}", topic.probability * 100.0, topic.name_zh, topic.id)?;
        if let Some(explanation) = &topic.explanation {
            let terms = |list: &[Contribution]| -> String {
                list.iter()
                    .map(|term| format!("{} {:+.2}", term.term, term.added))
                    .collect::<Vec<_>>()
                    .join("  ")
            };
            writeln!(out, "               {}", terms(&explanation.supporting))?;
            writeln!(out, "               {}", terms(&explanation.opposing))?;
        }
    }
    let reason = match classification.no_topic {
        Some(NoTopicReason::NoKnownTerms) => "no topic: the model knows none of its terms",
        Some(NoTopicReason::AllImprobable) => "no topic: every topic is improbable",
        Some(NoTopicReason::Undecided) => "no topic, but the best one is close: let a reader decide",
        None => return Ok(()),
    };
    writeln!(out, "    {reason}")
}
