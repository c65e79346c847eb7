//! The services, put together.

use std::sync::Arc;

use tonic::codec::CompressionEncoding;
use tonic::service::Routes;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;
use wenlei_proto::FILE_DESCRIPTOR_SET;
use wenlei_proto::v1::classification_service_server::ClassificationServiceServer;
use wenlei_proto::v1::model_service_server::ModelServiceServer;

use crate::admission::{Admission, Gate};
use crate::config::Config;
use crate::draining::Draining;
use crate::metrics::Metrics;
use crate::middleware::Behind;
use crate::models::Models;
use crate::rpc::{Classification, ModelInformation};

/// The services whose health can be asked for by name; the empty name stands for all.
const SERVICES: [&str; 3] = ["", "wenlei.v1.ClassificationService", "wenlei.v1.ModelService"];

/// Sets the health of everything.
pub async fn set_health(health: &HealthReporter, status: ServingStatus) {
    for name in SERVICES {
        health.set_service_status(name, status).await;
    }
}

/// All services, not serving until told so.
///
/// # Errors
/// The descriptors for reflection can't be read.
pub async fn routes(
    config: &Config,
    models: &Arc<Models>,
    metrics: &Arc<Metrics>,
    draining: Draining,
) -> anyhow::Result<(Routes, HealthReporter)> {
    let limits = config.limits;
    let gate = Gate::new(config.admission, metrics.clone());
    let classification = Classification::new(models.clone(), limits, gate.clone(), metrics.clone(), draining);
    let classification = ClassificationServiceServer::new(classification)
        .max_decoding_message_size(limits.message_bytes)
        .accept_compressed(CompressionEncoding::Gzip)
        .accept_compressed(CompressionEncoding::Zstd)
        .send_compressed(CompressionEncoding::Gzip)
        .send_compressed(CompressionEncoding::Zstd);
    let classification = Behind::new(Admission::new(gate), classification);
    let information = ModelServiceServer::new(ModelInformation::new(models.clone(), limits, metrics.clone()));
    let (health, health_service) = tonic_health::server::health_reporter();
    // tonic-health begins with SERVING.
    set_health(&health, ServingStatus::NotServing).await;
    let routes = Routes::new(health_service)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .add_service(information)
        .add_service(classification)
        .prepare();
    Ok((routes, health))
}

fn reflection() -> tonic_reflection::server::Builder<'static> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET)
        .include_reflection_service(false)
}
