//! Everything in a model file that isn't a matrix, as JSON.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::calibration::{Calibration, Decision};
use crate::passages::PassageSettings;
use crate::terms::TermSettings;

/// Version of the file format. A change of what any field or tensor means raises it.
pub const FORMAT_VERSION: u32 = 1;

/// A topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Identifier in requests and labelled data.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// The probability from which the topic is assigned; not used by exclusive topics.
    pub threshold: f64,
    /// Cross-validated F1.
    pub f1: f64,
}

/// Cross-validated figures of a whole model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Mean F1 of the topics.
    pub macro_f1: f64,
    /// F1 over all decisions.
    pub micro_f1: f64,
    /// Share of documents with every scored topic right.
    pub exact: f64,
    /// Expected calibration error.
    pub ece: f64,
}

/// A sentence and the answer that the model must give to it on any machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelfTest {
    /// The sentence.
    pub text: String,
    /// The probability of every topic.
    pub probabilities: Vec<f64>,
}

/// The description of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the file format.
    pub format_version: u32,
    /// Name of the model.
    pub name: String,
    /// Version of the text normaliser it was trained with.
    pub normalizer_version: u32,
    /// Version of jieba-rs it was trained with.
    pub jieba_version: String,
    /// Words added to jieba's dictionary, in the dictionary's own format.
    pub user_dictionary: String,
    /// Words that are no keywords, and that segmentation leaves out when asked to.
    pub stop_words: String,
    /// How terms are weighed.
    pub terms: TermSettings,
    /// Inverse document frequency of terms the model doesn't know.
    pub unknown_idf: f32,
    /// How long documents are cut into passages.
    pub passages: PassageSettings,
    /// How topics exclude one another.
    pub decision: Decision,
    /// From margins to probabilities.
    pub calibration: Calibration,
    /// The topics in the order of the weights.
    pub topics: Vec<Topic>,
    /// Cross-validated figures.
    pub figures: Figures,
    /// BLAKE3 digest of the training articles.
    pub corpus_digest: String,
    /// Number of training articles.
    pub training_documents: u32,
    /// Answers to reproduce before serving.
    pub self_test: Vec<SelfTest>,
}

/// Greatest factor that a fitted model has any use for. Far beyond it, margins would be no numbers.
pub(crate) const GREATEST: f64 = 1e9;

/// Weights of families in use: a single precision vector of length one can be made of terms that weigh so much.
const WEIGHTS: RangeInclusive<f64> = 1e-6..=1e6;

impl Manifest {
    /// Why no probability could come of these settings, if so.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let mut weights = self.terms.family_weights.iter();
        let Calibration { slope, intercept } = self.calibration;
        let topics = self.topics.len();
        let mut tests = self.self_test.iter();
        let problems = [
            (topics == 0, "it has no topics"),
            (
                !weights.all(|weight| *weight == 0.0 || WEIGHTS.contains(weight)),
                "a weight of a family is neither 0 nor from 1e-6 to 1e6",
            ),
            (!(0.0..=1e6).contains(&self.unknown_idf), "unknown_idf is not from 0 to 1e6"),
            (!(0.0..=1.0).contains(&self.passages.share), "the share of passages is not from 0 to 1"),
            (slope.abs() > GREATEST || intercept.abs() > GREATEST, "the calibration is not from -1e9 to 1e9"),
            (
                tests.any(|test| test.probabilities.len() != topics),
                "a self-test has not one probability for each topic",
            ),
        ];
        problems.into_iter().find_map(|(wrong, problem)| wrong.then_some(problem))
    }
}
