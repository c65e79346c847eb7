//! `wenlei.v1.ClassificationService`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tonic::{Request, Response, Status};
use wenlei_model::Model;
use wenlei_proto::v1;
use wenlei_proto::v1::classification_service_server::ClassificationService;
use wenlei_text::{Document, Encoding, Mode, Token};

use super::answer::{self, Spans};
use super::request::{Checker, size};
use super::status::RpcError;
use super::work;
use crate::limits::Limits;
use crate::models::Models;

/// Reads documents with the models it was given.
#[derive(Debug)]
pub struct Classification {
    models: Arc<Models>,
    limits: Limits,
}

impl Classification {
    /// Reads with `models`, within `limits`.
    pub fn new(models: Arc<Models>, limits: Limits) -> Self {
        Self { models, limits }
    }
}

#[tonic::async_trait]
impl ClassificationService for Classification {
    async fn segment(
        &self,
        request: Request<v1::SegmentRequest>,
    ) -> Result<Response<v1::SegmentResponse>, Status> {
        let request = request.into_inner();
        let served = self.models.find(&request.model).map_err(RpcError::from)?;
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
        let identity = answer::identity(&served);
        let tokens = work::run(size(&document), move || settings.tokens(&served.model, &document)).await?;
        Ok(Response::new(v1::SegmentResponse { tokens, model: Some(identity) }))
    }

    async fn extract_features(
        &self,
        request: Request<v1::ExtractFeaturesRequest>,
    ) -> Result<Response<v1::ExtractFeaturesResponse>, Status> {
        let request = request.into_inner();
        let served = self.models.find(&request.model).map_err(RpcError::from)?;
        let mut checker = Checker::new(&self.limits);
        let settings = Extracting {
            top_k: checker.top_k(request.top_k),
            include_vector: request.include_vector,
            keywords: checker.listed("keywords", request.keywords),
            encoding: checker.encoding(request.encoding),
        };
        let document = checker.document(request.document, "document");
        checker.finish()?;
        let identity = answer::identity(&served);
        let mut response =
            work::run(size(&document), move || settings.features(&served.model, &document)).await?;
        response.model = Some(identity);
        Ok(Response::new(response))
    }

    async fn classify(
        &self,
        request: Request<v1::ClassifyRequest>,
    ) -> Result<Response<v1::ClassifyResponse>, Status> {
        let request = request.into_inner();
        let served = self.models.find(&request.model).map_err(RpcError::from)?;
        let mut checker = Checker::new(&self.limits);
        let settings = Classifying {
            places: checker.topics(&request.topics, &served),
            explain_terms: checker.explain_terms(request.explain_terms),
            explain: request.explain,
            encoding: checker.encoding(request.encoding),
        };
        let document = checker.document(request.document, "document");
        checker.finish()?;
        let identity = answer::identity(&served);
        let mut response =
            work::run(size(&document), move || settings.classify(&served.model, &document)).await?;
        response.model = Some(identity);
        Ok(Response::new(response))
    }

    async fn batch_classify(
        &self,
        request: Request<v1::BatchClassifyRequest>,
    ) -> Result<Response<v1::BatchClassifyResponse>, Status> {
        let request = request.into_inner();
        let served = self.models.find(&request.model).map_err(RpcError::from)?;
        let mut checker = Checker::new(&self.limits);
        let places = checker.topics(&request.topics, &served);
        let documents = checker.documents(request.documents);
        checker.finish()?;
        let identity = answer::identity(&served);
        let predictions = work::run(documents.iter().map(size).sum(), move || {
            let model = &served.model;
            let predict = |document: &v1::Document| {
                let prediction = model.classify(&Document::new(&document.title, &document.text));
                answer::prediction(model, &prediction, &places, None)
            };
            documents.iter().map(predict).collect()
        });
        Ok(Response::new(v1::BatchClassifyResponse {
            predictions: predictions.await?,
            model: Some(identity),
        }))
    }
}

// === impl Segmenting ===

/// A checked `SegmentRequest`, the document aside.
struct Segmenting {
    mode: Mode,
    hmm: bool,
    part_of_speech: bool,
    remove_stop_words: bool,
    encoding: Encoding,
}

impl Segmenting {
    fn tokens(&self, model: &Model, original: &v1::Document) -> Vec<v1::Token> {
        let document = Document::new(&original.title, &original.text);
        let spans = Spans::new(&document, original, self.encoding);
        let terms = model.features().terms();
        let segmenter = terms.segmenter();
        let tokens: Vec<Token> = if self.part_of_speech {
            segmenter.tag(document.normalized(), self.hmm)
        } else {
            segmenter.segment(document.normalized(), self.mode, self.hmm)
        };
        tokens
            .into_iter()
            .map(|token| v1::Token {
                span: Some(spans.span(&token.range)),
                text: token.word.to_owned(),
                part_of_speech: token.tag.unwrap_or_default().to_owned(),
                stop_word: terms.stop_words().contains(token.word),
            })
            .filter(|token| !(self.remove_stop_words && token.stop_word))
            .collect()
    }
}

// === impl Extracting ===

/// A checked `ExtractFeaturesRequest`, the document aside.
struct Extracting {
    top_k: usize,
    include_vector: bool,
    keywords: usize,
    encoding: Encoding,
}

impl Extracting {
    fn features(&self, model: &Model, original: &v1::Document) -> v1::ExtractFeaturesResponse {
        let document = Document::new(&original.title, &original.text);
        let extractor = model.features();
        let vector = extractor.extract(&document);
        let occurrences = extractor.occurrences(&document);
        let spans = Spans::new(&document, original, self.encoding);
        let features = vector.heaviest(self.top_k).into_iter().map(|feature| {
            let (family, term) = extractor.term(feature.index);
            v1::Feature {
                term: term.to_owned(),
                family: answer::family(family).into(),
                index: feature.index,
                count: feature.count,
                tf: f64::from(feature.tf),
                idf: f64::from(extractor.idf(feature.index)),
                weight: f64::from(feature.value),
                spans: spans.spans(occurrences.of(feature.index)),
            }
        });
        let keywords = extractor.keywords(&vector, self.keywords).into_iter();
        v1::ExtractFeaturesResponse {
            features: features.collect(),
            vector: self.include_vector.then(|| v1::SparseVector {
                dimension: extractor.dimension() as u32,
                indices: vector.features.iter().map(|feature| feature.index).collect(),
                values: vector.features.iter().map(|feature| feature.value).collect(),
            }),
            keywords: keywords.map(|(word, score)| v1::Keyword { word: word.to_owned(), score }).collect(),
            model: None,
        }
    }
}

// === impl Classifying ===

/// A checked `ClassifyRequest`, the document aside.
struct Classifying {
    places: Vec<usize>,
    explain: bool,
    explain_terms: usize,
    encoding: Encoding,
}

impl Classifying {
    fn classify(&self, model: &Model, original: &v1::Document) -> v1::ClassifyResponse {
        let start = Instant::now();
        let document = Document::new(&original.title, &original.text);
        let normalized = start.elapsed();
        let vector = model.features().extract(&document);
        let extracted = start.elapsed();
        let mut prediction = model.predict(&vector);
        if self.explain {
            model.explain(&mut prediction, &document, &vector, self.explain_terms);
        }
        let spans = self.explain.then(|| Spans::new(&document, original, self.encoding));
        let prediction = answer::prediction(model, &prediction, &self.places, spans.as_ref());
        let times = v1::StageTimes {
            normalize_us: microseconds(normalized),
            features_us: microseconds(extracted.saturating_sub(normalized)),
            score_us: microseconds(start.elapsed().saturating_sub(extracted)),
        };
        v1::ClassifyResponse { prediction: Some(prediction), model: None, times: Some(times) }
    }
}

fn microseconds(duration: Duration) -> u64 {
    duration.as_micros() as u64
}
