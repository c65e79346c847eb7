//! The articles of one page.

use std::ops::Range;

use wenlei_model::Model;
use wenlei_proto::v1;
use wenlei_text::page::{self, Article, ArticleDocument, Furniture, Kind, Reason, Role};
use wenlei_text::{Encoding, OffsetConverter};

use super::answer::{self, Locate};
use super::classifying::Classifying;
use super::reading::read;
use super::request::check;
use super::stages::Stages;
use crate::limits::Limits;
use crate::metrics::Stage;
use crate::models::ServedModel;
use crate::status::RpcError;

/// Checks a request to split a page: its text and the unit of the offsets.
pub(super) fn check_split(
    request: v1::SplitPageRequest,
    limits: &Limits,
) -> Result<(String, Encoding), RpcError> {
    check(limits, |checker| {
        let encoding = checker.encoding(request.encoding);
        (checker.page(request.text), encoding)
    })
}

/// The articles and the furniture of a page.
pub(super) fn split(text: &str, encoding: Encoding, stages: &Stages) -> v1::SplitPageResponse {
    let mut stopwatch = stages.stopwatch();
    let page = page::split(text);
    stopwatch.lap(Stage::Split);
    let offsets = OffsetConverter::new(text, encoding);
    let articles = page.articles.iter();
    v1::SplitPageResponse {
        articles: articles
            .map(|found| article(found, &ArticleDocument::new(found, text), &offsets))
            .collect(),
        furniture: page.furniture.iter().map(|line| furniture(line, &offsets)).collect(),
    }
}

impl Classifying {
    pub(super) fn check_page(
        request: v1::ClassifyPageRequest,
        served: &ServedModel,
        limits: &Limits,
    ) -> Result<(Self, String), RpcError> {
        check(limits, |checker| {
            let settings = Self {
                places: checker.topics(&request.topics, served),
                explain_terms: checker.explain_terms(request.explain, request.explain_terms),
                encoding: checker.encoding(request.encoding),
            };
            (settings, checker.page(request.text))
        })
    }

    /// The articles of a page with their topics.
    pub(super) fn classify_page(
        &self,
        served: &ServedModel,
        text: &str,
        stages: &Stages,
    ) -> v1::ClassifyPageResponse {
        let mut stopwatch = stages.stopwatch();
        let page = page::split(text);
        stopwatch.lap(Stage::Split);
        let offsets = OffsetConverter::new(text, self.encoding);
        let classify = |found: &Article| {
            let mut stopwatch = stages.stopwatch();
            let document = ArticleDocument::new(found, text);
            stopwatch.lap(Stage::Normalize);
            let (prediction, _) =
                read(&served.model, document.document(), self.explain_terms, &mut stopwatch);
            let spans = OnPage { document: &document, offsets: &offsets };
            let prediction = answer::prediction(&served.model, &prediction, &self.places, Some(&spans));
            v1::PageArticle { prediction: Some(prediction), ..article(found, &document, &offsets) }
        };
        let articles: Vec<v1::PageArticle> = page.articles.iter().map(classify).collect();
        v1::ClassifyPageResponse {
            totals: self.totals(&served.model, &articles),
            furniture: page.furniture.iter().map(|line| furniture(line, &offsets)).collect(),
            model: Some(answer::identity(served)),
            articles,
        }
    }

    fn totals(&self, model: &Model, articles: &[v1::PageArticle]) -> Vec<v1::TopicTotal> {
        let assigned = |topic: &str| {
            let predictions = articles.iter().filter_map(|article| article.prediction.as_ref());
            predictions
                .filter(|prediction| prediction.topics.iter().any(|t| t.assigned && t.topic == topic))
                .count()
        };
        let ids = self.places.iter().map(|place| &model.topics()[*place].id);
        ids.map(|id| v1::TopicTotal { topic: id.clone(), articles: assigned(id) as u32 }).collect()
    }
}

/// The way back from an article's normalised text to the page.
struct OnPage<'a> {
    document: &'a ArticleDocument,
    offsets: &'a OffsetConverter<'a>,
}

impl Locate for OnPage<'_> {
    fn span(&self, normalized: &Range<usize>) -> v1::Span {
        let v1::PageSpan { start, end } = span(&self.document.locate(normalized.clone()), self.offsets);
        v1::Span { field: v1::DocumentField::Text.into(), start, end }
    }
}

fn span(range: &Range<usize>, offsets: &OffsetConverter) -> v1::PageSpan {
    v1::PageSpan { start: offsets.convert(range.start) as u32, end: offsets.convert(range.end) as u32 }
}

fn article(article: &Article, document: &ArticleDocument, offsets: &OffsetConverter) -> v1::PageArticle {
    let parts = article
        .parts
        .iter()
        .map(|part| v1::ArticlePart { role: role(part.role).into(), span: Some(span(&part.range, offsets)) });
    v1::PageArticle {
        kind: kind(article.kind).into(),
        span: Some(span(&article.range(), offsets)),
        title: document.title().to_owned(),
        text: document.text().to_owned(),
        parts: parts.collect(),
        prediction: None,
    }
}

fn furniture(furniture: &Furniture, offsets: &OffsetConverter) -> v1::PageFurniture {
    let reason = match furniture.reason {
        Reason::Banner => v1::FurnitureReason::Banner,
        Reason::ColumnHead => v1::FurnitureReason::ColumnHead,
        Reason::Navigation => v1::FurnitureReason::Navigation,
        Reason::Contact => v1::FurnitureReason::Contact,
        Reason::Other => v1::FurnitureReason::Unspecified,
    };
    v1::PageFurniture { reason: reason.into(), span: Some(span(&furniture.range, offsets)) }
}

fn kind(kind: Kind) -> v1::ArticleKind {
    match kind {
        Kind::Article => v1::ArticleKind::Article,
        Kind::Caption => v1::ArticleKind::Caption,
        Kind::Notice => v1::ArticleKind::Notice,
    }
}

fn role(role: Role) -> v1::PartRole {
    match role {
        Role::Overtitle => v1::PartRole::Overtitle,
        Role::Title => v1::PartRole::Title,
        Role::Subtitle => v1::PartRole::Subtitle,
        Role::Dateline => v1::PartRole::Dateline,
        Role::Body => v1::PartRole::Body,
        Role::Subhead => v1::PartRole::Subhead,
        Role::Byline => v1::PartRole::Byline,
        Role::Signature => v1::PartRole::Signature,
        Role::Caption => v1::PartRole::Caption,
    }
}
