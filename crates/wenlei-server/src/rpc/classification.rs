//! `wenlei.v1.ClassificationService`.

use std::sync::Arc;

use futures_util::stream::BoxStream;
use tonic::{Request, Response, Status, Streaming};
use wenlei_proto::v1;
use wenlei_proto::v1::classification_service_server::ClassificationService;
use wenlei_text::Document;

use super::answer;
use super::classifying::Classifying;
use super::extracting::Extracting;
use super::paging;
use super::request::{Checker, size};
use super::segmenting::Segmenting;
use super::stream;
use super::work::{Turns, portions};
use crate::admission::{Deadline, Gate};
use crate::draining::Draining;
use crate::limits::Limits;
use crate::metrics::{Metrics, ModelLabels};
use crate::models::{Models, ServedModel};
use crate::status::RpcError;

/// Reads documents with the models it was given.
#[derive(Clone, Debug)]
pub struct Classification {
    pub(super) models: Arc<Models>,
    pub(super) limits: Limits,
    pub(super) gate: Gate,
    pub(super) turns: Turns,
    pub(super) metrics: Arc<Metrics>,
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

    pub(super) fn model(&self, name: &str) -> Result<Arc<ServedModel>, RpcError> {
        Ok(self.models.find(name)?)
    }

    /// Classifies one document that was admitted.
    pub(super) async fn read(
        &self,
        served: Arc<ServedModel>,
        settings: Classifying,
        document: v1::Document,
    ) -> Result<v1::ClassifyResponse, RpcError> {
        self.count(&served, 1);
        let work = {
            let metrics = self.metrics.clone();
            move |document: &v1::Document| {
                let response = settings.classify(&served, document);
                let times = response.times.unwrap_or_default();
                metrics.stage("normalize", times.normalize_us);
                metrics.stage("features", times.features_us);
                metrics.stage("score", times.score_us);
                response
            }
        };
        self.turns.run(size(&document), move || work(&document)).await
    }

    fn count(&self, served: &ServedModel, documents: usize) {
        let labels = ModelLabels { model: served.id.clone() };
        self.metrics.documents.get_or_create(&labels).inc_by(documents as u64);
    }

    /// Checks a request to classify.
    pub(super) fn classifying(
        &self,
        request: v1::ClassifyRequest,
    ) -> Result<(Arc<ServedModel>, Classifying, v1::Document), RpcError> {
        let served = self.model(&request.model)?;
        let mut checker = Checker::new(&self.limits);
        let settings = Classifying {
            places: checker.topics(&request.topics, &served),
            explain_terms: checker.explain_terms(request.explain_terms),
            explain: request.explain,
            encoding: checker.encoding(request.encoding),
        };
        let document = checker.document(request.document, "document");
        checker.finish()?;
        Ok((served, settings, document))
    }
}

#[tonic::async_trait]
impl ClassificationService for Classification {
    async fn segment(
        &self,
        request: Request<v1::SegmentRequest>,
    ) -> Result<Response<v1::SegmentResponse>, Status> {
        let request = request.into_inner();
        let served = self.model(&request.model)?;
        let mut checker = Checker::new(&self.limits);
        let settings = Segmenting {
            mode: checker.mode(request.mode, request.part_of_speech),
            hmm: request.hmm.unwrap_or(true),
            part_of_speech: request.part_of_speech,
            remove_stop_words: request.remove_stop_words,
            encoding: checker.encoding(request.encoding),
        };
        let document = checker.document(request.document, "document");
        checker.finish()?;
        let _admitted = self.gate.admit(1).await?;
        let identity = answer::identity(&served);
        let bytes = size(&document);
        let tokens = self.turns.run(bytes, move || settings.tokens(&served.model, &document)).await?;
        Ok(Response::new(v1::SegmentResponse { tokens, model: Some(identity) }))
    }

    async fn extract_features(
        &self,
        request: Request<v1::ExtractFeaturesRequest>,
    ) -> Result<Response<v1::ExtractFeaturesResponse>, Status> {
        let request = request.into_inner();
        let served = self.model(&request.model)?;
        let mut checker = Checker::new(&self.limits);
        let settings = Extracting {
            top_k: checker.top_k(request.top_k),
            include_vector: request.include_vector,
            keywords: checker.listed("keywords", request.keywords),
            encoding: checker.encoding(request.encoding),
        };
        let document = checker.document(request.document, "document");
        checker.finish()?;
        let _admitted = self.gate.admit(1).await?;
        let bytes = size(&document);
        Ok(Response::new(self.turns.run(bytes, move || settings.features(&served, &document)).await?))
    }

    async fn classify(
        &self,
        request: Request<v1::ClassifyRequest>,
    ) -> Result<Response<v1::ClassifyResponse>, Status> {
        let (served, settings, document) = self.classifying(request.into_inner())?;
        let _admitted = self.gate.admit(1).await?;
        Ok(Response::new(self.read(served, settings, document).await?))
    }

    async fn split_page(
        &self,
        request: Request<v1::SplitPageRequest>,
    ) -> Result<Response<v1::SplitPageResponse>, Status> {
        let request = request.into_inner();
        let mut checker = Checker::new(&self.limits);
        let encoding = checker.encoding(request.encoding);
        let text = checker.page(request.text);
        checker.finish()?;
        let _admitted = self.gate.admit(1).await?;
        Ok(Response::new(self.turns.run(text.len(), move || paging::split(&text, encoding)).await?))
    }

    async fn classify_page(
        &self,
        request: Request<v1::ClassifyPageRequest>,
    ) -> Result<Response<v1::ClassifyPageResponse>, Status> {
        let request = request.into_inner();
        let served = self.model(&request.model)?;
        let mut checker = Checker::new(&self.limits);
        let settings = Classifying {
            places: checker.topics(&request.topics, &served),
            explain_terms: checker.explain_terms(request.explain_terms),
            explain: request.explain,
            encoding: checker.encoding(request.encoding),
        };
        let text = checker.page(request.text);
        checker.finish()?;
        let _admitted = self.gate.admit(1).await?;
        self.count(&served, 1);
        let bytes = text.len();
        Ok(Response::new(self.turns.run(bytes, move || settings.classify_page(&served, &text)).await?))
    }

    async fn batch_classify(
        &self,
        request: Request<v1::BatchClassifyRequest>,
    ) -> Result<Response<v1::BatchClassifyResponse>, Status> {
        let request = request.into_inner();
        let served = self.model(&request.model)?;
        let mut checker = Checker::new(&self.limits);
        let places = Arc::new(checker.topics(&request.topics, &served));
        let documents = Arc::new(checker.documents(request.documents));
        checker.finish()?;
        let _admitted = self.gate.admit(documents.len()).await?;
        self.count(&served, documents.len());
        let mut predictions = Vec::with_capacity(documents.len());
        // Between portions other calls get their turn, and this one ends if its caller left or its time is over.
        for (portion, bytes) in portions(documents.iter().map(size)) {
            let (served, places, documents) = (served.clone(), places.clone(), documents.clone());
            let work = move || {
                let predict = |original: &v1::Document| {
                    let prediction = served.model.classify(&Document::new(&original.title, &original.text));
                    answer::prediction(&served.model, &prediction, &places, None)
                };
                documents[portion].iter().map(predict).collect::<Vec<_>>()
            };
            predictions.extend(self.turns.run(bytes, work).await?);
        }
        Ok(Response::new(v1::BatchClassifyResponse { predictions, model: Some(answer::identity(&served)) }))
    }

    type StreamClassifyStream = BoxStream<'static, Result<v1::StreamClassifyResponse, Status>>;

    async fn stream_classify(
        &self,
        request: Request<Streaming<v1::StreamClassifyRequest>>,
    ) -> Result<Response<Self::StreamClassifyStream>, Status> {
        let deadline = request.extensions().get::<Deadline>().copied().unwrap_or_default();
        Ok(Response::new(stream::answers(self.clone(), request.into_inner(), deadline)))
    }
}
