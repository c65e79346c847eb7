//! From a feature vector to one margin a topic.

use crate::features::FeatureVector;

/// A linear classifier for each topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorer {
    topics: usize,
    /// `weights[feature * topics + topic]`: the weights of one feature lie side by side.
    weights: Vec<f32>,
    bias: Vec<f64>,
}

impl Scorer {
    /// A scorer with one bias a topic and `weights[feature * topics + topic]`.
    ///
    /// # Panics
    /// If the weights are no whole number of features.
    pub fn new(weights: Vec<f32>, bias: Vec<f64>) -> Self {
        assert!(
            weights.len().is_multiple_of(bias.len().max(1)),
            "weights must be a matrix of features by topics"
        );
        Self { topics: bias.len(), weights, bias }
    }

    /// Number of features.
    pub fn dimension(&self) -> usize {
        self.weights.len() / self.topics.max(1)
    }

    /// The margin of every topic before any feature is seen.
    pub fn bias(&self) -> &[f64] {
        &self.bias
    }

    /// The weights of one feature, a topic each.
    pub fn weights_of(&self, feature: u32) -> &[f32] {
        let start = feature as usize * self.topics;
        &self.weights[start..start + self.topics]
    }

    /// All weights, `[feature * topics + topic]`.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// `bias + Σ weight · value` for every topic, summed by rising feature index.
    pub fn margins(&self, vector: &FeatureVector) -> Vec<f64> {
        let mut margins = self.bias.clone();
        for feature in &vector.features {
            let value = f64::from(feature.value);
            for (margin, weight) in margins.iter_mut().zip(self.weights_of(feature.index)) {
                *margin += f64::from(*weight) * value;
            }
        }
        margins
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Feature;

    #[test]
    fn margins_are_bias_and_weighted_sum() {
        let scorer = Scorer::new(vec![1.0, -1.0, 0.5, 2.0], vec![0.25, -0.25]);
        let feature = |index, value| Feature { index, value, count: 1 };
        let vector = FeatureVector { features: vec![feature(0, 0.5), feature(1, 1.0)] };
        assert_eq!(scorer.margins(&vector), [1.25, 1.25]);
        assert_eq!(scorer.margins(&FeatureVector::default()), [0.25, -0.25]);
    }
}
