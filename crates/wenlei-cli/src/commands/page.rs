//! `wenlei page`.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::input::{self, ModelChoice};
use crate::page_view::{PageReading, html, json, table};

/// Split pages into articles and say which topics each carries.
#[derive(Args)]
pub(crate) struct Page {
    /// Pages, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a page; offsets count code points of the file's text
    #[arg(long)]
    json: bool,
    /// Write a web page that shows the articles in place, with their topics and the evidence
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,
    #[command(flatten)]
    model: ModelChoice,
}

impl Page {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let model = self.model.load()?;
        let mut shown = Vec::new();
        for file in &self.files {
            let text = input::read(file)?;
            let reading = PageReading::new(&model, &text);
            if self.json {
                writeln!(out, "{}", serde_json::to_string(&json::page(&reading))?)?;
            } else if self.html.is_some() {
                shown.push(html::page(&reading));
            } else {
                write!(out, "{}", table::page(&file.display().to_string(), &reading))?;
            }
        }
        let Some(path) = self.html else { return Ok(()) };
        let document = html::document(&model, &shown)?;
        fs::write(&path, document).with_context(|| format!("can't write {}", path.display()))
    }
}
