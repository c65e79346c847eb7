//! Training, and margins on articles that were not trained on.

use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::Array1;
use rayon::prelude::*;
use wenlei_model::FeatureVector;

use crate::background::Projection;
use crate::folds;
use crate::learner::{LearnerError, LinearClassifier, SparseRecords};
use crate::progress::Progress;
use crate::recipe::{LearnerRecipe, ValidationRecipe};

/// Feature vectors and the labels of every topic: `labels[sample][topic]`.
#[derive(Clone, Debug)]
pub struct Samples {
    /// One row a sample.
    pub records: SparseRecords<f64>,
    /// One set a sample.
    pub labels: Vec<Vec<bool>>,
}

impl Samples {
    /// Samples of `dimension` features, followed by the components of the projection.
    pub fn new(
        dimension: usize,
        vectors: &[FeatureVector],
        projection: &Projection,
        labels: Vec<Vec<bool>>,
    ) -> Self {
        let rows: Vec<Vec<(u32, f64)>> = vectors
            .par_iter()
            .map(|vector| {
                let features =
                    vector.features.iter().map(|feature| (feature.index, f64::from(feature.value)));
                let components = projection.project(vector);
                let components = (dimension as u32..).zip(components.into_iter().map(f64::from));
                features.chain(components).collect()
            })
            .collect();
        Self { records: SparseRecords::from_rows(dimension + projection.components(), rows), labels }
    }

    /// Number of topics.
    pub fn topics(&self) -> usize {
        self.labels.first().map_or(0, Vec::len)
    }

    fn select(&self, rows: &[usize]) -> Self {
        let labels = rows.iter().map(|row| self.labels[*row].clone()).collect();
        Self { records: self.records.select(rows), labels }
    }
}

/// Fits one classifier a topic. The topics are fitted in parallel, each for itself, so the number of threads changes
/// nothing.
///
/// # Errors
/// The learner refuses its parameters or the data.
pub fn fit_topics(
    samples: &Samples,
    learner: &LearnerRecipe,
) -> Result<Vec<LinearClassifier<f64>>, LearnerError> {
    let params = LinearClassifier::params()
        .loss(learner.loss)
        .cost(learner.cost)
        .positive_weight(learner.positive_weight)
        .max_iterations(1000);
    (0..samples.topics())
        .into_par_iter()
        .map(|topic| {
            let labels: Array1<bool> = samples.labels.iter().map(|set| set[topic]).collect();
            params.fit(&DatasetBase::new(samples.records.clone(), labels))
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
            let classifiers = fit_topics(&samples.select(&outside), learner)?;
            for (sample, row) in inside.iter().zip(decide(&classifiers, &samples.records.select(&inside))) {
                margins[*sample] = row;
            }
            bar.inc(1);
        }
        repeats.push(margins);
    }
    bar.finish();
    Ok(repeats)
}

/// The margins of every record: `margins[record][topic]`.
fn decide(classifiers: &[LinearClassifier<f64>], records: &SparseRecords<f64>) -> Vec<Vec<f64>> {
    let by_topic: Vec<Array1<f64>> =
        classifiers.iter().map(|classifier| classifier.decision_function(records)).collect();
    let records = by_topic.first().map_or(0, Array1::len);
    (0..records).map(|record| by_topic.iter().map(|margins| margins[record]).collect()).collect()
}
