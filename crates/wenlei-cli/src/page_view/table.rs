//! A page as a table on a terminal.

use std::fmt::Write;

use super::PageReading;
use super::json::kind;
use crate::width::fit;

/// Columns of a title.
const TITLE: usize = 44;

/// The articles of a page, a line each, and how many carry each topic.
pub(crate) fn page(name: &str, reading: &PageReading) -> String {
    let mut table = format!(
        "{name}: {} articles, {} lines of furniture\n",
        reading.readings.len(),
        reading.page.furniture.len()
    );
    for (index, article) in reading.readings.iter().enumerate() {
        let title = if article.document.title().is_empty() {
            article.document.text()
        } else {
            article.document.title()
        };
        let topics: Vec<String> = article
            .assigned()
            .map(|(topic, probability)| {
                format!("{} {:.0} %", reading.model.topics()[topic].name_zh, probability * 100.0)
            })
            .collect();
        let topics = if topics.is_empty() { "–".to_owned() } else { topics.join("  ") };
        let length = article.document.text().chars().count();
        let (title, kind) = (fit(title, TITLE), kind(article.article.kind));
        let _ = writeln!(table, "{:>3}  {title}  {kind:<7}  {length:>5}  {topics}", index + 1);
    }
    for (place, topic) in reading.model.topics().iter().enumerate() {
        let count =
            reading.readings.iter().filter(|article| article.assigned().any(|(t, _)| t == place)).count();
        if count > 0 {
            let _ = writeln!(table, "     {} {count}", topic.name_zh);
        }
    }
    table
}
