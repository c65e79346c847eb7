//! From a bound listener to an orderly end.

use std::future::Future;
use std::io::IsTerminal;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::Server;
use tonic_health::ServingStatus;
use tracing_subscriber::EnvFilter;
use wenlei_proto::FILE_DESCRIPTOR_SET;
use wenlei_proto::v1::classification_service_server::ClassificationServiceServer;
use wenlei_proto::v1::model_service_server::ModelServiceServer;

use crate::config::Config;
use crate::models::Models;
use crate::rpc::{Classification, ModelInformation};

/// Sends log lines to standard error; `RUST_LOG` chooses how many.
pub fn start_logging() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let ansi = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(ansi).with_writer(std::io::stderr).init();
}

/// Serves on `listener` until `shutdown` ends, then answers what was accepted and returns.
///
/// # Errors
/// The transport fails.
pub async fn serve(
    listener: TcpListener,
    models: Models,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let limits = config.limits;
    let classification = ClassificationServiceServer::new(Classification::new(models.clone(), limits))
        .max_decoding_message_size(limits.message_bytes);
    let information = ModelServiceServer::new(ModelInformation::new(models.clone(), limits));
    let (health, health_service) = tonic_health::server::health_reporter();
    for name in ["", SERVICES[0], SERVICES[1]] {
        health.set_service_status(name, ServingStatus::Serving).await;
    }
    announce(&listener, &models, &config)?;
    let drain = async {
        shutdown.await;
        tracing::info!("stopping: no new calls, finishing those under way");
        for name in ["", SERVICES[0], SERVICES[1]] {
            health.set_service_status(name, ServingStatus::NotServing).await;
        }
    };
    Server::builder()
        .add_service(health_service)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .add_service(information)
        .add_service(classification)
        .serve_with_incoming_shutdown(TcpListenerStream::new(listener), drain)
        .await
        .context("serving failed")?;
    tracing::info!("stopped");
    Ok(())
}

/// The services whose health can be asked for by name; the empty name stands for all.
const SERVICES: [&str; 2] = ["wenlei.v1.ClassificationService", "wenlei.v1.ModelService"];

fn reflection() -> tonic_reflection::server::Builder<'static> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET)
        .include_reflection_service(false)
}

fn announce(listener: &TcpListener, models: &Models, config: &Config) -> anyhow::Result<()> {
    for served in models.iter() {
        let topics: Vec<&str> = served.model.topics().iter().map(|topic| topic.id.as_str()).collect();
        tracing::info!(
            model = served.id,
            digest = &served.model.digest()[..12],
            topics = topics.join(","),
            "loaded"
        );
    }
    let address = listener.local_addr()?;
    let limits = config.limits;
    tracing::info!(
        message_bytes = limits.message_bytes,
        document_characters = limits.document_characters,
        batch_documents = limits.batch_documents,
        "limits"
    );
    if !address.ip().is_loopback() {
        tracing::warn!("{address} can be reached from the network, in the clear and by anybody");
    }
    tracing::info!("serving on {address}");
    Ok(())
}

/// Ends when the process is asked to stop by Ctrl-C or SIGTERM.
pub async fn interrupted() {
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut stream) => {
                stream.recv().await;
            }
            Err(error) => {
                tracing::warn!("SIGTERM can't be watched: {error}");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        () = terminated => {}
    }
}
