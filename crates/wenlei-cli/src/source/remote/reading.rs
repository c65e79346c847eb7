//! From a server's messages to answers.
//!
//! A server may be newer than this program: sorts that it doesn't know are shown as the plainest one.

use std::ops::Range;

use anyhow::Context;
use wenlei_model::NoTopicReason;
use wenlei_proto::v1;
use wenlei_text::page::{self, Furniture, Kind, Part, Reason, Role};

use crate::answer::{
    Article, Classification, Contribution, Explanation, Family, Feature, Features, ModelIdentity, Page,
    Topic, Word,
};

pub(super) fn classification(response: v1::ClassifyResponse) -> Classification {
    let prediction = response.prediction.unwrap_or_default();
    let no_topic = match prediction.no_topic_reason() {
        v1::NoTopicReason::Unspecified => None,
        v1::NoTopicReason::NoKnownTerms => Some(NoTopicReason::NoKnownTerms),
        v1::NoTopicReason::AllImprobable => Some(NoTopicReason::AllImprobable),
        v1::NoTopicReason::Undecided => Some(NoTopicReason::Undecided),
    };
    let topics = prediction.topics.into_iter().map(|found| topic(found, &|_| None));
    Classification { topics: topics.collect(), no_topic, model: identity(response.model) }
}

pub(super) fn words(response: v1::SegmentResponse) -> Vec<Word> {
    let tokens = response.tokens.into_iter();
    tokens.map(|token| Word { text: token.text, part_of_speech: token.part_of_speech }).collect()
}

pub(super) fn features(response: v1::ExtractFeaturesResponse) -> Features {
    let vector = response.vector.unwrap_or_default();
    let feature = |feature: v1::Feature| Feature {
        family: match feature.family() {
            v1::FeatureFamily::Word => Family::Word,
            v1::FeatureFamily::Characters | v1::FeatureFamily::Unspecified => Family::Characters,
        },
        term: feature.term,
        count: feature.count,
        idf: feature.idf,
        weight: feature.weight,
    };
    Features {
        present: vector.indices.len(),
        dimension: vector.dimension as usize,
        heaviest: response.features.into_iter().map(feature).collect(),
        keywords: response.keywords.into_iter().map(|keyword| keyword.word).collect(),
    }
}

/// The answer for the page `text`. Fails when it names a place that the page doesn't have.
pub(super) fn page(response: v1::ClassifyPageResponse, text: &str) -> anyhow::Result<Page> {
    let furniture = response
        .furniture
        .into_iter()
        .map(|line| Ok(Furniture { reason: reason(line.reason()), range: place(line.span, text)? }));
    Ok(Page {
        furniture: furniture.collect::<anyhow::Result<_>>()?,
        articles: response
            .articles
            .into_iter()
            .map(|found| article(found, text))
            .collect::<anyhow::Result<_>>()?,
        model: identity(response.model),
    })
}

fn article(found: v1::PageArticle, text: &str) -> anyhow::Result<Article> {
    let kind = kind(found.kind());
    let parts = found
        .parts
        .into_iter()
        .map(|part| Ok(Part { role: role(part.role()), range: place(part.span, text)? }));
    let parts = parts.collect::<anyhow::Result<_>>()?;
    let topics = found.prediction.unwrap_or_default().topics.into_iter();
    let on_page = |span: v1::Span| range(text, span.start, span.end);
    Ok(Article {
        outline: page::Article { kind, parts },
        title: found.title,
        text: found.text,
        topics: topics.map(|found| topic(found, &on_page)).collect(),
    })
}

/// A topic; `locate` leads spans to places on the page, if there is one.
fn topic(found: v1::TopicPrediction, locate: &dyn Fn(v1::Span) -> Option<Range<usize>>) -> Topic {
    let contribution = |term: v1::Contribution| Contribution {
        term: term.term,
        added: term.contribution,
        places: term.spans.into_iter().filter_map(locate).collect(),
    };
    let list = |terms: Vec<v1::Contribution>| terms.into_iter().map(contribution).collect();
    Topic {
        id: found.topic,
        name_zh: found.name_zh,
        probability: found.probability,
        assigned: found.assigned,
        explanation: found.explanation.map(|explanation| Explanation {
            supporting: list(explanation.supporting),
            opposing: list(explanation.opposing),
        }),
    }
}

fn identity(model: Option<v1::ModelIdentity>) -> ModelIdentity {
    let model = model.unwrap_or_default();
    ModelIdentity { name: model.id, digest: model.digest }
}

fn place(span: Option<v1::PageSpan>, text: &str) -> anyhow::Result<Range<usize>> {
    let found = span.and_then(|span| range(text, span.start, span.end));
    found.with_context(|| format!("the server names a place that the page doesn't have: {span:?}"))
}

/// A range of bytes, if `text` can be cut there.
fn range(text: &str, start: u32, end: u32) -> Option<Range<usize>> {
    let range = start as usize..end as usize;
    text.get(range.clone()).map(|_| range)
}

fn kind(kind: v1::ArticleKind) -> Kind {
    match kind {
        v1::ArticleKind::Article | v1::ArticleKind::Unspecified => Kind::Article,
        v1::ArticleKind::Caption => Kind::Caption,
        v1::ArticleKind::Notice => Kind::Notice,
    }
}

fn role(role: v1::PartRole) -> Role {
    match role {
        v1::PartRole::Overtitle => Role::Overtitle,
        v1::PartRole::Title => Role::Title,
        v1::PartRole::Subtitle => Role::Subtitle,
        v1::PartRole::Dateline => Role::Dateline,
        v1::PartRole::Body | v1::PartRole::Unspecified => Role::Body,
        v1::PartRole::Subhead => Role::Subhead,
        v1::PartRole::Byline => Role::Byline,
        v1::PartRole::Signature => Role::Signature,
        v1::PartRole::Caption => Role::Caption,
    }
}

fn reason(reason: v1::FurnitureReason) -> Reason {
    match reason {
        v1::FurnitureReason::Unspecified => Reason::Other,
        v1::FurnitureReason::Banner => Reason::Banner,
        v1::FurnitureReason::ColumnHead => Reason::ColumnHead,
        v1::FurnitureReason::Navigation => Reason::Navigation,
        v1::FurnitureReason::Contact => Reason::Contact,
    }
}
