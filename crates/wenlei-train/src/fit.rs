//! From a recipe to a model file.

use std::path::Path;

use rayon::prelude::*;
use thiserror::Error;
use wenlei_model::manifest::FORMAT_VERSION;
use wenlei_model::terms::TermSettings;
use wenlei_model::{
    Analysis, Calibration, Decision, Family, FeatureExtractor, FeatureVector, Figures, Manifest, Model,
    ModelError, Parts, Scorer, SelfTest, TermExtractor, Topic,
};
use wenlei_text::{
    DictionaryError, Document, JIEBA_VERSION, NORMALIZER_VERSION, Segmenter, StopWords, UserDictionary,
};

use crate::background::{self, Background, BackgroundError, Projection};
use crate::corpus::{Article, Corpus, CorpusError};
use crate::evaluate::{UnknownTopic, truths};
use crate::learner::{LearnerError, LinearClassifier};
use crate::metrics::{self, Cell, Table, Truth};
use crate::progress::Progress;
use crate::recipe::{self, Recipe, RecipeError, TopicNames};
use crate::validate::{Samples, fit_topics, out_of_fold};
use crate::{calibrate, lexicon, thresholds};

/// Length of a self-test sentence in characters.
const SELF_TEST_LENGTH: usize = 60;

/// Titles up to this many characters say too little to be learnt from alone.
const SHORTEST_TITLE: usize = 9;

/// Why no model could be made.
#[derive(Debug, Error)]
pub enum FitError {
    /// The recipe.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// The data.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The labels.
    #[error(transparent)]
    Label(#[from] UnknownTopic),
    /// The user dictionary.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// The background.
    #[error(transparent)]
    Background(#[from] BackgroundError),
    /// The learner.
    #[error(transparent)]
    Learner(#[from] LearnerError),
    /// The calibration.
    #[error("the probabilities can't be calibrated: {0}")]
    Calibration(#[from] linfa_logistic::error::Error),
    /// A topic has too few articles.
    #[error("topic {topic} has {found} articles; {needed} are needed, one in each fold of the validation")]
    TooFewArticles {
        /// The topic.
        topic: String,
        /// How many articles carry it.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The finished model fails its own test.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// A model and what was seen while it was made.
#[derive(Debug)]
pub struct Fitted {
    /// The model file.
    pub bytes: Vec<u8>,
    /// The model read back from it.
    pub model: Model,
    /// Predictions on articles not trained on, all repeats one after another.
    pub validation: Table,
}

/// Makes the model of `directory`, whose recipe is `recipe`.
///
/// # Errors
/// See [`FitError`].
pub fn fit(directory: &Path, recipe: &Recipe, progress: Progress) -> Result<Fitted, FitError> {
    let paths: Vec<_> = recipe.data.iter().map(|path| directory.join(path)).collect();
    let corpus = Corpus::read(&paths)?;
    let topics = topics(recipe, &corpus.articles);
    let ids: Vec<String> = topics.iter().map(|topic| topic.id.clone()).collect();
    let truths = truths(&corpus.articles, &ids)?;
    check_support(&ids, &truths, recipe.validation.folds)?;

    let unknown_idf = lexicon::idf(corpus.articles.len(), 0);
    let (features, projection) = features(directory, recipe, &corpus.articles, unknown_idf, progress)?;
    let samples = samples(&features, &projection, recipe, &corpus.articles, truths, progress);
    let share = recipe.passages.share;
    let margins = out_of_fold(&samples, &recipe.learner, share, &recipe.validation, progress)?;
    let validation = Validation::new(&margins.concat(), &samples.truths, recipe.decision)?;
    let everything: Vec<usize> = (0..samples.len()).collect();
    let classifiers = fit_topics(&samples, &everything, &recipe.learner)?;

    let (dictionary, stop_words) = words(directory, recipe)?;
    let manifest = Manifest {
        format_version: FORMAT_VERSION,
        name: recipe.name.clone(),
        normalizer_version: NORMALIZER_VERSION,
        jieba_version: JIEBA_VERSION.to_owned(),
        user_dictionary: dictionary,
        stop_words,
        terms: recipe.features.terms,
        unknown_idf,
        passages: recipe.passages,
        decision: recipe.decision,
        calibration: validation.calibration,
        topics: validation.topics(&topics),
        figures: validation.figures(),
        corpus_digest: corpus.digest.clone(),
        training_documents: corpus.articles.len() as u32,
        self_test: Vec::new(),
    };
    let parts =
        Parts { manifest, families: features.families().clone(), scorer: scorer(&classifiers, &projection) };
    finish(parts, &corpus.articles, validation.table)
}

/// A finder of terms with the dictionary and the stop words of a recipe.
///
/// # Errors
/// The dictionary or the stop words can't be read.
pub fn term_extractor(
    directory: &Path,
    recipe: &Recipe,
    settings: TermSettings,
) -> Result<TermExtractor, FitError> {
    let (dictionary, stop_words) = words(directory, recipe)?;
    let segmenter = Segmenter::new(&UserDictionary::parse(&dictionary)?);
    Ok(TermExtractor::new(segmenter, StopWords::parse(&stop_words), settings))
}

/// The topics of the recipe, or else the labels of the data in the order of their bytes.
fn topics(recipe: &Recipe, articles: &[Article]) -> Vec<TopicNames> {
    if !recipe.topics.is_empty() {
        return recipe.topics.clone();
    }
    let mut ids: Vec<&String> = articles.iter().flat_map(|article| &article.topics).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .map(|id| TopicNames { id: id.clone(), name_zh: id.clone(), name_en: id.clone() })
        .collect()
}

fn check_support(topics: &[String], truths: &[Vec<Truth>], needed: usize) -> Result<(), FitError> {
    for (index, topic) in topics.iter().enumerate() {
        let found = truths.iter().filter(|row| row[index] == Truth::Carried).count();
        if found < needed {
            return Err(FitError::TooFewArticles { topic: topic.clone(), found, needed });
        }
    }
    Ok(())
}

/// The texts of the user dictionary and of the stop words.
fn words(directory: &Path, recipe: &Recipe) -> Result<(String, String), RecipeError> {
    let read = |path: &Option<std::path::PathBuf>| {
        path.as_ref().map_or(Ok(String::new()), |path| recipe::read(&directory.join(path)))
    };
    Ok((read(&recipe.dictionary)?, read(&recipe.stop_words)?))
}

fn document(article: &Article) -> Document {
    Document::new(&article.title, &article.text)
}

/// The features of the corpus, with the words of the background if the recipe has one, and the projection on its basis.
fn features(
    directory: &Path,
    recipe: &Recipe,
    articles: &[Article],
    unknown_idf: f32,
    progress: Progress,
) -> Result<(FeatureExtractor, Projection), FitError> {
    let extractor = term_extractor(directory, recipe, recipe.features.terms)?;
    let mut families =
        lexicon::features(&extractor, articles, document, recipe.features.min_documents, progress);
    let mut projection = Projection::none();
    if let Some(settings) = &recipe.background {
        let background = Background::read(&directory.join(&settings.file))?;
        background::extend(&mut families, &background, unknown_idf);
        projection = Projection::new(&background, &families[Family::Word as usize].vocabulary, settings);
    }
    Ok((FeatureExtractor::new(extractor, families, unknown_idf), projection))
}

fn samples(
    features: &FeatureExtractor,
    projection: &Projection,
    recipe: &Recipe,
    articles: &[Article],
    truths: Vec<Vec<Truth>>,
    progress: Progress,
) -> Samples {
    let bar = progress.bar("features", articles.len() as u64);
    let (analyses, titles): (Vec<Analysis>, Vec<Option<FeatureVector>>) = articles
        .par_iter()
        .map(|article| {
            bar.inc(1);
            let learnt = recipe.learner.title_weight > 0.0 && article.title.chars().count() > SHORTEST_TITLE;
            let title = learnt.then(|| features.extract(&Document::new("", &article.title)));
            (features.analyze(&document(article), recipe.passages), title)
        })
        .unzip();
    bar.finish();
    Samples::new(features.dimension(), &analyses, &titles, projection, truths)
}

fn scorer(classifiers: &[LinearClassifier<f64>], projection: &Projection) -> Scorer {
    let folded: Vec<Vec<f64>> =
        classifiers.iter().map(|classifier| projection.fold(&classifier.weights().to_vec())).collect();
    let dimension = folded.first().map_or(0, Vec::len);
    let weights = (0..dimension)
        .flat_map(|feature| folded.iter().map(move |weights| weights[feature] as f32))
        .collect();
    Scorer::new(weights, classifiers.iter().map(LinearClassifier::intercept).collect())
}

/// Writes the model, reads it back, asks it the self-test, and writes it again with the answers.
fn finish(mut parts: Parts, articles: &[Article], validation: Table) -> Result<Fitted, FitError> {
    let draft = Model::from_bytes(&parts.to_bytes()?)?;
    parts.manifest.self_test = parts
        .manifest
        .topics
        .iter()
        .filter_map(|topic| articles.iter().find(|article| article.topics.contains(&topic.id)))
        .map(|article| {
            let text: String = article.text.chars().take(SELF_TEST_LENGTH).collect();
            let prediction = draft.classify(&Document::new("", &text));
            SelfTest {
                text,
                probabilities: prediction.topics.iter().map(|topic| topic.probability).collect(),
            }
        })
        .collect();
    let bytes = parts.to_bytes()?;
    let model = Model::from_bytes(&bytes)?;
    Ok(Fitted { bytes, model, validation })
}

/// What out-of-fold margins say: calibration, thresholds, figures.
struct Validation {
    calibration: Calibration,
    thresholds: Vec<f64>,
    table: Table,
}

impl Validation {
    /// `margins[article][topic]`; the articles of `truths` repeat as often as it takes.
    fn new(margins: &[Vec<f64>], truths: &[Vec<Truth>], decision: Decision) -> Result<Self, FitError> {
        let truths: Vec<&Vec<Truth>> = truths.iter().cycle().take(margins.len()).collect();
        let cells = margins.iter().flatten().zip(truths.iter().copied().flatten());
        let (scored, labels): (Vec<f64>, Vec<bool>) =
            cells.filter_map(|(margin, truth)| label(*margin, *truth)).unzip();
        let calibration = calibrate::fit(&scored, &labels)?;
        let probabilities: Vec<Vec<f64>> =
            margins.iter().map(|row| calibration.probabilities(row, decision)).collect();
        let thresholds: Vec<f64> = (0..truths[0].len())
            .map(|topic| {
                let cells = probabilities.iter().zip(&truths);
                let (column, carried): (Vec<f64>, Vec<bool>) =
                    cells.filter_map(|(row, truths)| label(row[topic], truths[topic])).unzip();
                thresholds::choose(&column, &carried)
            })
            .collect();
        let table = probabilities
            .iter()
            .zip(&truths)
            .map(|(row, truths)| cells_of(row, truths, &thresholds, decision))
            .collect();
        Ok(Self { calibration, thresholds, table })
    }

    fn topics(&self, names: &[TopicNames]) -> Vec<Topic> {
        let figures = metrics::per_topic(&self.table);
        names
            .iter()
            .zip(&self.thresholds)
            .zip(figures)
            .map(|((names, threshold), figures)| Topic {
                id: names.id.clone(),
                name_zh: names.name_zh.clone(),
                name_en: names.name_en.clone(),
                threshold: *threshold,
                f1: figures.f1,
            })
            .collect()
    }

    fn figures(&self) -> Figures {
        Figures {
            macro_f1: metrics::macro_f1(&self.table),
            micro_f1: metrics::micro_f1(&self.table),
            exact: metrics::exact(&self.table),
            ece: metrics::expected_calibration_error(&self.table),
        }
    }
}

/// A value with its label; nothing where the label is arguable.
fn label(value: f64, truth: Truth) -> Option<(f64, bool)> {
    (truth != Truth::Arguable).then_some((value, truth == Truth::Carried))
}

fn cells_of(probabilities: &[f64], truths: &[Truth], thresholds: &[f64], decision: Decision) -> Vec<Cell> {
    let assigned = decision.assign(probabilities, thresholds);
    let topics = probabilities.iter().zip(truths).zip(assigned);
    topics
        .map(|((probability, truth), assigned)| Cell { truth: *truth, probability: *probability, assigned })
        .collect()
}
