//! The moment from which no new work is taken.

use tokio::sync::watch;

/// Begins the drain.
#[derive(Debug)]
pub struct Drain(watch::Sender<bool>);

/// Tells whether the drain has begun. Clones tell the same.
#[derive(Clone, Debug)]
pub struct Draining(watch::Receiver<bool>);

/// A drain to come.
pub fn channel() -> (Drain, Draining) {
    let (sender, receiver) = watch::channel(false);
    (Drain(sender), Draining(receiver))
}

impl Drain {
    /// Begins it.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }
}

impl Draining {
    /// Ends when the drain begins, or can't begin any more.
    pub async fn begun(&self) {
        let mut receiver = self.0.clone();
        drop(receiver.wait_for(|begun| *begun).await);
    }
}
