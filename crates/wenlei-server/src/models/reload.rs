//! Watching for changed model files.
//!
//! File events are unreliable on Kubernetes volumes and network file systems, so the digest is polled; SIGHUP and
//! `ReloadModel` only spare the wait.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval};

use super::{Change, LoadError, Models, Slot};
use crate::metrics::{Metrics, ReloadLabels};

/// Polls every `period`, unless that is zero, and reloads at SIGHUP. Never ends.
pub async fn watch(models: Arc<Models>, metrics: Arc<Metrics>, period: Duration) {
    let mut hang_up = match signal(SignalKind::hangup()) {
        Ok(hang_up) => hang_up,
        Err(error) => return tracing::error!(%error, "SIGHUP can't be watched"),
    };
    let mut ticks = interval(if period.is_zero() { Duration::from_secs(3600) } else { period });
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks.tick().await;
    loop {
        let asked = tokio::select! {
            _ = hang_up.recv() => true,
            _ = ticks.tick(), if !period.is_zero() => false,
        };
        for slot in models.slots() {
            let result = if asked { slot.reload().await } else { slot.poll().await };
            report(&metrics, slot, &result);
        }
    }
}

/// Says in the log what a reload did, and counts it.
pub fn report(metrics: &Metrics, slot: &Slot, result: &Result<Change, LoadError>) {
    let (model, current) = (slot.name(), slot.current());
    let outcome = match result {
        Ok(Change::None) => "unchanged",
        Ok(Change::Swapped) => "swapped",
        Err(_) => "failed",
    };
    metrics.reloads.get_or_create(&ReloadLabels { model: model.clone(), outcome }).inc();
    match result {
        Ok(Change::None) => tracing::debug!(model, "unchanged"),
        Ok(Change::Swapped) => tracing::info!(model, digest = current.model.digest(), "serving a new model"),
        Err(error) => {
            let digest = current.model.digest();
            tracing::error!(model, digest, reason = error.reason(), "the old model stays");
        }
    }
}
