//! `wenlei classify`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use serde_json::json;
use wenlei_model::{Model, NoTopicReason, Prediction};
use wenlei_text::Document;

use crate::input::{self, ModelChoice};

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
    model: ModelChoice,
}

/// Terms named for and against a topic.
const NAMED_TERMS: usize = 8;

impl Classify {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let model = self.model.load()?;
        for file in &self.files {
            let text = input::read(file)?;
            let document = Document::new(&self.title, &text);
            if document.normalized().is_empty() {
                bail!("{} is empty", file.display());
            }
            let analysis = model.analyze(&document);
            let mut prediction = model.predict(&analysis);
            if self.explain {
                model.explain(&mut prediction, &document, &analysis, NAMED_TERMS);
            }
            if self.json {
                writeln!(out, "{}", as_json(&model, &file.display().to_string(), &prediction))?;
            } else {
                print(out, &model, &file.display().to_string(), &prediction)?;
            }
        }
        Ok(())
    }
}

fn as_json(model: &Model, file: &str, prediction: &Prediction) -> serde_json::Value {
    let topics = prediction.topics.iter().map(|topic| {
        let terms = topic.explanation.as_ref().map(|explanation| {
            let list = |terms: &[wenlei_model::Contribution]| -> Vec<_> {
                terms.iter().map(|term| json!({"term": term.term, "contribution": term.contribution})).collect()
            };
            json!({"supporting": list(&explanation.supporting), "opposing": list(&explanation.opposing)})
        });
        let id = &model.topics()[topic.topic].id;
        json!({"topic": id, "probability": topic.probability, "assigned": topic.assigned, "explanation": terms})
    });
    json!({"file": file, "topics": topics.collect::<Vec<_>>(), "model": model.digest()})
}

fn print(out: &mut dyn Write, model: &Model, file: &str, prediction: &Prediction) -> std::io::Result<()> {
    writeln!(out, "{file}")?;
    for topic in &prediction.topics {
        let names = &model.topics()[topic.topic];
        let mark = if topic.assigned { "✓" } else { " " };
        writeln!(out, "  {mark} {:>6.1} %  {} {}", topic.probability * 100.0, names.name_zh, names.id)?;
        if let Some(explanation) = &topic.explanation {
            let terms = |list: &[wenlei_model::Contribution]| -> String {
                list.iter()
                    .map(|term| format!("{} {:+.2}", term.term, term.contribution))
                    .collect::<Vec<_>>()
                    .join("  ")
            };
            writeln!(out, "               {}", terms(&explanation.supporting))?;
            writeln!(out, "               {}", terms(&explanation.opposing))?;
        }
    }
    let reason = match prediction.no_topic {
        Some(NoTopicReason::NoKnownTerms) => "no topic: the model knows none of its terms",
        Some(NoTopicReason::AllImprobable) => "no topic: every topic is improbable",
        Some(NoTopicReason::Undecided) => "no topic, but the best one is close: let a reader decide",
        None => return Ok(()),
    };
    writeln!(out, "    {reason}")
}
