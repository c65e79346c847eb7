//! Training, and margins on articles that were not trained on.

use std::ops::Range;

use linfa::DatasetBase;
use linfa::dataset::Records;
use linfa::traits::Fit;
use ndarray::Array1;
use rayon::prelude::*;
use wenlei_model::{Analysis, FeatureVector, passages};

use crate::background::Projection;
use crate::count_ratios;
use crate::folds;
use crate::learner::{LearnerError, LinearClassifier, SparseRecords};
use crate::metrics::Truth;
use crate::progress::Progress;
use crate::recipe::{LearnerRecipe, ValidationRecipe};

/// Articles as the learner sees them.
#[derive(Clone, Debug)]
pub struct Samples {
    /// One row an article, then one a title, then one a passage.
    records: SparseRecords<f32>,
    /// Number of features; the components of the background follow them.
    features: usize,
    /// The row of each article's title, if it is learnt from.
    title_of: Vec<Option<usize>>,
    /// The rows of each article's passages.
    passages_of: Vec<Range<usize>>,
    /// What the labels say: `truths[article][topic]`.
    pub truths: Vec<Vec<Truth>>,
}

impl Samples {
    /// Samples of `dimension` features, followed by the components of the projection. `titles` are the features of those
    /// titles that are learnt from.
    pub fn new(
        dimension: usize,
        analyses: &[Analysis],
        titles: &[Option<FeatureVector>],
        projection: &Projection,
        truths: Vec<Vec<Truth>>,
    ) -> Self {
        let mut vectors: Vec<&FeatureVector> = analyses.iter().map(|analysis| &analysis.whole).collect();
        let mut title_of = Vec::with_capacity(titles.len());
        for title in titles {
            title_of.push(title.as_ref().map(|_| vectors.len()));
            vectors.extend(title);
        }
        let mut passages_of = Vec::with_capacity(analyses.len());
        for analysis in analyses {
            passages_of.push(vectors.len()..vectors.len() + analysis.passages.len());
            vectors.extend(analysis.passages.iter().map(|(_, vector)| vector));
        }
        Self {
            records: records(dimension, &vectors, projection),
            features: dimension,
            title_of,
            passages_of,
            truths,
        }
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.truths.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.truths.is_empty()
    }

    /// Number of topics.
    pub fn topics(&self) -> usize {
        self.truths.first().map_or(0, Vec::len)
    }

    /// Which topics each article carries.
    pub fn carried(&self) -> Vec<Vec<bool>> {
        self.truths.iter().map(|row| row.iter().map(|truth| *truth == Truth::Carried).collect()).collect()
    }
}

fn records(dimension: usize, vectors: &[&FeatureVector], projection: &Projection) -> SparseRecords<f32> {
    let rows: Vec<Vec<(u32, f32)>> = vectors
        .par_iter()
        .map(|vector| {
            let features = vector.features.iter().map(|feature| (feature.index, feature.value));
            let components = projection.project(vector);
            let components = (dimension as u32..).zip(components);
            features.chain(components).collect()
        })
        .collect();
    SparseRecords::from_rows(dimension + projection.components(), rows)
}

/// Fits one classifier a topic to the given articles and their titles. Articles for which the topic is arguable are left
/// out. The topics are fitted in parallel, each for itself, so the number of threads changes nothing.
///
/// # Errors
/// The learner refuses its parameters or the data.
pub fn fit_topics(
    samples: &Samples,
    articles: &[usize],
    learner: &LearnerRecipe,
) -> Result<Vec<LinearClassifier<f32>>, LearnerError> {
    let params = LinearClassifier::params()
        .loss(learner.loss)
        .cost(learner.cost as f32)
        .positive_weight(learner.positive_weight as f32)
        .tolerance(learner.tolerance as f32)
        .intercept_scale(learner.intercept_scale as f32);
    (0..samples.topics())
        .into_par_iter()
        .map(|topic| {
            let scored =
                articles.iter().copied().filter(|article| samples.truths[*article][topic] != Truth::Arguable);
            let titles =
                scored.clone().filter_map(|article| samples.title_of[article].map(|row| (row, article)));
            let wholes = scored.map(|article| (article, article));
            let (rows, owners): (Vec<usize>, Vec<usize>) = wholes.chain(titles).unzip();
            let labels: Array1<bool> =
                owners.iter().map(|article| samples.truths[*article][topic] == Truth::Carried).collect();
            let weight = |row: &usize| if *row < samples.len() { 1.0 } else { learner.title_weight };
            let weights = rows.iter().map(weight).collect();
            let records = samples.records.select(&rows);
            if !learner.count_ratios {
                return params.fit(&DatasetBase::new(records, labels).with_weights(weights));
            }
            let scales = count_ratios::scales(
                &samples.records,
                &rows,
                &labels.to_vec(),
                samples.features,
                records.nfeatures(),
            );
            let dataset = DatasetBase::new(records.scaled(&scales), labels).with_weights(weights);
            Ok(params.fit(&dataset)?.unscaled(&scales))
        })
        .collect()
}

/// The margins of every article, each from classifiers that never saw it: `margins[repeat][article][topic]`. The
/// classifiers are trained on `share` of the articles they may see.
///
/// # Errors
/// The learner refuses its parameters or the data.
pub fn out_of_fold(
    samples: &Samples,
    learner: &LearnerRecipe,
    passage_share: f64,
    validation: &ValidationRecipe,
    share: f64,
    progress: Progress,
) -> Result<Vec<Vec<Vec<f64>>>, LearnerError> {
    let bar = progress.bar("cross-validation", (validation.folds * validation.repeats) as u64);
    let carried = samples.carried();
    let mut repeats = Vec::with_capacity(validation.repeats);
    for repeat in 0..validation.repeats {
        let fold_of = folds::stratified(&carried, validation.folds, validation.seed + repeat as u64);
        let mut margins = vec![Vec::new(); samples.len()];
        for fold in 0..validation.folds {
            let (inside, mut outside): (Vec<usize>, Vec<usize>) =
                (0..fold_of.len()).partition(|article| fold_of[*article] == fold);
            folds::thin(&mut outside, share, validation.seed);
            let classifiers = fit_topics(samples, &outside, learner)?;
            for article in inside {
                margins[article] = decide(&classifiers, samples, article, passage_share);
            }
            bar.inc(1);
        }
        repeats.push(margins);
    }
    bar.finish();
    Ok(repeats)
}

/// The margin of every topic of one article, as the model will combine it.
fn decide(
    classifiers: &[LinearClassifier<f32>],
    samples: &Samples,
    article: usize,
    passage_share: f64,
) -> Vec<f64> {
    let margins = |row: usize| -> Vec<f64> {
        classifiers.iter().map(|classifier| f64::from(classifier.margin(&samples.records, row))).collect()
    };
    let passages: Vec<Vec<f64>> = samples.passages_of[article].clone().map(margins).collect();
    let combined = passages::combine(&margins(article), &passages, passage_share);
    combined.into_iter().map(|topic| topic.margin).collect()
}
