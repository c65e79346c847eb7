//! From feature vectors to components, and from weights of components back to weights of features.

use ndarray::{Array1, Array2, ArrayView1, Axis, Slice};
use wenlei_model::features::{Families, FamilyFeatures};
use wenlei_model::{Family, FeatureVector, Vocabulary};

use super::Background;
use crate::recipe::BackgroundRecipe;

/// A basis over the words of one model: words by components, already scaled.
#[derive(Clone, Debug)]
pub struct Projection {
    basis: Array2<f32>,
}

impl Projection {
    /// No background: no components.
    pub fn none() -> Self {
        Self { basis: Array2::zeros((0, 0)) }
    }

    /// The rows of the background's basis in the order of `words`, the model's; words it doesn't know have zero rows.
    pub fn new(background: &Background, words: &Vocabulary, recipe: &BackgroundRecipe) -> Self {
        let columns = background.basis.ncols();
        let chosen = Slice::from(recipe.skip.min(columns)..recipe.components.min(columns));
        let chosen = background.basis.slice_axis(Axis(1), chosen);
        let mut basis = Array2::zeros((words.len(), chosen.ncols()));
        for (position, word) in words.terms().iter().enumerate() {
            if let Some(row) = background.words.position(word) {
                let row = chosen.row(row as usize).mapv(|value| value * recipe.scale as f32);
                basis.row_mut(position).assign(&row);
            }
        }
        Self { basis }
    }

    /// Number of components.
    pub fn components(&self) -> usize {
        self.basis.ncols()
    }

    /// `Vᵀx`. Words are the first features of a vector.
    pub fn project(&self, vector: &FeatureVector) -> Array1<f32> {
        let mut components = Array1::zeros(self.components());
        let words =
            vector.features.iter().take_while(|feature| (feature.index as usize) < self.basis.nrows());
        for feature in words {
            components.scaled_add(feature.value, &self.basis.row(feature.index as usize));
        }
        components
    }

    /// `w + V·u`: one weight a feature, of a classifier that saw the features and then their components.
    pub fn fold(&self, weights: ArrayView1<f32>) -> Vec<f64> {
        let (direct, components) = weights.split_at(Axis(0), weights.len() - self.components());
        let mut folded: Vec<f64> = direct.iter().copied().map(f64::from).collect();
        for (weight, row) in folded.iter_mut().zip(self.basis.rows()) {
            let terms = row.iter().zip(components);
            *weight += terms.map(|(value, component)| f64::from(*value) * f64::from(*component)).sum::<f64>();
        }
        folded
    }
}

/// The words of a corpus and those of the background. A word that the corpus lacks gets `unknown_idf`.
pub(crate) fn extend(families: &mut Families, background: &Background, unknown_idf: f32) {
    let own = &mut families[Family::Word as usize];
    let vocabulary = Vocabulary::new(own.vocabulary.terms().iter().chain(background.words.terms()).cloned());
    let idf = vocabulary
        .terms()
        .iter()
        .map(|word| own.vocabulary.position(word).map_or(unknown_idf, |position| own.idf[position as usize]));
    *own = FamilyFeatures { idf: idf.collect(), vocabulary };
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{array, aview1};
    use wenlei_model::features::Feature;

    #[test]
    fn folded_weights_give_the_margin_that_the_learner_saw() {
        let background = Background {
            words: Vocabulary::new(["企业", "安全", "水质"]),
            documents: 9,
            basis: array![[9.0, 0.5, -0.25], [9.0, 0.75, 0.5], [9.0, 0.125, 1.0]],
        };
        let recipe = BackgroundRecipe { file: "b".into(), components: 3, skip: 1, scale: 2.0 };
        // The model knows two of the words, and one that the background lacks, and a character.
        let words = Vocabulary::new(["安全", "水质", "签约"]);
        let projection = Projection::new(&background, &words, &recipe);
        let feature = |index, value| Feature { index, value, count: 1 };
        let vector = FeatureVector { features: vec![feature(0, 0.5), feature(1, 0.25), feature(3, 1.0)] };
        let weights = [1.0_f32, -2.0, 3.0, 0.5, 4.0, -8.0];
        let components = projection.project(&vector);
        let seen: f64 =
            vector.features.iter().map(|f| f64::from(weights[f.index as usize] * f.value)).sum::<f64>()
                + components.iter().zip(&weights[4..]).map(|(z, u)| f64::from(*z * u)).sum::<f64>();
        let folded = projection.fold(aview1(&weights));
        let served: f64 = vector.features.iter().map(|f| folded[f.index as usize] * f64::from(f.value)).sum();
        assert_eq!(folded.len(), 4);
        assert!((seen - served).abs() < 1e-12, "{seen} and {served}");
    }

    #[test]
    fn without_background_nothing_is_added() {
        let projection = Projection::none();
        assert_eq!(projection.fold(aview1(&[1.0, 2.0])), [1.0, 2.0]);
        assert_eq!(projection.project(&FeatureVector::default()).len(), 0);
    }
}
