//! The admin port: probes and operators' questions over plain HTTP. Nothing here reads a document.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::{get, put};

use crate::logging::LogLevel;
use crate::metrics::Metrics;
use crate::models::Models;
use crate::readiness::Readiness;

/// How `OpenMetrics` text is announced.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the admin port answers from.
#[derive(Clone, Debug)]
pub struct Admin {
    /// Whether calls should be sent here.
    pub readiness: Readiness,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// What is served.
    pub models: Arc<Models>,
    /// How much is logged.
    pub log_level: LogLevel,
}

impl Admin {
    /// The routes.
    pub fn router(self) -> Router {
        Router::new()
            .route("/livez", get(|| async { "alive\n" }))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics))
            .route("/version", get(|| async { concat!(env!("CARGO_PKG_VERSION"), "\n") }))
            .route("/log-level", put(log_level))
            .with_state(self)
    }
}

async fn ready(State(admin): State<Admin>) -> (StatusCode, String) {
    match admin.readiness.check() {
        Ok(()) => (StatusCode::OK, "ready\n".into()),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
    }
}

async fn metrics(State(admin): State<Admin>) -> impl IntoResponse {
    ([(CONTENT_TYPE, OPEN_METRICS)], admin.metrics.text(&admin.models))
}

async fn log_level(State(admin): State<Admin>, level: String) -> (StatusCode, String) {
    let level = level.trim();
    match admin.log_level.set(level) {
        Ok(()) => {
            tracing::warn!(level, "the log level was changed");
            (StatusCode::OK, format!("{level}\n"))
        }
        Err(problem) => (StatusCode::BAD_REQUEST, format!("{problem}\n")),
    }
}
