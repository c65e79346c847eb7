//! The corpus of the default model is well-formed: known topics, unique ids, no article twice.
#![allow(clippy::unwrap_used)]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use wenlei_train::corpus::{Article, Corpus};
use wenlei_train::recipe::Recipe;

/// Length of the shingles that articles are compared by, in characters.
const SHINGLE: usize = 5;
/// Two texts that share a larger part of the shingles of the shorter one are one text written twice.
const LARGEST_SHARE: f64 = 0.4;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn corpus() -> Vec<Article> {
    Corpus::read(&[root().join("models/local-news/corpus")]).unwrap().articles
}

fn shingles(text: &str) -> HashSet<String> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(SHINGLE).map(|window| window.iter().collect()).collect()
}

#[test]
fn ids_are_unique_and_topics_known() {
    let recipe = Recipe::read(&root().join("models/local-news")).unwrap();
    let known: HashSet<&str> = recipe.topics.iter().map(|topic| topic.id.as_str()).collect();
    let mut ids = HashSet::new();
    for article in corpus() {
        assert!(ids.insert(article.id.clone()), "{} occurs twice", article.id);
        for topic in &article.topics {
            assert!(known.contains(topic.as_str()), "{}: {topic}", article.id);
        }
        let distinct: HashSet<&String> = article.topics.iter().collect();
        assert_eq!(distinct.len(), article.topics.len(), "{} names a topic twice", article.id);
    }
}

#[test]
fn no_article_stands_twice_in_the_corpus_or_in_the_test_pages() {
    let mut texts: Vec<(String, HashSet<String>)> = corpus()
        .iter()
        .map(|article| (article.id.clone(), shingles(&format!("{}{}", article.title, article.text))))
        .collect();
    let articles = texts.len();
    for folder in ["tests/data", "tests/data/pages/develop", "tests/data/pages/measure"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let text = fs::read_to_string(&path).unwrap();
                texts.push((path.display().to_string(), shingles(&text)));
            }
        }
    }
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, (_, own)) in texts.iter().enumerate() {
        for shingle in own {
            holders.entry(shingle).or_default().push(index);
        }
    }
    for (index, (id, own)) in texts[..articles].iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let others =
            own.iter().flat_map(|shingle| &holders[shingle.as_str()]).filter(|other| **other > index);
        for other in others {
            *shared.entry(*other).or_default() += 1;
        }
        for (other, count) in shared {
            let shorter = own.len().min(texts[other].1.len()).max(1);
            let share = count as f64 / shorter as f64;
            assert!(
                share < LARGEST_SHARE,
                "{id} and {} share {share:.2} of the shorter text",
                texts[other].0
            );
        }
    }
}
