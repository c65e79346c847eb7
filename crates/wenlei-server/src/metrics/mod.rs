//! What is counted and timed. The names are listed in `metrics.txt`; a test compares.

mod labels;

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use self::labels::{BuildLabels, ServedLabels};
pub use self::labels::{CallLabels, ModelLabels, ReloadLabels, Stage, StageLabels};
use crate::models::Models;

type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// Everything that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    served: Family<ServedLabels, Gauge>,
    loaded: Family<ModelLabels, Gauge>,
    memory: Gauge,
    /// Time of calls, from their first byte to the last of their answer.
    pub calls: Histograms<CallLabels>,
    /// Calls under way.
    pub calls_under_way: Gauge,
    /// Documents classified.
    pub documents: Family<ModelLabels, Counter>,
    /// Time of each stage of calls.
    pub stages: Histograms<StageLabels>,
    /// Time that calls waited to be admitted.
    pub admission_wait: Histogram,
    /// Documents admitted and not done.
    pub admitted_documents: Gauge,
    /// Calls turned away.
    pub turned_away: Counter,
    /// Reloads.
    pub reloads: Family<ReloadLabels, Counter>,
    /// Open connections.
    pub connections: Gauge,
    /// Connections refused because there were too many.
    pub connections_refused: Counter,
}

impl Metrics {
    /// Everything at zero.
    pub fn new() -> Arc<Self> {
        let mut metrics = Self {
            registry: Registry::default(),
            served: Family::default(),
            loaded: Family::default(),
            memory: Gauge::default(),
            calls: Family::new_with_constructor(histogram),
            calls_under_way: Gauge::default(),
            documents: Family::default(),
            stages: Family::new_with_constructor(histogram),
            admission_wait: histogram(),
            admitted_documents: Gauge::default(),
            turned_away: Counter::default(),
            reloads: Family::default(),
            connections: Gauge::default(),
            connections_refused: Counter::default(),
        };
        metrics.register();
        metrics.register_process();
        Arc::new(metrics)
    }

    fn register(&mut self) {
        let registry = self.registry.sub_registry_with_prefix("wenlei");
        registry.register_with_unit(
            "call_duration",
            "Time of calls by method and status code",
            Unit::Seconds,
            self.calls.clone(),
        );
        registry.register_with_unit(
            "stage_duration",
            "Time of each stage of calls, once a document where it works on documents",
            Unit::Seconds,
            self.stages.clone(),
        );
        registry.register_with_unit(
            "admission_wait",
            "Time that calls waited to be admitted",
            Unit::Seconds,
            self.admission_wait.clone(),
        );
        registry.register("calls_under_way", "Calls under way", self.calls_under_way.clone());
        registry.register("documents", "Documents classified", self.documents.clone());
        registry.register(
            "admitted_documents",
            "Documents admitted and not done",
            self.admitted_documents.clone(),
        );
        registry.register("calls_turned_away", "Calls turned away by the gate", self.turned_away.clone());
        registry.register("model_reloads", "Reloads by outcome", self.reloads.clone());
        registry.register("model_served", "1 for each model being served", self.served.clone());
        registry.register_with_unit(
            "model_loaded_time",
            "When each model began to be served, since the epoch",
            Unit::Seconds,
            self.loaded.clone(),
        );
        registry.register("connections", "Open connections", self.connections.clone());
        registry.register(
            "connections_refused",
            "Connections refused because there were too many",
            self.connections_refused.clone(),
        );
    }

    fn register_process(&mut self) {
        let build = Family::<BuildLabels, Gauge>::default();
        build.get_or_create(&BuildLabels { version: env!("CARGO_PKG_VERSION") }).set(1);
        self.registry.register("wenlei_build", "The version of the server", build);
        let start = Gauge::<i64>::default();
        start.set(since_epoch(SystemTime::now()));
        self.registry.register_with_unit(
            "process_start_time",
            "Start of the process since the epoch",
            Unit::Seconds,
            start,
        );
        self.registry.register_with_unit(
            "process_resident_memory",
            "Memory of the process, 0 where the system doesn't tell",
            Unit::Bytes,
            self.memory.clone(),
        );
    }

    /// The state of everything as Prometheus reads it, with the models as they are served now.
    pub fn text(&self, models: &Models) -> String {
        self.served.clear();
        for slot in models.slots() {
            let status = slot.status();
            let digest = status.model.model.digest().to_owned();
            self.served.get_or_create(&ServedLabels { model: slot.name(), digest }).set(1);
            self.loaded.get_or_create(&ModelLabels { model: slot.name() }).set(since_epoch(status.since));
        }
        self.memory.set(resident_memory().unwrap_or_default());
        let mut text = String::new();
        // Writing to a string can't fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    /// Counts a stage.
    pub(crate) fn stage(&self, stage: Stage, time: Duration) {
        self.stages.get_or_create(&StageLabels { stage: stage.name() }).observe(time.as_secs_f64());
    }
}

/// From 50 microseconds, less than any call takes, to 26 seconds, by twos.
fn histogram() -> Histogram {
    Histogram::new(exponential_buckets(50e-6, 2.0, 20))
}

fn since_epoch(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().try_into().unwrap_or(i64::MAX)
}

/// Bytes, as Linux tells them.
fn resident_memory() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<i64>().ok().map(|kilobytes| kilobytes * 1024)
}
