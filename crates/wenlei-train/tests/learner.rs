//! The sparse learner against linfa's dense one, its own optimality and the papers' promises.

#![allow(clippy::unwrap_used)]

use linfa::traits::{Fit, Predict};
use linfa::{Dataset, DatasetBase, ParamGuard};
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};
use proptest::prelude::*;
use wenlei_train::learner::{LinearClassifier, LinearClassifierParams, Loss, SparseRecords};

/// Two noisy classes in `features` dimensions, half the entries zero.
fn samples(rows: usize, features: usize, seed: u64) -> (Array2<f64>, Array1<bool>) {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31) * 2.0 - 1.0
    };
    let records = Array2::from_shape_simple_fn((rows, features), || {
        let value = next();
        if value > 0.0 { value } else { 0.0 }
    });
    let labels = records.rows().into_iter().map(|row| row[0] - row[1] + 0.2 * next() > 0.0).collect();
    (records, labels)
}

fn fit(
    params: LinearClassifierParams<f64>,
    records: &Array2<f64>,
    labels: &Array1<bool>,
) -> LinearClassifier<f64> {
    let dataset = DatasetBase::new(SparseRecords::from_dense(records), labels.clone());
    params.tolerance(1e-7).max_iterations(20_000).fit(&dataset).unwrap()
}

#[test]
fn logistic_weights_are_those_of_linfa_logistic() {
    let (records, labels) = samples(120, 6, 1);
    for cost in [0.1, 1.0, 10.0] {
        let params = LinearClassifier::params().loss(Loss::Logistic).cost(cost).intercept_scale(0.0);
        let ours = fit(params, &records, &labels);
        let oracle = LogisticRegression::default()
            .alpha(1.0 / cost)
            .with_intercept(false)
            .gradient_tolerance(1e-8)
            .max_iterations(1000)
            .fit(&Dataset::new(records.clone(), labels.clone()))
            .unwrap();
        // linfa-logistic calls the more numerous class positive.
        let sign = if oracle.labels().pos.class { 1.0 } else { -1.0 };
        for (a, b) in ours.weights().iter().zip(oracle.params()) {
            assert!(
                (a - sign * b).abs() < 1e-4,
                "C = {cost}: {:?} and {:?}",
                ours.weights(),
                oracle.params()
            );
        }
    }
}

#[test]
fn an_intercept_feature_stands_for_a_column_of_ones() {
    let (records, labels) = samples(80, 4, 2);
    let with_column = ndarray::concatenate![ndarray::Axis(1), records, Array2::ones((80, 1))];
    for loss in [Loss::SquaredHinge, Loss::Logistic] {
        let ours = fit(LinearClassifier::params().loss(loss), &records, &labels);
        let column = fit(LinearClassifier::params().loss(loss).intercept_scale(0.0), &with_column, &labels);
        assert!((ours.intercept() - column.weights()[4]).abs() < 1e-4);
    }
}

#[test]
fn a_path_ends_where_a_fresh_start_ends() {
    let (records, labels) = samples(100, 5, 3);
    let dataset = DatasetBase::new(SparseRecords::from_dense(&records), labels.clone());
    for loss in [Loss::SquaredHinge, Loss::Logistic] {
        let params = LinearClassifier::params().loss(loss).tolerance(1e-7).max_iterations(20_000);
        let path = params.clone().check().unwrap().fit_path(&dataset, &[0.1, 0.5, 2.0]).unwrap();
        let fresh = fit(params.cost(2.0), &records, &labels);
        for (a, b) in path[2].weights().iter().zip(fresh.weights()) {
            assert!((a - b).abs() < 1e-4, "{loss:?}");
        }
    }
}

#[test]
fn a_positive_weight_counts_as_repeated_positive_samples() {
    let (records, labels) = samples(60, 4, 4);
    let rows: Vec<usize> = (0..60).chain((0..60).filter(|row| labels[*row])).collect();
    let repeated = records.select(ndarray::Axis(0), &rows);
    let repeated_labels: Array1<bool> = rows.iter().map(|row| labels[*row]).collect();
    for loss in [Loss::SquaredHinge, Loss::Logistic] {
        let weighted = fit(LinearClassifier::params().loss(loss).positive_weight(2.0), &records, &labels);
        let twice = fit(LinearClassifier::params().loss(loss), &repeated, &repeated_labels);
        for (a, b) in weighted.weights().iter().zip(twice.weights()) {
            assert!((a - b).abs() < 1e-4, "{loss:?}");
        }
    }
}

#[test]
fn predictions_follow_the_sign_of_the_decision_function() {
    let (records, labels) = samples(50, 3, 5);
    let dataset = DatasetBase::new(SparseRecords::from_dense(&records), labels.clone());
    let classifier = LinearClassifier::params().cost(10.0).fit(&dataset).unwrap();
    let predicted: Array1<bool> = classifier.predict(&dataset);
    let margins = classifier.decision_function(dataset.records());
    assert!(predicted.iter().zip(&margins).all(|(label, margin)| *label == (*margin >= 0.0)));
    let right = predicted.iter().zip(&labels).filter(|(a, b)| a == b).count();
    assert!(right >= 40, "{right} of 50 right on the training data");
}

#[test]
fn bad_hyper_parameters_and_data_are_refused() {
    let (records, labels) = samples(10, 2, 6);
    let dataset = DatasetBase::new(SparseRecords::from_dense(&records), labels.clone());
    let error = LinearClassifier::params().cost(-1.0).fit(&dataset).unwrap_err();
    assert_eq!(error.to_string(), "cost must be a positive finite number, not -1");
    assert!(LinearClassifier::<f64>::params().max_iterations(0).fit(&dataset).is_err());
    let short = DatasetBase::new(SparseRecords::from_dense(&records), Array1::from_elem(3, true));
    assert!(LinearClassifier::params().fit(&short).is_err());
    let mut broken = records;
    broken[(4, 1)] = f64::NAN;
    let dataset = DatasetBase::new(SparseRecords::from_dense(&broken), labels);
    let error = LinearClassifier::params().fit(&dataset).unwrap_err();
    assert_eq!(error.to_string(), "record 4 holds a value that is not finite");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_duality_gap_closes(seed in 0u64..1000, cost in 0.01f64..20.0, logistic: bool) {
        let (records, labels) = samples(60, 5, seed);
        let loss = if logistic { Loss::Logistic } else { Loss::SquaredHinge };
        let classifier = fit(LinearClassifier::params().loss(loss).cost(cost), &records, &labels);
        let gap = classifier.duality_gap();
        prop_assert!((-1e-6..1e-3).contains(&gap), "gap {gap} after {} passes", classifier.passes());
    }
}
