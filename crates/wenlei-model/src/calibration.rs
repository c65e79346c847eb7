//! From margins to probabilities and decisions.

use serde::{Deserialize, Serialize};

/// How topics exclude one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Every topic is decided for itself: a document may carry several or none.
    #[default]
    Independent,
    /// Every document carries exactly one topic.
    Exclusive,
}

impl Decision {
    /// Which topics are assigned at these probabilities: those that reach their thresholds, or the most probable one.
    pub fn assign(self, probabilities: &[f64], thresholds: &[f64]) -> Vec<bool> {
        match self {
            Self::Independent => {
                probabilities.iter().zip(thresholds).map(|(p, threshold)| p >= threshold).collect()
            }
            Self::Exclusive => {
                let best = (0..probabilities.len())
                    .max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]).then(b.cmp(a)));
                (0..probabilities.len()).map(|topic| Some(topic) == best).collect()
            }
        }
    }
}

/// The logistic function that turns a margin into a probability (Platt 1999), fitted on out-of-fold margins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Factor of the margin.
    pub slope: f64,
    /// Added to the scaled margin.
    pub intercept: f64,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { slope: 1.0, intercept: 0.0 }
    }
}

impl Calibration {
    /// The probability of every topic. Exclusive topics share a probability of one: a softmax of the scaled margins.
    pub fn probabilities(&self, margins: &[f64], decision: Decision) -> Vec<f64> {
        let scores: Vec<f64> = margins.iter().map(|margin| self.slope * margin + self.intercept).collect();
        match decision {
            Decision::Independent => scores.into_iter().map(|score| 1.0 / (1.0 + (-score).exp())).collect(),
            Decision::Exclusive => softmax(&scores),
        }
    }
}

fn softmax(scores: &[f64]) -> Vec<f64> {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_topics_have_a_logistic_and_exclusive_ones_share_one() {
        let calibration = Calibration { slope: 2.0, intercept: 0.0 };
        let independent = calibration.probabilities(&[0.0, 1.0], Decision::Independent);
        assert!((independent[0] - 0.5).abs() < 1e-12 && (independent[1] - 0.880_797).abs() < 1e-6);
        let exclusive = calibration.probabilities(&[0.0, 1.0, 1000.0], Decision::Exclusive);
        assert!((exclusive.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
