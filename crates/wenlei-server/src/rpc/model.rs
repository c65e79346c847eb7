//! `wenlei.v1.ModelService`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use wenlei_proto::v1;
use wenlei_proto::v1::model_service_server::ModelService;

use super::answer;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::models::{self, Change, Models, ServedModel, Slot};
use crate::status::RpcError;

/// Tells what is being served, and changes it.
#[derive(Debug)]
pub struct ModelInformation {
    models: Arc<Models>,
    limits: Limits,
    metrics: Arc<Metrics>,
}

impl ModelInformation {
    /// Tells of `models` and `limits`; reloads are counted in `metrics`.
    pub fn new(models: Arc<Models>, limits: Limits, metrics: Arc<Metrics>) -> Self {
        Self { models, limits, metrics }
    }
}

#[tonic::async_trait]
impl ModelService for ModelInformation {
    async fn get_model(
        &self,
        request: Request<v1::GetModelRequest>,
    ) -> Result<Response<v1::GetModelResponse>, Status> {
        let served = self.models.find(&request.into_inner().model).map_err(RpcError::from)?;
        let (model, limits) = (Some(description(&served)), Some(limits(&self.limits)));
        Ok(Response::new(v1::GetModelResponse { model, limits }))
    }

    async fn list_models(
        &self,
        _: Request<v1::ListModelsRequest>,
    ) -> Result<Response<v1::ListModelsResponse>, Status> {
        let models = self.models.slots().iter().map(served_model).collect();
        Ok(Response::new(v1::ListModelsResponse { models }))
    }

    async fn reload_model(
        &self,
        request: Request<v1::ReloadModelRequest>,
    ) -> Result<Response<v1::ReloadModelResponse>, Status> {
        let request = request.into_inner();
        let slot = self.models.slot(&request.model).map_err(RpcError::from)?;
        let result = if request.rollback {
            slot.roll_back().await.map(|()| Change::Swapped)
        } else {
            slot.reload().await
        };
        models::reload::report(&self.metrics, slot, &result);
        let changed = result.map_err(RpcError::from)? == Change::Swapped;
        Ok(Response::new(v1::ReloadModelResponse { model: Some(served_model(slot)), changed }))
    }
}

fn limits(limits: &Limits) -> v1::Limits {
    v1::Limits {
        message_bytes: limits.message_bytes as u64,
        document_characters: limits.document_characters as u64,
        batch_documents: limits.batch_documents as u64,
        listed_terms: limits.listed_terms as u64,
        batch_bytes: limits.batch_bytes as u64,
        stream_documents: limits.stream_documents as u64,
    }
}

fn served_model(slot: &Slot) -> v1::ServedModel {
    let status = slot.status();
    v1::ServedModel {
        identity: Some(answer::identity(&status.model)),
        label: slot.label().to_owned(),
        served_since: Some(status.since.into()),
        generation: status.generation,
        previous_digest: status.previous_digest.unwrap_or_default(),
        last_failure: status.last_failure.unwrap_or_default(),
    }
}

fn description(served: &ServedModel) -> v1::Model {
    let manifest = served.model.manifest();
    let topics = manifest.topics.iter().map(|topic| v1::Topic {
        id: topic.id.clone(),
        name_zh: topic.name_zh.clone(),
        name_en: topic.name_en.clone(),
        threshold: topic.threshold,
        f1: topic.f1,
    });
    v1::Model {
        identity: Some(answer::identity(served)),
        topics: topics.collect(),
        format_version: manifest.format_version,
        dimension: served.model.features().dimension() as u32,
        jieba_version: manifest.jieba_version.clone(),
        corpus_digest: manifest.corpus_digest.clone(),
        training_documents: manifest.training_documents,
        figures: Some(v1::Figures {
            macro_f1: manifest.figures.macro_f1,
            micro_f1: manifest.figures.micro_f1,
            exact: manifest.figures.exact,
            expected_calibration_error: manifest.figures.ece,
        }),
    }
}
