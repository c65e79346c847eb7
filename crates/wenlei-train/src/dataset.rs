//! A corpus prepared for learning: what a recipe makes of labelled articles.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use thiserror::Error;
use wenlei_model::terms::TermSettings;
use wenlei_model::{Analysis, Family, FeatureExtractor, FeatureVector, TermExtractor};
use wenlei_text::{DictionaryError, Document, Segmenter, StopWords, UserDictionary};

use crate::background::{self, Background, BackgroundError, Projection};
use crate::corpus::{Article, Corpus, CorpusError};
use crate::evaluate::{UnknownTopic, truths};
use crate::lexicon;
use crate::metrics::Truth;
use crate::progress::Progress;
use crate::recipe::{self, Recipe, RecipeError, TopicNames};
use crate::validate::Samples;

/// Titles up to this many characters say too little to be learnt from alone.
const SHORTEST_TITLE: usize = 9;

/// Why a corpus can't be prepared.
#[derive(Debug, Error)]
pub enum DatasetError {
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
}

/// A prepared corpus.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// The articles.
    pub corpus: Corpus,
    /// The topics.
    pub topics: Vec<TopicNames>,
    /// The maker of feature vectors.
    pub features: FeatureExtractor,
    /// Inverse document frequency of terms that are no features.
    pub unknown_idf: f32,
    /// The basis of the background.
    pub projection: Projection,
    /// What the learner sees.
    pub samples: Samples,
}

impl Dataset {
    /// Reads and prepares the corpus of `recipe`, which lies in `directory`.
    ///
    /// # Errors
    /// See [`DatasetError`].
    pub fn prepare(directory: &Path, recipe: &Recipe, progress: Progress) -> Result<Self, DatasetError> {
        let paths: Vec<PathBuf> = recipe.data.iter().map(|path| directory.join(path)).collect();
        let corpus = Corpus::read(&paths)?;
        let topics = topics(recipe, &corpus.articles);
        let ids: Vec<String> = topics.iter().map(|topic| topic.id.clone()).collect();
        let truths = truths(&corpus.articles, &ids)?;
        check_support(&ids, &truths, recipe.validation.folds)?;
        let unknown_idf = lexicon::idf(corpus.articles.len(), 0);
        let (features, projection) = features(directory, recipe, &corpus.articles, unknown_idf, progress)?;
        let samples = samples(&features, &projection, recipe, &corpus.articles, truths, progress);
        Ok(Self { corpus, topics, features, unknown_idf, projection, samples })
    }
}

/// A finder of terms with the dictionary and the stop words of a recipe.
///
/// # Errors
/// The dictionary or the stop words can't be read.
pub fn term_extractor(
    directory: &Path,
    recipe: &Recipe,
    settings: TermSettings,
) -> Result<TermExtractor, DatasetError> {
    let (dictionary, stop_words) = words(directory, recipe)?;
    let segmenter = Segmenter::new(&UserDictionary::parse(&dictionary)?);
    Ok(TermExtractor::new(segmenter, StopWords::parse(&stop_words), settings))
}

/// The texts of the user dictionary and of the stop words.
///
/// # Errors
/// A file can't be read.
pub fn words(directory: &Path, recipe: &Recipe) -> Result<(String, String), RecipeError> {
    let read = |path: &Option<PathBuf>| {
        path.as_ref().map_or(Ok(String::new()), |path| recipe::read(&directory.join(path)))
    };
    Ok((read(&recipe.dictionary)?, read(&recipe.stop_words)?))
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

fn check_support(topics: &[String], truths: &[Vec<Truth>], needed: usize) -> Result<(), DatasetError> {
    for (index, topic) in topics.iter().enumerate() {
        let found = truths.iter().filter(|row| row[index] == Truth::Carried).count();
        if found < needed {
            return Err(DatasetError::TooFewArticles { topic: topic.clone(), found, needed });
        }
    }
    Ok(())
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
) -> Result<(FeatureExtractor, Projection), DatasetError> {
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
