//! From out-of-fold margins to the logistic function that makes probabilities of them (Platt 1999).

use linfa::Dataset;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use linfa_logistic::error::Error;
use ndarray::{Array1, Array2};
use wenlei_model::Calibration;

/// Fits one logistic function to pairs of margin and label, the margins of all topics together.
///
/// # Errors
/// All labels are equal, or the margins are not finite.
pub fn fit(margins: &[f64], labels: &[bool]) -> Result<Calibration, Error> {
    let records = Array2::from_shape_fn((margins.len(), 1), |(row, _)| margins[row]);
    let targets: Array1<bool> = labels.iter().copied().collect();
    let fitted = LogisticRegression::default()
        .alpha(0.0)
        .max_iterations(500)
        .gradient_tolerance(1e-8)
        .fit(&Dataset::new(records, targets))?;
    // linfa-logistic calls the more numerous class positive.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    Ok(Calibration { slope: sign * fitted.params()[0], intercept: sign * fitted.intercept() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wenlei_model::Decision;

    #[test]
    fn probabilities_match_the_shares_they_were_fitted_to() {
        // Of 10 labels at margin 1, 8 are true; of 40 at margin −1, 4 are: the function must pass through both.
        let margins: Vec<f64> = [vec![1.0; 10], vec![-1.0; 40]].concat();
        let labels: Vec<bool> = (0..10).map(|i| i < 8).chain((0..40).map(|i| i < 4)).collect();
        let calibration = fit(&margins, &labels).unwrap();
        let probabilities = calibration.probabilities(&[1.0, -1.0], Decision::Independent);
        assert!(
            (probabilities[0] - 0.8).abs() < 1e-3 && (probabilities[1] - 0.1).abs() < 1e-3,
            "{probabilities:?}"
        );
    }

    #[test]
    fn one_class_alone_can_not_be_calibrated() {
        assert!(fit(&[0.1, 0.2], &[true, true]).is_err());
    }
}
