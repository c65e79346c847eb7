//! The life of the server: bind, load, serve, drain.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;
use tonic_health::ServingStatus;
use tower_layer::Layer;

use crate::admin::Admin;
use crate::announce;
use crate::config::Config;
use crate::draining;
use crate::logging::LogLevel;
use crate::metrics::Metrics;
use crate::middleware::Behind;
use crate::models::{Models, reload};
use crate::observe::Observe;
use crate::readiness::Readiness;
use crate::security::{self, Access, Tls, Tokens};
use crate::server;
use crate::signals::Signals;
use crate::trace::Tracer;
use crate::transport::Acceptor;
use crate::web::{Web, cors};

/// Threads for long work beyond one a core: a model can be reloaded while batches are read.
const SPARE_THREADS: usize = 2;

/// How long sending the last traces may take.
const FLUSH: Duration = Duration::from_secs(5);

/// The threads of the server. Long work gets few of them: more would only take turns on the cores, and keep health
/// checks waiting.
///
/// # Errors
/// The system gives no threads.
pub fn runtime() -> anyhow::Result<Runtime> {
    let cores = std::thread::available_parallelism()?.get();
    Ok(Builder::new_multi_thread().enable_all().max_blocking_threads(cores + SPARE_THREADS).build()?)
}

/// Serves until asked to stop.
///
/// # Errors
/// An address can't be bound, or a model can't be served.
pub async fn run(config: Config, metrics: Arc<Metrics>, log_level: LogLevel) -> anyhow::Result<()> {
    let mut signals = Signals::watch()?;
    let readiness = Readiness::default();
    let models = Arc::new(Models::default());
    let tls = config.tls.as_ref().map(Tls::load).transpose()?.map(Arc::new);
    let tokens = config.tokens.as_deref().map(Tokens::load).transpose()?.map(Arc::new);
    let listener = bind(config.listen, "listen").await?;
    let address = listener.local_addr()?;
    let admin =
        Admin { readiness: readiness.clone(), metrics: metrics.clone(), models: models.clone(), log_level };
    serve_admin(&config, admin).await?;
    let tracer = Tracer::new(config.otlp_endpoint.as_deref())?;
    let (drain, draining) = draining::channel();
    let (routes, health) = server::routes(&config, &models, &metrics, draining.clone()).await?;
    let service = Behind::new(Access::new(tokens.clone(), config.reload_from), routes);
    let service = Behind::new(Observe::new(metrics.clone(), tracer.clone()), service);
    let service = Behind::new(Web::new(config.limits.message_bytes)?, service);
    let service = cors(&config.cors_origins).layer(service);
    let acceptor =
        Acceptor::new(listener, service, config.connections, metrics.clone()).with_tls(tls.clone());
    let serving = tokio::spawn(acceptor.serve(draining, config.drain.limit));
    announce::listening(address, &config);

    tokio::select! {
        loaded = models.load(&config.models) => loaded?,
        () = signals.next() => return Ok(()),
    }
    readiness.latch();
    server::set_health(&health, ServingStatus::Serving).await;
    tokio::spawn(security::watch(tls, tokens, config.reload_poll));
    tokio::spawn(reload::watch(models.clone(), metrics, config.reload_poll));
    announce::serving(address, &models);

    signals.next().await;
    signals.exit_at_next();
    tracing::info!("stopping: no longer ready");
    readiness.stop();
    server::set_health(&health, ServingStatus::NotServing).await;
    sleep(config.drain.pause).await;
    tracing::info!("no new connections, finishing calls under way");
    drain.begin();
    serving.await.context("serving failed")?;
    tracer.flush(FLUSH).await;
    tracing::info!("stopped");
    Ok(())
}

async fn bind(address: SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let advice = match error.kind() {
            ErrorKind::AddrInUse => format!(
                "; another program listens there, perhaps another wenlei-server: choose another port with --{flag}, \
                 or port 0 for any that is free"
            ),
            ErrorKind::AddrNotAvailable => "; this machine has no such address".into(),
            _ => String::new(),
        };
        anyhow!("can't listen on {address} (--{flag}): {error}{advice}")
    })
}

async fn serve_admin(config: &Config, admin: Admin) -> anyhow::Result<()> {
    let Some(address) = config.admin_listen else { return Ok(()) };
    let listener = bind(address, "admin-listen").await?;
    tracing::info!("admin on {}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, admin.router()).await });
    Ok(())
}
