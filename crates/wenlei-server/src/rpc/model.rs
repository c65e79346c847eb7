//! `wenlei.v1.ModelService`.

use tonic::{Request, Response, Status};
use wenlei_proto::v1;
use wenlei_proto::v1::model_service_server::ModelService;

use super::{answer, request};
use crate::limits::Limits;
use crate::models::{Models, ServedModel};

/// Tells what is being served.
#[derive(Debug)]
pub struct ModelInformation {
    models: Models,
    limits: Limits,
}

impl ModelInformation {
    /// Tells of `models` and `limits`.
    pub fn new(models: Models, limits: Limits) -> Self {
        Self { models, limits }
    }
}

#[tonic::async_trait]
impl ModelService for ModelInformation {
    async fn get_model(
        &self,
        request: Request<v1::GetModelRequest>,
    ) -> Result<Response<v1::GetModelResponse>, Status> {
        let served = request::model(&self.models, &request.into_inner().model)?;
        let limits = v1::Limits {
            message_bytes: self.limits.message_bytes as u64,
            document_characters: self.limits.document_characters as u64,
            batch_documents: self.limits.batch_documents as u64,
            listed_terms: self.limits.listed_terms as u64,
        };
        Ok(Response::new(v1::GetModelResponse { model: Some(description(served)), limits: Some(limits) }))
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
