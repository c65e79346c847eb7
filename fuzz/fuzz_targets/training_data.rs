//! The readers of the trainer: labelled articles, recipes, labelled pages, backgrounds and unlabelled texts. Whatever
//! the bytes, they are read or refused.
//!
//! The first byte of the input says what is read.

#![no_main]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use wenlei_model::TermExtractor;
use wenlei_model::terms::TermSettings;
use wenlei_text::{Segmenter, StopWords, UserDictionary, page};
use wenlei_train::background::{Background, BackgroundSettings};
use wenlei_train::corpus::Corpus;
use wenlei_train::page_tagger::gold::Lesson;
use wenlei_train::page_tagger::wording;
use wenlei_train::pages;
use wenlei_train::progress::Progress;
use wenlei_train::recipe::Recipe;

/// More components than any small text has words: texts are read, and nothing is computed from them.
const RANK: usize = 1 << 20;

static DIRECTORY: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a directory"));

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(&UserDictionary::default()));

fuzz_target!(|input: &[u8]| {
    let Some((what, bytes)) = input.split_first() else { return };
    let directory = DIRECTORY.path();
    match what % 7 {
        0 => labelled(directory, "corpus.jsonl", bytes),
        1 => labelled(directory, "corpus.tsv", bytes),
        2 => recipe(directory, bytes),
        3 => gold(directory, bytes),
        4 => drop(Background::from_bytes(bytes)),
        5 => unlabelled(directory, "texts.jsonl", bytes),
        _ => unlabelled(directory, "texts.jsonl.gz", bytes),
    }
});

fn write(directory: &Path, name: &str, bytes: &[u8]) {
    fs::write(directory.join(name), bytes).expect("a file");
}

fn labelled(directory: &Path, name: &str, bytes: &[u8]) {
    write(directory, name, bytes);
    if let Ok(corpus) = Corpus::read(&[directory.join(name)]) {
        assert!(!corpus.articles.is_empty());
    }
}

fn recipe(directory: &Path, bytes: &[u8]) {
    write(directory, "recipe.toml", bytes);
    drop(Recipe::read(directory));
}

/// A page beside what is said of it: `gold.json` up to the first zero, then the page `a`.
fn gold(directory: &Path, bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    write(directory, "gold.json", &bytes[..end]);
    write(directory, "a", bytes.get(end + 1..).unwrap_or_default());
    let Ok(labelled) = pages::read_pages(directory) else { return };
    pages::measure(labelled.iter().map(|page| (page, page::split(&page.text))), None);
    let wording = wording::learn(labelled.iter(), 1);
    for page in &labelled {
        Lesson::of(page, &wording);
    }
}

fn unlabelled(directory: &Path, name: &str, bytes: &[u8]) {
    write(directory, name, bytes);
    let extractor = TermExtractor::new(SEGMENTER.clone(), StopWords::default(), TermSettings::words_only());
    let settings = BackgroundSettings { rank: RANK, min_documents: 1, seed: 1 };
    drop(Background::make(&[directory.join(name)], extractor, settings, Progress::hidden()));
}
