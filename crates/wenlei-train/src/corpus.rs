//! Labelled articles: JSON lines, or `text<TAB>label` lines.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

/// A labelled article.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Identifier, unique within a corpus.
    pub id: String,
    /// Headline; may be empty.
    #[serde(default)]
    pub title: String,
    /// Body.
    pub text: String,
    /// The topics it carries.
    pub topics: Vec<String>,
    /// Topics that are arguable and not scored.
    #[serde(default)]
    pub optional: Vec<String>,
}

/// Labelled articles in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The articles.
    pub articles: Vec<Article>,
    /// BLAKE3 digest of the files they came from, in hexadecimal.
    pub digest: String,
}

/// Why labelled data can't be used.
#[derive(Debug, Error)]
pub enum CorpusError {
    /// A file or folder can't be read.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line isn't what it should be.
    #[error("{path}:{line}: {problem}", path = path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based number of the line.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// There is nothing to train on or to measure.
    #[error("no articles in {paths}: expected *.jsonl or *.tsv files")]
    Empty {
        /// Where they were looked for.
        paths: String,
    },
}

impl Corpus {
    /// Reads files, and all `*.jsonl` and `*.tsv` files of folders in the order of their names.
    ///
    /// # Errors
    /// A file that can't be read, a malformed line (named), or no article at all.
    pub fn read(paths: &[PathBuf]) -> Result<Self, CorpusError> {
        let mut corpus = Self::default();
        let mut hasher = blake3::Hasher::new();
        for path in files(paths)? {
            let bytes = fs::read(&path).map_err(|source| CorpusError::Io { path: path.clone(), source })?;
            hasher.update(&bytes);
            let text = String::from_utf8(bytes).map_err(|error| CorpusError::Line {
                line: error.as_bytes()[..error.utf8_error().valid_up_to()]
                    .split(|byte| *byte == b'\n')
                    .count(),
                path: path.clone(),
                problem: "not UTF-8".into(),
            })?;
            corpus.articles.extend(parse(&path, &text)?);
        }
        if corpus.articles.is_empty() {
            let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            return Err(CorpusError::Empty { paths: paths.join(", ") });
        }
        corpus.digest = hasher.finalize().to_hex().to_string();
        Ok(corpus)
    }
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CorpusError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let io = |source| CorpusError::Io { path: path.clone(), source };
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(io)? {
            let file = entry.map_err(io)?.path();
            if file.extension().is_some_and(|extension| extension == "jsonl" || extension == "tsv") {
                inside.push(file);
            }
        }
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

fn parse(path: &Path, text: &str) -> Result<Vec<Article>, CorpusError> {
    let tab_separated = path.extension().is_some_and(|extension| extension == "tsv");
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            let article = if tab_separated { parse_tsv(index + 1, line) } else { parse_json(line) };
            article.map_err(|problem| CorpusError::Line { path: path.to_owned(), line: index + 1, problem })
        })
        .collect()
}

fn parse_json(line: &str) -> Result<Article, String> {
    let article: Article = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if article.title.trim().is_empty() && article.text.trim().is_empty() {
        return Err("the article has neither title nor text".into());
    }
    Ok(article)
}

fn parse_tsv(number: usize, line: &str) -> Result<Article, String> {
    let (text, label) = line.rsplit_once('\t').ok_or("expected text, a tab and a label")?;
    if text.trim().is_empty() || label.trim().is_empty() {
        return Err("the text or the label is empty".into());
    }
    Ok(Article {
        id: format!("line-{number}"),
        title: String::new(),
        text: text.to_owned(),
        topics: vec![label.trim().to_owned()],
        optional: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_lines_and_tab_separated_lines_are_read() {
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
        write("b.tsv", "股市上涨\tstocks\n\n球队获胜\tsports\n");
        write("a.jsonl", r#"{"id":"1","title":"","text":"水质改善","topics":["water"],"optional":["air"]}"#);
        write("notes.md", "not data");
        let corpus = Corpus::read(&[directory.path().to_owned()]).unwrap();
        let topics: Vec<&str> = corpus.articles.iter().map(|article| article.topics[0].as_str()).collect();
        assert_eq!(topics, ["water", "stocks", "sports"]);
        assert_eq!(corpus.articles[0].optional, ["air"]);
    }

    #[test]
    fn a_malformed_line_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.jsonl");
        for (text, expected) in [
            ("{\"id\":\"1\",\"text\":\"甲\",\"topics\":[]}\n{\"id\":2}", "a.jsonl:2: "),
            (
                "{\"id\":\"1\",\"text\":\" \",\"topics\":[]}",
                "a.jsonl:1: the article has neither title nor text",
            ),
            ("{\"id\":\"1\",\"text\":\"甲\",\"topics\":[],\"label\":1}", "unknown field `label`"),
        ] {
            fs::write(&path, text).unwrap();
            let error = Corpus::read(std::slice::from_ref(&path)).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        fs::write(&path, b"\n\xff").unwrap();
        let error = Corpus::read(std::slice::from_ref(&path)).unwrap_err().to_string();
        assert!(error.ends_with("a.jsonl:2: not UTF-8"), "{error}");
    }

    #[test]
    fn nothing_to_read_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        assert!(matches!(Corpus::read(&[directory.path().to_owned()]), Err(CorpusError::Empty { .. })));
        assert!(matches!(Corpus::read(&["/no/such/file".into()]), Err(CorpusError::Io { .. })));
    }
}
