//! Measuring the page splitter on pages whose articles are known.
//!
//! A folder holds pages as text files and `gold.json`: for each page its articles, each with its first and last line
//! (1-based, inclusive), the line of its title and its topics.
//!
//! This module must not know how pages are split.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use wenlei_model::Model;
use wenlei_text::Document;
use wenlei_text::page::{self, Page};

/// Longest line without a closing mark that may be dropped from inside an article: a banner or a column's head.
/// Gold doesn't mark those, so their form has to say what they are.
const LONGEST_BANNER: usize = 40;

/// A folder of pages that can't be read.
#[derive(Debug, Error)]
pub enum PagesError {
    /// A file can't be read.
    #[error("can't read {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// `gold.json` isn't what it should be.
    #[error("{path} is no list of pages with their articles: {source}")]
    Gold {
        /// The file.
        path: PathBuf,
        /// What the reader says.
        source: serde_json::Error,
    },
    /// `gold.json` names lines that the page hasn't.
    #[error("{path}, page {page}: {problem}; its lines are numbered 1 to {lines}")]
    Lines {
        /// The file.
        path: PathBuf,
        /// The page.
        page: String,
        /// What is wrong.
        problem: String,
        /// Lines of the page.
        lines: usize,
    },
}

/// What is known of a page.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldPage {
    /// The page's file name.
    pub page: String,
    /// Its articles.
    pub articles: Vec<GoldArticle>,
}

/// What is known of an article; lines are counted from 1.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldArticle {
    /// First line.
    pub from: usize,
    /// Last line.
    pub to: usize,
    /// A line of the title; none for an article without.
    pub title_line: Option<usize>,
    /// Topics it carries.
    pub topics: Vec<String>,
    /// Topics that are arguable.
    #[serde(default)]
    pub optional: Vec<String>,
    /// Lines inside that don't belong to it; where they aren't named, their form has to say what they are.
    #[serde(default)]
    pub banners: Vec<usize>,
}

impl GoldArticle {
    /// An article of which only the lines are known.
    pub fn of_lines(from: usize, to: usize, title_line: Option<usize>) -> Self {
        Self { from, to, title_line, topics: Vec::new(), optional: Vec::new(), banners: Vec::new() }
    }

    /// What is wrong with its lines on a page of so many, if anything.
    fn problem(&self, lines: usize) -> Option<String> {
        let Self { from, to, .. } = self;
        if *from == 0 || from > to || *to > lines {
            return Some(format!("an article from line {from} to line {to}"));
        }
        let title = self.title_line.filter(|title| !(1..=lines).contains(title));
        title.map(|title| format!("a title on line {title}"))
    }
}

/// The figures, as `evaluate-pages --json` prints them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// F1 over the lines on which articles begin.
    pub start_f1: f64,
    /// Share of the articles whose lines are exactly right.
    pub exact_articles: f64,
    /// Share of the articles whose title is right.
    pub title_accuracy: f64,
    /// Share of the non-blank characters that stand in exactly one part or piece of furniture.
    pub coverage: f64,
    /// Share of the articles that are found on the right lines and given exactly their topics; null without a model.
    pub topics_exact: Option<f64>,
    /// Number of pages.
    pub pages: usize,
    /// Number of articles.
    pub articles: usize,
}

/// What went wrong with one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The page.
    pub page: String,
    /// What was found.
    pub message: String,
}

#[derive(Default)]
struct Tally {
    found: usize,
    gold: usize,
    starts: usize,
    exact: usize,
    titles: usize,
    topics: usize,
    characters: usize,
    covered: usize,
}

/// A found article, in lines.
struct Found {
    from: usize,
    to: usize,
    title: String,
    text: String,
    /// Lines on which a part stands.
    lines: BTreeSet<usize>,
}

/// A page together with what is known of it.
#[derive(Clone, Debug)]
pub struct LabelledPage {
    /// What is known.
    pub gold: GoldPage,
    /// The page.
    pub text: String,
}

/// Reads the pages of `directory`.
///
/// # Errors
/// The folder, its `gold.json` or a page can't be read, or `gold.json` names lines that aren't there.
pub fn read_pages(directory: &Path) -> Result<Vec<LabelledPage>, PagesError> {
    let path = directory.join("gold.json");
    let page = |gold: GoldPage| {
        let text = read(&directory.join(&gold.page))?;
        let lines = text.split('\n').count();
        match gold.articles.iter().find_map(|article| article.problem(lines)) {
            Some(problem) => Err(PagesError::Lines { path: path.clone(), page: gold.page, problem, lines }),
            None => Ok(LabelledPage { gold, text }),
        }
    };
    read_gold(&path)?.into_iter().map(page).collect()
}

/// Splits every page of `directory` and compares what is found with what is known; with a model, each found article
/// is classified too.
///
/// # Errors
/// The folder, its `gold.json` or a page can't be read.
pub fn evaluate(directory: &Path, model: Option<&Model>) -> Result<(Summary, Vec<Mistake>), PagesError> {
    let pages = read_pages(directory)?;
    Ok(measure(pages.iter().map(|page| (page, page::split(&page.text))), model))
}

/// The same for pages at hand and what they were split into.
pub fn measure<'a>(
    pages: impl IntoIterator<Item = (&'a LabelledPage, Page)>,
    model: Option<&Model>,
) -> (Summary, Vec<Mistake>) {
    let (mut tally, mut mistakes, mut count) = (Tally::default(), Vec::new(), 0);
    for (LabelledPage { gold, text }, page) in pages {
        tally.measure_cover(text, &page);
        tally.compare(gold, text, &found(text, &page), model, &mut mistakes);
        count += 1;
    }
    (tally.summary(count, model.is_some()), mistakes)
}

fn read_gold(path: &Path) -> Result<Vec<GoldPage>, PagesError> {
    serde_json::from_str(&read(path)?).map_err(|source| PagesError::Gold { path: path.to_owned(), source })
}

fn read(path: &Path) -> Result<String, PagesError> {
    fs::read_to_string(path).map_err(|source| PagesError::Io { path: path.to_owned(), source })
}

fn found(text: &str, page: &Page) -> Vec<Found> {
    let line_ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line_of = |at: usize| line_ends.partition_point(|end| *end < at) + 1;
    page.articles
        .iter()
        .map(|article| {
            let range = article.range();
            Found {
                from: line_of(range.start),
                to: line_of(range.end),
                title: article.title(text),
                text: article.text(text),
                lines: article.parts.iter().map(|part| line_of(part.range.start)).collect(),
            }
        })
        .collect()
}

impl Tally {
    /// Counts characters that aren't white space, and those that are held exactly once.
    fn measure_cover(&mut self, text: &str, page: &Page) {
        let mut holders = vec![0_u8; text.len()];
        let parts = page.articles.iter().flat_map(|article| &article.parts).map(|part| &part.range);
        for range in parts.chain(page.furniture.iter().map(|furniture| &furniture.range)) {
            holders[range.clone()].iter_mut().for_each(|count| *count = count.saturating_add(1));
        }
        for (at, _) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            self.characters += 1;
            self.covered += usize::from(holders[at] == 1);
        }
    }

    fn compare(
        &mut self,
        known: &GoldPage,
        text: &str,
        found: &[Found],
        model: Option<&Model>,
        mistakes: &mut Vec<Mistake>,
    ) {
        let lines: Vec<&str> = text.split('\n').collect();
        self.found += found.len();
        self.gold += known.articles.len();
        let mut complain = |message: String| mistakes.push(Mistake { page: known.page.clone(), message });
        for article in &known.articles {
            let Some(same) = found.iter().find(|found| found.from == article.from) else {
                complain(format!("no article begins on line {}", article.from));
                continue;
            };
            self.starts += 1;
            let exact = is_exact(article, same, &lines);
            let titled = has_title(article, same, &lines);
            self.exact += usize::from(exact);
            self.titles += usize::from(titled);
            if !exact {
                complain(format!("lines {}-{} found as {}-{}", article.from, article.to, same.from, same.to));
            }
            if !titled {
                complain(format!("line {}: title found as {:?}", article.from, same.title));
            }
            if let Some(model) = model {
                self.topics += usize::from(has_topics(article, same, model));
            }
        }
        for extra in found.iter().filter(|found| known.articles.iter().all(|known| known.from != found.from))
        {
            complain(format!(
                "nothing begins on line {}, but {}-{} was found",
                extra.from, extra.from, extra.to
            ));
        }
    }

    fn summary(&self, pages: usize, classified: bool) -> Summary {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        Summary {
            start_f1: share(2 * self.starts, self.found + self.gold),
            exact_articles: share(self.exact, self.gold),
            title_accuracy: share(self.titles, self.gold),
            coverage: share(self.covered, self.characters),
            topics_exact: classified.then(|| share(self.topics, self.gold)),
            pages,
            articles: self.gold,
        }
    }
}

/// The same first and last line, and no line of text dropped in between.
fn is_exact(known: &GoldArticle, found: &Found, lines: &[&str]) -> bool {
    let kept = |number: usize| found.lines.contains(&number) || may_be_dropped(lines[number - 1]);
    found.from == known.from && found.to == known.to && (known.from..=known.to).all(kept)
}

fn may_be_dropped(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= LONGEST_BANNER && !line.ends_with(['。', '！', '？', '!', '?', '；', '，', ','])
}

fn has_title(known: &GoldArticle, found: &Found, lines: &[&str]) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect() };
    match known.title_line {
        Some(number) => plain(&found.title).contains(&plain(lines[number - 1])),
        None => found.title.is_empty(),
    }
}

fn has_topics(known: &GoldArticle, found: &Found, model: &Model) -> bool {
    let prediction = model.classify(&Document::new(&found.title, &found.text));
    model.topics().iter().zip(&prediction.topics).all(|(topic, given)| {
        known.optional.contains(&topic.id) || given.assigned == known.topics.contains(&topic.id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_their_definitions() {
        let directory = tempfile::tempdir().unwrap();
        let report = "本报讯 6月1日，全县安全生产会议召开，部署下半年工作。（李明 王强）";
        fs::write(directory.path().join("a.txt"), format!("县里开会部署安全生产\n{report}\n")).unwrap();
        let gold = |from, to, title: &str| {
            format!(
                r#"[{{"page": "a.txt", "articles": [{{"from": {from}, "to": {to}, "title_line": {title}, "topics": []}}]}}]"#
            )
        };
        let figures = |gold: String| {
            fs::write(directory.path().join("gold.json"), gold).unwrap();
            let (summary, _) = evaluate(directory.path(), None).unwrap();
            let figures =
                [summary.start_f1, summary.exact_articles, summary.title_accuracy, summary.coverage];
            figures.map(|figure| format!("{figure:.2}"))
        };
        assert_eq!(figures(gold(1, 2, "1")), ["1.00", "1.00", "1.00", "1.00"]);
        assert_eq!(figures(gold(1, 2, "null")), ["1.00", "1.00", "0.00", "1.00"]);
        assert_eq!(figures(gold(1, 1, "2")), ["1.00", "0.00", "0.00", "1.00"]);
        assert_eq!(figures(gold(2, 2, "null")), ["0.00", "0.00", "0.00", "1.00"]);
    }

    /// Measuring looked for them and panicked.
    #[test]
    fn lines_that_are_not_there_are_named() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("a.txt"), "葡萄熟了\n果农老周说").unwrap();
        for (from, to, title, expected) in [
            (0, 1, 1, "an article from line 0 to line 1"),
            (2, 1, 1, "an article from line 2 to line 1"),
            (1, 3, 1, "an article from line 1 to line 3"),
            (1, 2, 0, "a title on line 0"),
            (1, 2, 3, "a title on line 3; its lines are numbered 1 to 2"),
        ] {
            let article = format!(r#"{{"from": {from}, "to": {to}, "title_line": {title}, "topics": []}}"#);
            let gold = format!(r#"[{{"page": "a.txt", "articles": [{article}]}}]"#);
            fs::write(directory.path().join("gold.json"), gold).unwrap();
            let error = evaluate(directory.path(), None).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
