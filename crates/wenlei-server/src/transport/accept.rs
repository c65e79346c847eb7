//! Accepting connections and, at the end, waiting for them.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{Peer, connection};
use crate::config::Connections;
use crate::draining::Draining;
use crate::metrics::Metrics;
use crate::middleware::HttpService;
use crate::security::Tls;

/// How long to wait when the system can't give another connection (out of file descriptors, mostly).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections for a service.
#[derive(Debug)]
pub struct Acceptor<S> {
    listener: TcpListener,
    service: S,
    settings: Connections,
    metrics: Arc<Metrics>,
    tls: Option<Arc<Tls>>,
}

impl<S: HttpService> Acceptor<S> {
    /// Serves `service` on `listener`.
    pub fn new(listener: TcpListener, service: S, settings: Connections, metrics: Arc<Metrics>) -> Self {
        Self { listener, service, settings, metrics, tls: None }
    }

    /// Speaks TLS, if there is any.
    #[must_use]
    pub fn with_tls(self, tls: Option<Arc<Tls>>) -> Self {
        Self { tls, ..self }
    }

    /// Accepts until `draining`, which also asks every connection to finish, then gives them `limit`.
    pub async fn serve(self, draining: Draining, limit: Duration) {
        let mut connections = JoinSet::new();
        let mut begun = pin!(draining.begun());
        loop {
            self.metrics.connections.set(connections.len().try_into().unwrap_or(i64::MAX));
            tokio::select! {
                () = &mut begun => break,
                Some(_) = connections.join_next() => {}
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) if connections.len() < self.settings.most => {
                        tracing::debug!(%peer, "connected");
                        connections.spawn(self.connection(stream, Peer(peer), draining.clone()));
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
        drop(self.listener);
        let all = async { while connections.join_next().await.is_some() {} };
        if timeout(limit, all).await.is_err() {
            tracing::warn!(connections = connections.len(), "not finished in time: closing them");
        }
    }

    fn connection(
        &self,
        stream: TcpStream,
        peer: Peer,
        draining: Draining,
    ) -> impl Future<Output = ()> + Send + use<S> {
        let (service, settings, tls) = (self.service.clone(), self.settings, self.tls.clone());
        async move {
            // Answers are small and written at once: waiting to fill a packet would only delay them.
            let _ = stream.set_nodelay(true);
            let Some(tls) = tls else {
                return connection::serve(stream, peer, service, &settings, draining).await;
            };
            match timeout(settings.handshake_timeout, tls.accept(stream)).await {
                Ok(Ok(stream)) => connection::serve(stream, peer, service, &settings, draining).await,
                Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
                Err(_) => tracing::debug!("TLS handshake took too long"),
            }
        }
    }
}
