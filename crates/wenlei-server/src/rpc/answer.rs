//! Shaping answers: from the library's types to messages.

use std::ops::Range;

use wenlei_model::{Contribution, Explanation, Family, Model, NoTopicReason, Prediction};
use wenlei_proto::v1;
use wenlei_text::{Document, Encoding, Field, OffsetConverter};

use crate::models::ServedModel;

/// Leads ranges of normalised text back to the caller's own text.
pub(super) trait Locate {
    /// Where the range came from, in the caller's unit.
    fn span(&self, normalized: &Range<usize>) -> v1::Span;

    /// The same for many ranges.
    fn spans(&self, normalized: &mut dyn Iterator<Item = &Range<usize>>) -> Vec<v1::Span> {
        normalized.map(|range| self.span(range)).collect()
    }
}

/// The way back to a document's title and text.
pub(super) struct Spans<'a> {
    document: &'a Document,
    title: OffsetConverter<'a>,
    text: OffsetConverter<'a>,
}

impl<'a> Spans<'a> {
    pub(super) fn new(document: &'a Document, original: &'a v1::Document, encoding: Encoding) -> Self {
        Self {
            document,
            title: OffsetConverter::new(&original.title, encoding),
            text: OffsetConverter::new(&original.text, encoding),
        }
    }
}

impl Locate for Spans<'_> {
    fn span(&self, normalized: &Range<usize>) -> v1::Span {
        let location = self.document.locate(normalized.clone());
        let (field, converter) = match location.field {
            Field::Title => (v1::DocumentField::Title, &self.title),
            Field::Text => (v1::DocumentField::Text, &self.text),
        };
        v1::Span {
            field: field.into(),
            start: converter.convert(location.range.start) as u32,
            end: converter.convert(location.range.end) as u32,
        }
    }
}

pub(super) fn identity(served: &ServedModel) -> v1::ModelIdentity {
    v1::ModelIdentity { id: served.id.clone(), digest: served.model.digest().to_owned() }
}

/// The prediction for the topics at `places`. The primary topic is chosen among them.
pub(super) fn prediction(
    model: &Model,
    prediction: &Prediction,
    places: &[usize],
    spans: Option<&dyn Locate>,
) -> v1::Prediction {
    let chosen = places.iter().map(|place| &prediction.topics[*place]);
    let primary = chosen
        .clone()
        .filter(|topic| topic.assigned)
        .reduce(|best, topic| if topic.probability > best.probability { topic } else { best });
    let reason = match primary {
        Some(_) => v1::NoTopicReason::Unspecified,
        // A topic that wasn't asked for may be assigned: then those asked for are improbable.
        None => prediction.no_topic.map_or(v1::NoTopicReason::AllImprobable, no_topic_reason),
    };
    let topics = chosen.map(|topic| {
        let names = &model.topics()[topic.topic];
        v1::TopicPrediction {
            topic: names.id.clone(),
            name_zh: names.name_zh.clone(),
            name_en: names.name_en.clone(),
            probability: topic.probability,
            threshold: names.threshold,
            assigned: topic.assigned,
            margin: topic.margin,
            passage: topic.passage.as_ref().zip(spans).map(|(passage, spans)| spans.span(passage)),
            explanation: topic
                .explanation
                .as_ref()
                .zip(spans)
                .map(|(explained, spans)| explanation(explained, spans)),
        }
    });
    v1::Prediction {
        topics: topics.collect(),
        primary_topic: primary.map(|topic| model.topics()[topic.topic].id.clone()).unwrap_or_default(),
        no_topic_reason: reason.into(),
    }
}

fn no_topic_reason(reason: NoTopicReason) -> v1::NoTopicReason {
    match reason {
        NoTopicReason::NoKnownTerms => v1::NoTopicReason::NoKnownTerms,
        NoTopicReason::AllImprobable => v1::NoTopicReason::AllImprobable,
        NoTopicReason::Undecided => v1::NoTopicReason::Undecided,
    }
}

fn explanation(explanation: &Explanation, spans: &dyn Locate) -> v1::Explanation {
    let contributions = |list: &[Contribution]| list.iter().map(|entry| contribution(entry, spans)).collect();
    v1::Explanation {
        bias: explanation.bias,
        supporting: contributions(&explanation.supporting),
        opposing: contributions(&explanation.opposing),
        remaining: explanation.remaining,
    }
}

fn contribution(contribution: &Contribution, spans: &dyn Locate) -> v1::Contribution {
    v1::Contribution {
        term: contribution.term.clone(),
        family: family(contribution.family).into(),
        contribution: contribution.contribution,
        spans: spans.spans(&mut contribution.places.iter()),
    }
}

pub(super) fn family(family: Family) -> v1::FeatureFamily {
    match family {
        Family::Word => v1::FeatureFamily::Word,
        Family::OneCharacter | Family::TwoCharacters | Family::ThreeCharacters => {
            v1::FeatureFamily::Characters
        }
    }
}
