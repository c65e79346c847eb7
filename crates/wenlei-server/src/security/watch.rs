//! Reading secrets again when they change.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval};

use super::{SecurityError, Tls, Tokens};

/// Looks every `period`, unless that is zero, and at SIGHUP, whether the files changed. Never ends.
pub async fn watch(tls: Option<Arc<Tls>>, tokens: Option<Arc<Tokens>>, period: Duration) {
    let mut hang_up = match signal(SignalKind::hangup()) {
        Ok(hang_up) => hang_up,
        Err(error) => return tracing::error!(%error, "SIGHUP can't be watched"),
    };
    let mut ticks = interval(if period.is_zero() { Duration::from_secs(3600) } else { period });
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = (tls.as_ref().map(|tls| digest(tls.files())), tokens.as_ref().map(|t| digest([t.path()])));
    loop {
        tokio::select! {
            _ = hang_up.recv() => {}
            _ = ticks.tick(), if !period.is_zero() => {}
        }
        if let Some(tls) = &tls {
            refresh("certificate", &mut seen.0, digest(tls.files()), || tls.reload());
        }
        if let Some(tokens) = &tokens {
            refresh("tokens", &mut seen.1, digest([tokens.path()]), || tokens.reload());
        }
    }
}

fn refresh(
    what: &str,
    seen: &mut Option<blake3::Hash>,
    now: blake3::Hash,
    reload: impl FnOnce() -> Result<(), SecurityError>,
) {
    if seen.replace(now) == Some(now) {
        return;
    }
    match reload() {
        Ok(()) => tracing::info!(what, "read again"),
        Err(error) => tracing::error!(what, %error, "can't be read again; the old stays"),
    }
}

/// The digest of small files; one that can't be read counts as empty.
fn digest<'a>(files: impl IntoIterator<Item = &'a Path>) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(&std::fs::read(file).unwrap_or_default());
    }
    hasher.finalize()
}
