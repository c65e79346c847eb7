//! A model: one of each stage, put together.

use wenlei_text::{Document, MaskedText, Segmenters, StopWords, Token, UserDictionary};

use crate::explanation::Evidence;
use crate::features::{Analysis, Families, FeatureExtractor};
use crate::file::ModelError;
use crate::manifest::{Manifest, Topic};
use crate::passages::{self, Combined};
use crate::prediction::{Prediction, TopicPrediction};
use crate::scorer::Scorer;
use crate::terms::TermExtractor;

/// How far a probability may be off in the self-test: the last digits of `exp` and `ln` differ between C libraries.
const SELF_TEST_TOLERANCE: f64 = 1e-6;

/// What a trainer puts together and a model file holds.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Settings, topics, figures.
    pub manifest: Manifest,
    /// The known terms by family.
    pub families: Families,
    /// The classifiers.
    pub scorer: Scorer,
}

/// A model ready to answer. It is read-only and shared between threads as it is.
#[derive(Debug)]
pub struct Model {
    manifest: Manifest,
    features: FeatureExtractor,
    scorer: Scorer,
    digest: String,
}

impl Model {
    /// Puts the parts together, reading the user dictionary and the stop words out of the manifest.
    pub(crate) fn new(parts: Parts, digest: String, segmenters: &Segmenters) -> Result<Self, ModelError> {
        let Parts { manifest, families, scorer } = parts;
        if let Some(problem) = manifest.problem() {
            return Err(ModelError::Inconsistent(problem.into()));
        }
        let segmenter = segmenters.get(&UserDictionary::parse(&manifest.user_dictionary)?);
        let terms = TermExtractor::new(segmenter, StopWords::parse(&manifest.stop_words), manifest.terms);
        let features = FeatureExtractor::new(terms, families, manifest.unknown_idf);
        Ok(Self { manifest, features, scorer, digest })
    }

    /// Settings, topics, figures.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The topics, in the order that predictions list them.
    pub fn topics(&self) -> &[Topic] {
        &self.manifest.topics
    }

    /// The maker of feature vectors.
    pub fn features(&self) -> &FeatureExtractor {
        &self.features
    }

    /// The classifiers.
    pub fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// BLAKE3 digest of the file, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Says which topics a document carries.
    pub fn classify(&self, document: &Document) -> Prediction {
        self.predict(&self.analyze(document))
    }

    /// The features of a document and of its passages.
    pub fn analyze(&self, document: &Document) -> Analysis {
        self.features.analyze(document, self.manifest.passages)
    }

    /// The words of a document: the first half of [`Self::analyze`].
    pub fn words<'a>(&self, text: &'a MaskedText) -> Vec<Token<'a>> {
        self.features.terms().words(text)
    }

    /// The features of a document cut into words: the second half of [`Self::analyze`].
    pub fn analyze_words(&self, text: &MaskedText, words: &[Token]) -> Analysis {
        self.features.analyze_words(text, words, self.manifest.passages)
    }

    /// Says which topics a document with these features carries.
    pub fn predict(&self, analysis: &Analysis) -> Prediction {
        let passages: Vec<Vec<f64>> =
            analysis.passages.iter().map(|(_, vector)| self.scorer.margins(vector)).collect();
        let share = self.manifest.passages.share;
        let combined = passages::combine(&self.scorer.margins(&analysis.whole), &passages, share);
        let margins: Vec<f64> = combined.iter().map(|topic| topic.margin).collect();
        let probabilities = self.manifest.calibration.probabilities(&margins, self.manifest.decision);
        let thresholds: Vec<f64> = self.topics().iter().map(|topic| topic.threshold).collect();
        let assigned = self.manifest.decision.assign(&probabilities, &thresholds);
        let topics = combined
            .into_iter()
            .enumerate()
            .map(|(topic, Combined { margin, passage })| TopicPrediction {
                topic,
                margin,
                probability: probabilities[topic],
                assigned: assigned[topic],
                passage: passage.map(|index| analysis.passages[index].0.clone()),
                explanation: None,
            })
            .collect();
        Prediction::new(topics, &thresholds, !analysis.whole.features.is_empty())
    }

    /// Adds to every topic of `prediction`, made from `analysis` of `document`, how its margin came about.
    pub fn explain(
        &self,
        prediction: &mut Prediction,
        document: &Document,
        analysis: &Analysis,
        terms: usize,
    ) {
        let occurrences = self.features.occurrences(document);
        for topic in &mut prediction.topics {
            let best = analysis.passages.iter().find(|(range, _)| Some(range) == topic.passage.as_ref());
            let share = self.manifest.passages.share;
            let vector = best.map(|(_, passage)| analysis.whole.mixed_with(passage, share));
            let evidence = Evidence {
                features: &self.features,
                scorer: &self.scorer,
                vector: vector.as_ref().unwrap_or(&analysis.whole),
                occurrences: &occurrences,
            };
            topic.explanation = Some(evidence.explain(topic.topic, terms));
        }
    }

    /// Checks that the model gives the answers its file says it must give.
    pub(crate) fn run_self_test(&self) -> Result<(), ModelError> {
        for test in &self.manifest.self_test {
            let prediction = self.classify(&Document::new("", &test.text));
            for ((topic, expected), found) in
                self.topics().iter().zip(&test.probabilities).zip(&prediction.topics)
            {
                let found = found.probability;
                if (found - expected).abs() > SELF_TEST_TOLERANCE {
                    let (text, topic) = (test.text.clone(), topic.id.clone());
                    return Err(ModelError::SelfTest { text, topic, expected: *expected, found });
                }
            }
        }
        Ok(())
    }
}
