//! Being asked to stop.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGTERM and SIGINT.
#[derive(Debug)]
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Begins to watch: from here on a signal doesn't end the process by itself.
    ///
    /// # Errors
    /// The signals can't be watched.
    pub fn watch() -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Ends at the next signal.
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Ends the process at the next signal: whoever asks twice doesn't want to wait.
    pub fn exit_at_next(mut self) {
        tokio::spawn(async move {
            self.next().await;
            tracing::warn!("asked again to stop: ending at once");
            std::process::exit(1);
        });
    }
}
