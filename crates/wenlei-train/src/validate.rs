//! Training, and margins on articles that were not trained on.

use std::ops::Range;

use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;
use rayon::prelude::*;
use wenlei_model::{Analysis, FeatureVector, passages};

use crate::background::Projection;
use crate::folds;
use crate::learner::{LearnerError, LinearClassifier, SparseRecords};
use crate::progress::Progress;
use crate::recipe::{LearnerRecipe, ValidationRecipe};

/// Articles as the learner sees them: `labels[sample][topic]`.
#[derive(Clone, Debug)]
pub struct Samples {
    /// One row a sample.
    pub records: SparseRecords<f64>,
    /// The rows of each sample's passages in `passage_records`.
    pub passages: Vec<Range<usize>>,
    /// One row a passage.
    pub passage_records: SparseRecords<f64>,
    /// One set a sample.
    pub labels: Vec<Vec<bool>>,
}

impl Samples {
    /// Samples of `dimension` features, followed by the components of the projection.
    pub fn new(
        dimension: usize,
        analyses: &[Analysis],
        projection: &Projection,
        labels: Vec<Vec<bool>>,
    ) -> Self {
        let wholes: Vec<&FeatureVector> = analyses.iter().map(|analysis| &analysis.whole).collect();
        let inside = |analysis: &Analysis| analysis.passages.len();
        let passages = analyses.iter().scan(0, |start, analysis| {
            *start += inside(analysis);
            Some(*start - inside(analysis)..*start)
        });
        let vectors: Vec<&FeatureVector> =
            analyses.iter().flat_map(|analysis| analysis.passages.iter().map(|(_, vector)| vector)).collect();
        Self {
            passages: passages.collect(),
            records: records(dimension, &wholes, projection),
            passage_records: records(dimension, &vectors, projection),
            labels,
        }
    }

    /// Number of topics.
    pub fn topics(&self) -> usize {
        self.labels.first().map_or(0, Vec::len)
    }
}

fn records(dimension: usize, vectors: &[&FeatureVector], projection: &Projection) -> SparseRecords<f64> {
    let rows: Vec<Vec<(u32, f64)>> = vectors
        .par_iter()
        .map(|vector| {
            let features = vector.features.iter().map(|feature| (feature.index, f64::from(feature.value)));
            let components = projection.project(vector);
            let components = (dimension as u32..).zip(components.into_iter().map(f64::from));
            features.chain(components).collect()
        })
        .collect();
    SparseRecords::from_rows(dimension + projection.components(), rows)
}

/// Fits one classifier a topic to the given samples. The topics are fitted in parallel, each for itself, so the number
/// of threads changes nothing.
///
/// # Errors
/// The learner refuses its parameters or the data.
pub fn fit_topics(
    samples: &Samples,
    rows: &[usize],
    learner: &LearnerRecipe,
) -> Result<Vec<LinearClassifier<f64>>, LearnerError> {
    let params = LinearClassifier::params()
        .loss(learner.loss)
        .cost(learner.cost)
        .positive_weight(learner.positive_weight)
        .max_iterations(1000);
    let records = samples.records.select(rows);
    (0..samples.topics())
        .into_par_iter()
        .map(|topic| {
            let labels: Array1<bool> = rows.iter().map(|row| samples.labels[*row][topic]).collect();
            params.fit(&DatasetBase::new(records.clone(), labels))
        })
        .collect()
}

/// The margins of every sample, each from classifiers that never saw it: `margins[repeat][sample][topic]`.
///
/// # Errors
/// The learner refuses its parameters or the data.
pub fn out_of_fold(
    samples: &Samples,
    learner: &LearnerRecipe,
    penalty: f64,
    validation: &ValidationRecipe,
    progress: Progress,
) -> Result<Vec<Vec<Vec<f64>>>, LearnerError> {
    let bar = progress.bar("cross-validation", (validation.folds * validation.repeats) as u64);
    let mut repeats = Vec::with_capacity(validation.repeats);
    for repeat in 0..validation.repeats {
        let fold_of = folds::stratified(&samples.labels, validation.folds, validation.seed + repeat as u64);
        let mut margins = vec![Vec::new(); samples.labels.len()];
        for fold in 0..validation.folds {
            let (inside, outside): (Vec<usize>, Vec<usize>) =
                (0..fold_of.len()).partition(|sample| fold_of[*sample] == fold);
            let classifiers = fit_topics(samples, &outside, learner)?;
            for sample in inside {
                margins[sample] = decide(&classifiers, samples, sample, penalty);
            }
            bar.inc(1);
        }
        repeats.push(margins);
    }
    bar.finish();
    Ok(repeats)
}

/// The margin of every topic of one sample, as the model will combine it.
fn decide(classifiers: &[LinearClassifier<f64>], samples: &Samples, sample: usize, penalty: f64) -> Vec<f64> {
    let margins = |records: &SparseRecords<f64>, row: usize| -> Vec<f64> {
        classifiers.iter().map(|classifier| classifier.margin(records, row)).collect()
    };
    let whole = margins(&samples.records, sample);
    let passages: Vec<Vec<f64>> =
        samples.passages[sample].clone().map(|row| margins(&samples.passage_records, row)).collect();
    passages::combine(&whole, &passages, penalty).into_iter().map(|(margin, _)| margin).collect()
}
