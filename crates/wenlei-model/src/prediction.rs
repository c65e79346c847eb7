//! What the model says of a document.

use std::ops::Range;

use crate::explanation::Explanation;

/// One topic of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPrediction {
    /// Place of the topic in the model's list.
    pub topic: usize,
    /// The linear score.
    pub margin: f64,
    /// Calibrated probability, 0 to 1.
    pub probability: f64,
    /// Whether the document carries the topic.
    pub assigned: bool,
    /// The passage of a long document that speaks most for the topic, in the normalised text.
    pub passage: Option<Range<usize>>,
    /// How the margin came about, when asked for.
    pub explanation: Option<Explanation>,
}

/// Why a document carries no topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTopicReason {
    /// It holds no term that the model knows.
    NoKnownTerms,
    /// Every topic is improbable.
    AllImprobable,
    /// The best topic stays just under its threshold.
    Undecided,
}

/// The topics of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Every topic of the model, in its order.
    pub topics: Vec<TopicPrediction>,
    /// The assigned topic with the highest probability, by its place in the model's list.
    pub primary: Option<usize>,
    /// Set when no topic is assigned.
    pub no_topic: Option<NoTopicReason>,
}

/// A topic whose probability reaches this share of its threshold, without reaching the threshold, is undecided.
const UNDECIDED_SHARE: f64 = 0.6;

impl Prediction {
    /// Puts a prediction together from the topics and their thresholds; `knows_terms` says whether the document held
    /// any known term.
    pub(crate) fn new(topics: Vec<TopicPrediction>, thresholds: &[f64], knows_terms: bool) -> Self {
        let primary = topics
            .iter()
            .filter(|topic| topic.assigned)
            .max_by(|a, b| a.probability.total_cmp(&b.probability).then(b.topic.cmp(&a.topic)))
            .map(|topic| topic.topic);
        let undecided = topics
            .iter()
            .zip(thresholds)
            .any(|(topic, threshold)| topic.probability >= UNDECIDED_SHARE * threshold);
        let no_topic = match (primary, knows_terms, undecided) {
            (Some(_), ..) => None,
            (None, false, _) => Some(NoTopicReason::NoKnownTerms),
            (None, true, true) => Some(NoTopicReason::Undecided),
            (None, true, false) => Some(NoTopicReason::AllImprobable),
        };
        Self { topics, primary, no_topic }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prediction(probabilities: &[f64], knows_terms: bool) -> Prediction {
        let topics = probabilities.iter().enumerate().map(|(topic, &probability)| TopicPrediction {
            topic,
            margin: 0.0,
            probability,
            assigned: probability >= 0.5,
            passage: None,
            explanation: None,
        });
        Prediction::new(topics.collect(), &[0.5, 0.5], knows_terms)
    }

    #[test]
    fn the_primary_topic_is_the_most_probable_assigned_one() {
        assert_eq!(prediction(&[0.6, 0.9], true).primary, Some(1));
        assert_eq!(prediction(&[0.9, 0.9], true).primary, Some(0));
        assert_eq!(prediction(&[0.6, 0.9], true).no_topic, None);
    }

    #[test]
    fn a_document_without_topic_says_why() {
        assert_eq!(prediction(&[0.1, 0.2], true).no_topic, Some(NoTopicReason::AllImprobable));
        assert_eq!(prediction(&[0.1, 0.4], true).no_topic, Some(NoTopicReason::Undecided));
        assert_eq!(prediction(&[0.1, 0.2], false).no_topic, Some(NoTopicReason::NoKnownTerms));
    }
}
