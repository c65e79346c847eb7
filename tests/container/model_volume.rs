//! The model changes in the volume, while calls go on.

use wenlei_tests::load::Load;
use wenlei_tests::model_file::variant;

use super::harness::{Engine, ModelFolder, PERIOD, Stack, digest};

/// Answers in a row by the new model after which all replicas must have it: the balancer sends no replica so few.
const ENOUGH: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_of_the_old_or_the_new_and_all_replicas_end_on_the_new() {
    let Some(engine) = Engine::take() else { return };
    let (old, new) = (variant(1), variant(2));
    let folder = ModelFolder::new(&old);
    let stack = Stack::start(&engine, Some(folder.path()));
    let load = Load::start(&stack.address(), PERIOD, 10).await;
    load.wait_for_answers(ENOUGH).await;
    folder.publish(&new);
    let stack = tokio::task::spawn_blocking(move || {
        stack.wait_for_digest(&digest(&new));
        stack
    });
    let stack = stack.await.unwrap();
    load.wait_for_answers(ENOUGH).await;
    let ledger = load.finish().await;
    drop(stack);
    assert!(ledger.failures().is_empty(), "{:#?}", ledger.failures());
    assert_eq!(ledger.digests(), [digest(&old), digest(&variant(2))]);
    let last = &ledger.0[ledger.0.len() - ENOUGH..];
    assert!(last.iter().all(|outcome| outcome.result.as_ref().unwrap() == &digest(&variant(2))));
}
