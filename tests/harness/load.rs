//! Callers that go on at a constant rate and write down what came of each call.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::document;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tonic::Status;
use tonic::transport::{Channel, Endpoint};
use wenlei_proto::v1::BatchClassifyRequest;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;

/// Callers at once, each with a connection of its own.
pub const CALLERS: usize = 8;

/// Longest a call may take.
const DEADLINE: Duration = Duration::from_secs(15);

/// What came of a call.
#[derive(Debug)]
pub struct Outcome {
    /// When it began.
    pub began: Instant,
    /// The digest of the model that answered, or the error.
    pub result: Result<String, Status>,
}

/// What came of all calls.
#[derive(Debug)]
pub struct Ledger(pub Vec<Outcome>);

impl Ledger {
    /// The calls that were not answered.
    pub fn failures(&self) -> Vec<&Outcome> {
        self.0.iter().filter(|outcome| outcome.result.is_err()).collect()
    }

    /// The digests that answered, each once, in the order of their first answer.
    pub fn digests(&self) -> Vec<&str> {
        let mut digests = Vec::new();
        for digest in self.0.iter().filter_map(|outcome| outcome.result.as_deref().ok()) {
            if !digests.contains(&digest) {
                digests.push(digest);
            }
        }
        digests
    }
}

/// Callers under way.
pub struct Load {
    callers: JoinSet<Vec<Outcome>>,
    answered: Arc<AtomicUsize>,
    done: Arc<AtomicBool>,
}

impl Load {
    /// Starts the callers, each with so much time from one call to its next and so many documents in each, and waits until
    /// they are answered.
    pub async fn start(address: &str, period: Duration, documents: usize) -> Self {
        let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
        let mut load = Self { callers: JoinSet::new(), answered: Arc::default(), done: Arc::default() };
        for _ in 0..CALLERS {
            let channel = endpoint.clone().timeout(DEADLINE).connect().await.unwrap();
            load.callers.spawn(call(
                channel,
                period,
                request(documents),
                load.answered.clone(),
                load.done.clone(),
            ));
        }
        load.wait_for_answers(CALLERS).await;
        load
    }

    /// Waits until so many more calls were answered.
    pub async fn wait_for_answers(&self, more: usize) {
        let enough = self.answered.load(Ordering::Relaxed) + more;
        while self.answered.load(Ordering::Relaxed) < enough && self.callers.len() == CALLERS {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Ends the callers after the calls under way. Outcomes are in the order in which calls began.
    pub async fn finish(self) -> Ledger {
        self.done.store(true, Ordering::Relaxed);
        let mut outcomes: Vec<Outcome> = self.callers.join_all().await.into_iter().flatten().collect();
        outcomes.sort_by_key(|outcome| outcome.began);
        Ledger(outcomes)
    }
}

async fn call(
    channel: Channel,
    period: Duration,
    request: BatchClassifyRequest,
    answered: Arc<AtomicUsize>,
    done: Arc<AtomicBool>,
) -> Vec<Outcome> {
    let mut client = ClassificationServiceClient::new(channel);
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut outcomes = Vec::new();
    while !done.load(Ordering::Relaxed) {
        ticks.tick().await;
        let began = Instant::now();
        let result = client.batch_classify(request.clone()).await;
        let result = result.map(|response| response.into_inner().model.unwrap().digest);
        answered.fetch_add(usize::from(result.is_ok()), Ordering::Relaxed);
        outcomes.push(Outcome { began, result });
    }
    outcomes
}

/// A request with so many documents of 450 characters.
pub fn request(documents: usize) -> BatchClassifyRequest {
    let document = document("安全检查", &"开展安全生产检查。".repeat(50)).unwrap();
    BatchClassifyRequest { documents: vec![document; documents], ..Default::default() }
}
