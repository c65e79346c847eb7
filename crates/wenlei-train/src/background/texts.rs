//! Reading unlabelled texts: JSON lines with a `text`, or one text a line; gzipped if the name ends in `.gz`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use thiserror::Error;

/// Why texts can't be read.
#[derive(Debug, Error)]
pub enum TextError {
    /// The file.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line.
    #[error("{path}:{line}: {problem}", path = path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based number of the line.
        line: usize,
        /// What is wrong.
        problem: String,
    },
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    title: String,
    text: String,
}

/// All texts of all files, in order; blank ones are left out.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<String>, TextError> {
    let mut texts = Vec::new();
    for path in paths {
        let io = |source| TextError::Io { path: path.clone(), source };
        for (index, line) in open(path).map_err(io)?.lines().enumerate() {
            let text = text(path, &line.map_err(io)?).map_err(|problem| TextError::Line {
                path: path.clone(),
                line: index + 1,
                problem,
            })?;
            texts.extend(Some(text).filter(|text| !text.trim().is_empty()));
        }
    }
    Ok(texts)
}

fn open(path: &Path) -> std::io::Result<BufReader<Box<dyn Read>>> {
    let file = File::open(path)?;
    let gzipped = path.extension().is_some_and(|extension| extension == "gz");
    Ok(BufReader::new(if gzipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) }))
}

fn text(path: &Path, line: &str) -> Result<String, String> {
    let json = path.with_extension("").extension().or(path.extension()).is_some_and(|kind| kind == "jsonl")
        || path.extension().is_some_and(|kind| kind == "jsonl");
    if !json || line.trim().is_empty() {
        return Ok(line.to_owned());
    }
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(if line.title.is_empty() { line.text } else { format!("{}\n{}", line.title, line.text) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn plain_json_and_gzipped_texts_are_read() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        std::fs::write(path("a.txt"), "水质改善\n\n安全生产\n").unwrap();
        std::fs::write(path("b.jsonl"), "{\"title\":\"题\",\"text\":\"正文\"}\n").unwrap();
        let mut gzip = flate2::write::GzEncoder::new(
            File::create(path("c.jsonl.gz")).unwrap(),
            flate2::Compression::default(),
        );
        gzip.write_all(b"{\"text\":\"abc\"}\n").unwrap();
        gzip.finish().unwrap();
        let texts = read(&[path("a.txt"), path("b.jsonl"), path("c.jsonl.gz")]).unwrap();
        assert_eq!(texts, ["水质改善", "安全生产", "题\n正文", "abc"]);
    }

    #[test]
    fn a_malformed_line_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.jsonl");
        std::fs::write(&path, "{\"text\":\"甲\"}\n{\"body\":\"乙\"}\n").unwrap();
        let error = read(&[path]).unwrap_err().to_string();
        assert!(error.contains("a.jsonl:2: missing field `text`"), "{error}");
    }
}
