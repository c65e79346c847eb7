//! A replica is killed without warning.

use std::time::{Duration, Instant};

use wenlei_tests::load::{CALLERS, Load};

use super::harness::{Engine, PERIOD, RetryingClient, Stack};

/// So much work in a call that some are under way in a replica at any moment.
const DOCUMENTS: usize = 120;

#[tokio::test(flavor = "multi_thread")]
async fn it_costs_at_most_the_calls_under_way() {
    let Some(engine) = Engine::take() else { return };
    let stack = Stack::start(&engine, None);
    let load = Load::start(&stack.address(), PERIOD, DOCUMENTS).await;
    stack.kill("wenlei-2");
    let dead = Instant::now();
    load.wait_for_answers(500).await;
    let ledger = load.finish().await;
    let failures = ledger.failures();
    eprintln!("{} calls, {} lost with the replica", ledger.0.len(), failures.len());
    assert!(failures.len() <= CALLERS, "{failures:#?}");
    assert!(failures.iter().all(|outcome| outcome.began < dead), "{failures:#?}");
}

#[test]
fn it_costs_a_client_that_retries_nothing() {
    let Some(engine) = Engine::take() else { return };
    let stack = Stack::start(&engine, None);
    let client = RetryingClient::start(&stack.address(), DOCUMENTS);
    std::thread::sleep(Duration::from_secs(3));
    for replica in ["wenlei-1", "wenlei-3"] {
        stack.kill(replica);
        std::thread::sleep(Duration::from_secs(3));
    }
    let (answers, errors) = client.finish();
    eprintln!("{answers} answers while two of three replicas were killed");
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(answers > 500, "{answers}");
}
