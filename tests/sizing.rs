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

/// Documents in batches of some 100,000 characters, and no more than 1,000 documents, until the time is over.
async fn batched(server: &Server, characters: usize) -> usize {
    let documents = (100_000 / characters).min(1000);
    let documents = vec![Document { title: String::new(), text: news(characters) }; documents];
    let request = BatchClassifyRequest { documents, ..Default::default() };
    let mut client = server.classification().await;
    let (start, mut done) = (Instant::now(), 0);
    while start.elapsed() < TIME {
        done += client.batch_classify(request.clone()).await.unwrap().into_inner().predictions.len();
    }
    done
}

/// Documents one a call, sixteen calls under way, until the time is over.
async fn single(server: &Server, characters: usize) -> usize {
    let request = ClassifyRequest { document: document("", &news(characters)), ..Default::default() };
    let start = Instant::now();
    let mut callers = Vec::new();
    for _ in 0..16 {
        let (mut client, request) = (server.classification().await, request.clone());
        callers.push(tokio::spawn(async move {
            let mut done = 0;
            while start.elapsed() < TIME {
                client.classify(request.clone()).await.unwrap();
                done += 1;
            }
            done
        }));
    }
    let mut done = 0;
    for caller in callers {
        done += caller.await.unwrap();
    }
    done
}

/// By the processor time of the server: other programs on the machine don't disturb it.
#[tokio::test]
#[ignore = "measures; takes a minute"]
async fn documents_a_second_of_one_core() {
    let server = Server::start_on_one_core(&[]);
    println!("characters  in batches  one a call");
    for characters in LENGTHS {
        let before = server.processor_time();
        let batches = batched(&server, characters).await as f64;
        let between = server.processor_time();
        let calls = single(&server, characters).await as f64;
        let after = server.processor_time();
        let rate = |done: f64, time: Duration| done / time.as_secs_f64();
        println!(
            "{characters:>10}  {:>10.0}  {:>10.0}",
            rate(batches, between.saturating_sub(before)),
            rate(calls, after.saturating_sub(between))
        );
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
