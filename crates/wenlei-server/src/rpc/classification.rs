//! `wenlei.v1.ClassificationService`: each call is check, admit, work in turn, answer.

use std::sync::Arc;

use futures_util::stream::BoxStream;
use tonic::{Request, Response, Status, Streaming};
use wenlei_proto::v1;
use wenlei_proto::v1::classification_service_server::ClassificationService;

use super::answer;
use super::batching::Batching;
use super::classifying::Classifying;
use super::extracting::Extracting;
use super::paging;
use super::request::size;
use super::segmenting::Segmenting;
use super::stages::Stages;
use super::stream;
use super::work::{Turns, Work, portions};
use crate::admission::{Deadline, Gate};
use crate::draining::Draining;
use crate::limits::Limits;
use crate::metrics::{Metrics, ModelLabels};
use crate::models::{Models, ServedModel};
use crate::status::RpcError;
use crate::trace::Trace;

/// Reads documents with the models it was given.
#[derive(Clone, Debug)]
pub struct Classification {
    models: Arc<Models>,
    pub(super) limits: Limits,
    gate: Gate,
    turns: Turns,
    metrics: Arc<Metrics>,
    pub(super) draining: Draining,
}

impl Classification {
    /// Reads with `models`, within `limits`, what `gate` admits; streams end once `draining`.
    pub fn new(
        models: Arc<Models>,
        limits: Limits,
        gate: Gate,
        metrics: Arc<Metrics>,
        draining: Draining,
    ) -> Self {
        Self { models, limits, gate, turns: Turns::default(), metrics, draining }
    }

    /// The work of a call.
    fn work<T>(&self, request: &Request<T>) -> Work {
        let trace = request.extensions().get::<Trace>().cloned();
        let stages = Stages::new(self.metrics.clone(), trace);
        Work { gate: self.gate.clone(), turns: self.turns.clone(), stages }
    }

    pub(super) fn model(&self, name: &str) -> Result<Arc<ServedModel>, RpcError> {
        Ok(self.models.find(name)?)
    }

    /// Counts documents that are read.
    pub(super) fn count(&self, served: &ServedModel, documents: usize) {
        let labels = ModelLabels { model: served.id.clone() };
        self.metrics.documents.get_or_create(&labels).inc_by(documents as u64);
    }
}

#[tonic::async_trait]
impl ClassificationService for Classification {
    async fn segment(
        &self,
        request: Request<v1::SegmentRequest>,
    ) -> Result<Response<v1::SegmentResponse>, Status> {
        let (work, request) = (self.work(&request), request.into_inner());
        let served = self.model(&request.model)?;
        let model = Some(answer::identity(&served));
        let (settings, document) = Segmenting::check(request, &self.limits)?;
        let bytes = size(&document);
        let read = move |stages: &Stages| settings.tokens(&served.model, &document, stages);
        let tokens = work.admit_and_do(bytes, read).await?;
        Ok(Response::new(v1::SegmentResponse { tokens, model }))
    }

    async fn extract_features(
        &self,
        request: Request<v1::ExtractFeaturesRequest>,
    ) -> Result<Response<v1::ExtractFeaturesResponse>, Status> {
        let (work, request) = (self.work(&request), request.into_inner());
        let served = self.model(&request.model)?;
        let (settings, document) = Extracting::check(request, &self.limits)?;
        let bytes = size(&document);
        let read = move |stages: &Stages| settings.features(&served, &document, stages);
        Ok(Response::new(work.admit_and_do(bytes, read).await?))
    }

    async fn classify(
        &self,
        request: Request<v1::ClassifyRequest>,
    ) -> Result<Response<v1::ClassifyResponse>, Status> {
        let (work, request) = (self.work(&request), request.into_inner());
        let served = self.model(&request.model)?;
        let (settings, document) = Classifying::check(request, &served, &self.limits)?;
        let _admitted = work.admit(1).await?;
        self.count(&served, 1);
        let bytes = size(&document);
        let read = move |stages: &Stages| settings.classify(&served, &document, stages);
        Ok(Response::new(work.do_in_turn(bytes, read).await?))
    }

    async fn split_page(
        &self,
        request: Request<v1::SplitPageRequest>,
    ) -> Result<Response<v1::SplitPageResponse>, Status> {
        let (work, request) = (self.work(&request), request.into_inner());
        let (text, encoding) = paging::check_split(request, &self.limits)?;
        let bytes = text.len();
        let read = move |stages: &Stages| paging::split(&text, encoding, stages);
        Ok(Response::new(work.admit_and_do(bytes, read).await?))
    }

    async fn classify_page(
        &self,
        request: Request<v1::ClassifyPageRequest>,
    ) -> Result<Response<v1::ClassifyPageResponse>, Status> {
        let (work, request) = (self.work(&request), request.into_inner());
        let served = self.model(&request.model)?;
        let (settings, text) = Classifying::check_page(request, &served, &self.limits)?;
        let _admitted = work.admit(1).await?;
        self.count(&served, 1);
        let bytes = text.len();
        let read = move |stages: &Stages| settings.classify_page(&served, &text, stages);
        Ok(Response::new(work.do_in_turn(bytes, read).await?))
    }

    async fn batch_classify(
        &self,
        request: Request<v1::BatchClassifyRequest>,
    ) -> Result<Response<v1::BatchClassifyResponse>, Status> {
        let (work, request) = (self.work(&request), request.into_inner());
        let served = self.model(&request.model)?;
        let batch = Arc::new(Batching::check(request, &served, &self.limits)?);
        let _admitted = work.admit(batch.documents.len()).await?;
        self.count(&served, batch.documents.len());
        let mut predictions = Vec::with_capacity(batch.documents.len());
        // Between portions other calls get their turn, and this one ends if its caller left or its time is over.
        for (portion, bytes) in portions(batch.documents.iter().map(size)) {
            let (served, batch) = (served.clone(), batch.clone());
            let read = move |stages: &Stages| batch.classify(&served, portion, stages);
            predictions.extend(work.do_in_turn(bytes, read).await?);
        }
        Ok(Response::new(v1::BatchClassifyResponse { predictions, model: Some(answer::identity(&served)) }))
    }

    type StreamClassifyStream = BoxStream<'static, Result<v1::StreamClassifyResponse, Status>>;

    async fn stream_classify(
        &self,
        request: Request<Streaming<v1::StreamClassifyRequest>>,
    ) -> Result<Response<Self::StreamClassifyStream>, Status> {
        let (work, deadline) = (self.work(&request), request.extensions().get::<Deadline>().copied());
        let reader = stream::Reader { service: self.clone(), work };
        Ok(Response::new(stream::answers(reader, request.into_inner(), deadline.unwrap_or_default())))
    }
}
