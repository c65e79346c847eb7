//! Accepting connections and, at the end, waiting for them.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{Peer, connection};
use crate::config::Connections;
use crate::draining::{self, Draining};
use crate::metrics::Metrics;
use crate::middleware::HttpService;
use crate::security::Tls;

/// How long to wait when the system can't give another connection (out of file descriptors, mostly).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections for a service.
#[derive(Debug)]
pub struct Acceptor<S> {
    listener: TcpListener,
    metrics: Arc<Metrics>,
    serving: Serving<S>,
}

/// What every connection needs.
#[derive(Debug)]
struct Serving<S> {
    service: S,
    settings: Connections,
    tls: Option<Arc<Tls>>,
}

impl<S: HttpService> Acceptor<S> {
    /// Serves `service` on `listener`.
    pub fn new(listener: TcpListener, service: S, settings: Connections, metrics: Arc<Metrics>) -> Self {
        Self { listener, metrics, serving: Serving { service, settings, tls: None } }
    }

    /// Speaks TLS, if there is any.
    #[must_use]
    pub fn with_tls(mut self, tls: Option<Arc<Tls>>) -> Self {
        self.serving.tls = tls;
        self
    }

    /// Accepts until `draining`, then asks every connection to finish and gives them `limit`.
    pub async fn serve(self, draining: Draining, limit: Duration) {
        let (finish, finishing) = draining::channel();
        let mut connections = JoinSet::new();
        let mut begun = pin!(draining.begun());
        loop {
            self.metrics.connections.set(connections.len().try_into().unwrap_or(i64::MAX));
            tokio::select! {
                () = &mut begun => break,
                Some(_) = connections.join_next() => {}
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) if connections.len() < self.serving.settings.most => {
                        tracing::debug!(%peer, "connected");
                        connections.spawn(self.serving.connection(stream, Peer(peer), finishing.clone()));
                    }
                    Ok((_, peer)) => {
                        self.metrics.connections_refused.inc();
                        tracing::warn!(%peer, "refused: too many connections");
                    }
                    Err(error) => {
                        tracing::warn!(%error, "can't accept a connection");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
            }
        }
        for (stream, peer) in waiting(self.listener) {
            connections.spawn(self.serving.connection(stream, peer, finishing.clone()));
        }
        // Only now, when the port is closed: who connects anew after hearing that its connection ends is refused at once,
        // and goes elsewhere.
        finish.begin();
        let all = async { while connections.join_next().await.is_some() {} };
        if timeout(limit, all).await.is_err() {
            tracing::warn!(connections = connections.len(), "not finished in time: closing them");
        }
    }
}

/// Closes the port. What the system has accepted in our name is served as well: dropped, it would be reset, and the peer
/// could not know that its call was never taken.
fn waiting(listener: TcpListener) -> Vec<(TcpStream, Peer)> {
    let Ok(listener) = listener.into_std() else { return Vec::new() };
    let accept = || {
        let (stream, peer) = listener.accept().ok()?;
        stream.set_nonblocking(true).ok()?;
        TcpStream::from_std(stream).ok().map(|stream| (stream, Peer(peer)))
    };
    std::iter::from_fn(accept).collect()
}

impl<S: HttpService> Serving<S> {
    fn connection(
        &self,
        stream: TcpStream,
        peer: Peer,
        finishing: Draining,
    ) -> impl Future<Output = ()> + Send + use<S> {
        let (service, settings, tls) = (self.service.clone(), self.settings, self.tls.clone());
        async move {
            // Answers are small and written at once: waiting to fill a packet would only delay them.
            let _ = stream.set_nodelay(true);
            let Some(tls) = tls else {
                return connection::serve(stream, peer, service, &settings, finishing).await;
            };
            match timeout(settings.handshake_timeout, tls.accept(stream)).await {
                Ok(Ok(stream)) => connection::serve(stream, peer, service, &settings, finishing).await,
                Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
                Err(_) => tracing::debug!("TLS handshake took too long"),
            }
        }
    }
}
