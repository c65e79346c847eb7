//! `docker stop` while calls go on.

use std::time::{Duration, Instant};

use wenlei_tests::load::Load;
use wenlei_tests::never_taken;

use super::harness::{Container, Engine, PERIOD};

/// Seconds that `docker stop` waits before it kills.
const GRACE: u32 = 30;

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_in_time_and_loses_no_accepted_request() {
    let Some(engine) = Engine::take() else { return };
    let container = Container::start_on_host_network(&engine.server_image);
    let load = Load::start(container.address(), PERIOD, 60).await;
    load.wait_for_answers(200).await;
    let start = Instant::now();
    let stop = tokio::task::spawn_blocking(move || {
        container.stop(GRACE);
        container
    });
    let container = stop.await.unwrap();
    let took = start.elapsed();
    let ledger = load.finish().await;
    eprintln!("stopped after {took:?}");
    assert!(took < Duration::from_secs(GRACE.into()), "{took:?}");
    assert_eq!(container.inspect("{{.State.ExitCode}}"), "0");
    let lost: Vec<_> = ledger
        .failures()
        .into_iter()
        .filter(|outcome| !never_taken(outcome.result.as_ref().unwrap_err()))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(!container.log().contains("not finished in time"), "{}", container.log());
}
