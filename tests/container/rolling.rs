//! A new version of everything, while calls go on.

use std::process::Command;

use wenlei_tests::load::Load;
use wenlei_tests::model_file::{committed, variant};

use super::harness::{Engine, ModelFolder, PERIOD, Stack, digest};

/// The server's image with another label: another image to the engine, the same program.
fn next_image(engine: &Engine) -> String {
    let image = format!("{}-next", engine.server_image);
    let folder = tempfile::tempdir().unwrap();
    let text = format!("FROM {}\nLABEL org.opencontainers.image.version=next\n", engine.server_image);
    std::fs::write(folder.path().join("Dockerfile"), text).unwrap();
    let status =
        Command::new("docker").args(["build", "--quiet", "--tag", &image]).arg(folder.path()).status();
    assert!(status.unwrap().success());
    image
}

#[tokio::test(flavor = "multi_thread")]
async fn replacing_image_and_model_of_all_replicas_loses_no_request() {
    let Some(engine) = Engine::take() else { return };
    let (image, next) = (next_image(&engine), variant(1));
    let models = ModelFolder::new(&next);
    let mut stack = Stack::start(&engine, None);
    let load = Load::start(&stack.address(), PERIOD, 60).await;
    let stack = tokio::task::spawn_blocking(move || {
        stack.replace_all(&image, models.path());
        (stack, models)
    });
    let _stack = stack.await.unwrap();
    load.wait_for_answers(200).await;
    let ledger = load.finish().await;
    eprintln!("{} calls during a rolling replacement", ledger.0.len());
    assert!(ledger.failures().is_empty(), "{:#?}", ledger.failures());
    assert_eq!(ledger.digests(), [digest(&committed()), digest(&next)]);
    assert_eq!(ledger.0.last().unwrap().result.as_ref().unwrap(), &digest(&next));
}
