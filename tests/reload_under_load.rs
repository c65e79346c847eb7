//! Models change under load: no request is lost, and no memory either.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use wenlei_proto::v1::{ClassifyRequest, ReloadModelRequest};
use wenlei_tests::model_file::variant;
use wenlei_tests::{Server, document};

const RELOADS: u64 = 200;

/// Asks without a pause until `done`; counts the answers. Any error ends the test.
async fn ask(server: Arc<Server>, done: Arc<AtomicBool>, answers: Arc<AtomicUsize>) {
    let mut client = server.classification().await;
    while !done.load(Ordering::Relaxed) {
        let request = ClassifyRequest {
            document: document("安全检查", "开展安全生产检查。"),
            ..Default::default()
        };
        client.classify(request).await.expect("no request is lost");
        answers.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn two_hundred_reloads_lose_no_request_and_memory_is_flat() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("model.safetensors");
    let variants = [variant(0), variant(1), variant(2)];
    std::fs::write(&path, &variants[0]).unwrap();
    let server = Arc::new(Server::start(&["--model", path.to_str().unwrap(), "--reload-poll", "0s"]));
    let (done, answers) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let tasks: Vec<_> =
        (0..4).map(|_| tokio::spawn(ask(server.clone(), done.clone(), answers.clone()))).collect();
    let mut models = server.models().await;
    let mut memory = Vec::new();
    for reload in 1..=RELOADS {
        let fresh = directory.path().join("fresh");
        std::fs::write(&fresh, &variants[reload as usize % variants.len()]).unwrap();
        std::fs::rename(&fresh, &path).unwrap();
        let response = models.reload_model(ReloadModelRequest::default()).await.unwrap().into_inner();
        assert!(response.changed);
        assert_eq!(response.model.unwrap().generation, reload + 1);
        memory.push(server.resident_memory());
    }
    done.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.unwrap();
    }
    // The highest of the last reloads before each mark: one reading may fall into the middle of a load.
    let highest = |until: usize| *memory[until - 20..until].iter().max().unwrap();
    let (at_50, at_200) = (highest(50), highest(200));
    let figures =
        format!("{} answers, {at_50} bytes at reload 50, {at_200} at 200", answers.load(Ordering::Relaxed));
    eprintln!("{figures}");
    assert!(at_200 as f64 <= at_50 as f64 * 1.1, "{figures}");
}
