//! The figures of docs/operations.md: what one core serves, and what memory a model takes. Not a test of anything, so it
//! runs only if asked:
//!
//! `cargo test --release -p wenlei-tests --test sizing -- --ignored --nocapture`
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use wenlei_proto::v1::{BatchClassifyRequest, ClassifyRequest, Document};
use wenlei_tests::model_file::variant;
use wenlei_tests::{Server, data, document};

const LENGTHS: [usize; 5] = [30, 200, 1000, 5000, 20_000];
const TIME: Duration = Duration::from_secs(5);

/// News of so many characters.
fn news(characters: usize) -> String {
    data("sample-page.txt").chars().filter(|c| !c.is_whitespace()).cycle().take(characters).collect()
}

/// Documents a second in batches of some 100,000 characters.
async fn batched(server: &Server, characters: usize) -> f64 {
    let documents = vec![Document { title: String::new(), text: news(characters) }; 100_000 / characters];
    let request = BatchClassifyRequest { documents, ..Default::default() };
    let mut client = server.classification().await;
    let (start, mut done) = (Instant::now(), 0);
    while start.elapsed() < TIME {
        done += client.batch_classify(request.clone()).await.unwrap().into_inner().predictions.len();
    }
    done as f64 / start.elapsed().as_secs_f64()
}

/// Documents a second one a call, sixteen calls under way, and the median and 99th percentile of their times.
async fn single(server: &Server, characters: usize) -> (f64, Duration, Duration) {
    let request = ClassifyRequest { document: document("", &news(characters)), ..Default::default() };
    let start = Instant::now();
    let mut callers = Vec::new();
    for _ in 0..16 {
        let (mut client, request) = (server.classification().await, request.clone());
        callers.push(tokio::spawn(async move {
            let mut times = Vec::new();
            while start.elapsed() < TIME {
                let begin = Instant::now();
                client.classify(request.clone()).await.unwrap();
                times.push(begin.elapsed());
            }
            times
        }));
    }
    let mut times = Vec::new();
    for caller in callers {
        times.extend(caller.await.unwrap());
    }
    times.sort_unstable();
    let rate = times.len() as f64 / start.elapsed().as_secs_f64();
    (rate, times[times.len() / 2], times[times.len() * 99 / 100])
}

#[tokio::test]
#[ignore = "measures; takes a minute"]
async fn documents_a_second_on_one_core() {
    let server = Server::start_on_one_core(&[]);
    println!("characters  batches: documents/s  single calls: documents/s  median  p99");
    for characters in LENGTHS {
        let batches = batched(&server, characters).await;
        let (calls, median, p99) = single(&server, characters).await;
        println!("{characters:>10}  {batches:>20.0}  {calls:>25.0}  {median:.1?}  {p99:.1?}");
    }
}

#[test]
#[ignore = "measures"]
fn memory_by_models() {
    let directory = tempfile::tempdir().unwrap();
    let mut arguments = Vec::new();
    for number in 0..4 {
        let path = directory.path().join(format!("{number}.safetensors"));
        std::fs::write(&path, variant(number)).unwrap();
        arguments.extend(["--model".to_owned(), format!("m{number}={}", path.display())]);
        let server = Server::start(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        println!("{} model(s): {} MB resident", number + 1, server.resident_memory() >> 20);
    }
}
