//! What the server says of itself when it starts.

use std::net::SocketAddr;

use crate::config::Config;
use crate::models::Models;

/// Said before the models are loaded.
pub(crate) fn listening(address: SocketAddr, config: &Config) {
    let limits = config.limits;
    tracing::info!(
        message_bytes = limits.message_bytes,
        document_characters = limits.document_characters,
        batch_documents = limits.batch_documents,
        batch_bytes = limits.batch_bytes,
        listed_terms = limits.listed_terms,
        stream_documents = limits.stream_documents,
        "limits"
    );
    tracing::info!(admission = ?config.admission, connections = ?config.connections, drain = ?config.drain, "times");
    let identified =
        config.tokens.is_some() || config.tls.as_ref().is_some_and(|tls| tls.client_authority.is_some());
    for (missing, danger) in [(config.tls.is_none(), "in the clear"), (!identified, "by anybody")] {
        if missing && !address.ip().is_loopback() {
            tracing::warn!("{address} can be reached from the network, {danger}");
        }
    }
    tracing::info!("listening on {address}");
}

/// Said once calls are answered.
pub(crate) fn serving(address: SocketAddr, models: &Models) {
    for slot in models.slots() {
        let served = slot.current();
        let topics: Vec<&str> = served.model.topics().iter().map(|topic| topic.id.as_str()).collect();
        let digest = &served.model.digest()[..12];
        tracing::info!(model = slot.name(), digest, topics = topics.join(","), "loaded");
    }
    tracing::info!("serving on {address}");
}
