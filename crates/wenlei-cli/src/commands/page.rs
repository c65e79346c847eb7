//! `wenlei page`.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::input;
use crate::page_view::{self, html, json, table};
use crate::source::SourceChoice;

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
    source: SourceChoice,
}

impl Page {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let source = self.source.open()?;
        let explain = self.html.is_some().then_some(page_view::EVIDENCE);
        let mut shown = Vec::new();
        for file in &self.files {
            let text = input::read(file)?;
            let name = file.display().to_string();
            let page = source.page(&text, explain).with_context(|| name.clone())?;
            if self.json {
                writeln!(out, "{}", serde_json::to_string(&json::page(&page, &text))?)?;
            } else if self.html.is_some() {
                shown.push(html::page(&page, &text));
            } else {
                write!(out, "{}", table::page(&name, &page))?;
            }
        }
        let Some(path) = self.html else { return Ok(()) };
        let document = html::document(&shown)?;
        fs::write(&path, document).with_context(|| format!("can't write {}", path.display()))
    }
}
