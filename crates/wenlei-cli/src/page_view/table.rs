//! A page as a table on a terminal.

use std::fmt::Write;

use super::json::kind;
use crate::answer::{Article, Page};
use crate::width::fit;

/// Columns of a title.
const TITLE: usize = 44;

/// The articles of a page, a line each, and how many carry each topic.
pub(crate) fn page(name: &str, page: &Page) -> String {
    let (articles, furniture) = (page.articles.len(), page.furniture.len());
    let mut table = format!("{name}: {articles} articles, {furniture} lines of furniture\n");
    for (index, article) in page.articles.iter().enumerate() {
        let _ = writeln!(table, "{:>3}  {}", index + 1, line(article));
    }
    // Every article lists all topics in the same order.
    let topics = page.articles.first().map(|article| article.topics.as_slice()).unwrap_or_default();
    for (place, topic) in topics.iter().enumerate() {
        let carry = |article: &&Article| article.assigned().any(|(other, _)| other == place);
        let count = page.articles.iter().filter(carry).count();
        if count > 0 {
            let _ = writeln!(table, "     {} {count}", topic.name_zh);
        }
    }
    table
}

fn line(article: &Article) -> String {
    let title = if article.title.is_empty() { &article.text } else { &article.title };
    let topics: Vec<String> = article
        .assigned()
        .map(|(_, topic)| format!("{} {:.0} %", topic.name_zh, topic.probability * 100.0))
        .collect();
    let topics = if topics.is_empty() { "–".to_owned() } else { topics.join("  ") };
    let length = article.text.chars().count();
    let (title, kind) = (fit(title, TITLE), kind(article.outline.kind));
    format!("{title}  {kind:<7}  {length:>5}  {topics}")
}
