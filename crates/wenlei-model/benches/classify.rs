//! How long it takes to classify articles and pages. `just bench` runs it.
//!
//! At the end stands how much longer a page takes than its articles one by one: what it costs to find them. It must
//! not be more than half as long again.
#![allow(clippy::unwrap_used, missing_docs, reason = "criterion's macros write an undocumented function")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use wenlei_model::{Model, Prediction};
use wenlei_text::Document;
use wenlei_text::page::{ArticleDocument, split};

/// Characters of a short, a medium and a long article: a message, a report, a long feature.
const ARTICLES: [(&str, usize); 3] = [("short", 60), ("medium", 600), ("long", 6_000)];

/// The server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Characters of the page.
const PAGE: usize = 20_000;

/// The most that a page may take, in times of its articles one by one.
const MOST: f64 = 1.5;

/// Comparisons; the fastest of each side counts, for the machine does other things too.
const ROUNDS: usize = 40;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn model() -> Model {
    Model::from_bytes(&fs::read(root().join("models/local-news/model.safetensors")).unwrap()).unwrap()
}

/// The labelled pages one below the other, up to the length of the page.
fn page() -> String {
    let entries = fs::read_dir(root().join("tests/data/pages/develop")).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let pages: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    pages.join("\n\n").chars().take(PAGE).collect()
}

/// Title and text of every article on the page.
fn articles(page: &str) -> Vec<(String, String)> {
    split(page).articles.iter().map(|article| (article.title(page), article.text(page))).collect()
}

fn classify_page(model: &Model, page: &str) -> Vec<Prediction> {
    let found = split(page).articles;
    found.iter().map(|article| model.classify(ArticleDocument::new(article, page).document())).collect()
}

fn classify_articles(model: &Model, articles: &[(String, String)]) -> Vec<Prediction> {
    articles.iter().map(|(title, text)| model.classify(&Document::new(title, text))).collect()
}

fn article(criterion: &mut Criterion) {
    let (model, page) = (model(), page());
    let text: String = articles(&page).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    let mut group = criterion.benchmark_group("article");
    for (name, characters) in ARTICLES {
        let text: String = text.chars().take(characters).collect();
        group.throughput(Throughput::Elements(characters as u64));
        group.bench_with_input(BenchmarkId::new(name, characters), &text, |bencher, text| {
            bencher.iter(|| model.classify(&Document::new("", black_box(text))));
        });
    }
}

fn whole_page(criterion: &mut Criterion) {
    let (model, page) = (model(), page());
    let articles = articles(&page);
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Elements(PAGE as u64));
    group.bench_function("split and classified", |bencher| {
        bencher.iter(|| classify_page(&model, black_box(&page)));
    });
    group.bench_function("its articles one by one", |bencher| {
        bencher.iter(|| classify_articles(&model, black_box(&articles)));
    });
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Compares a page with its articles, in turns.
fn compare() {
    let (model, page) = (model(), page());
    let articles = articles(&page);
    let (mut whole, mut single) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        whole = whole.min(time(|| classify_page(&model, &page)));
        single = single.min(time(|| classify_articles(&model, &articles)));
    }
    let ratio = whole.as_secs_f64() / single.as_secs_f64();
    eprintln!(
        "a page of {PAGE} characters: {whole:?}; its {} articles one by one: {single:?}; ratio {ratio:.2}, \
         {MOST} at most",
        articles.len()
    );
    assert!(ratio <= MOST, "finding the articles takes too long");
}

criterion_group!(benches, article, whole_page);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    compare();
}
