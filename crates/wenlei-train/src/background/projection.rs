//! From feature vectors to components, and from weights of components back to weights of features.

use ndarray::{Array1, Array2, Axis, Slice};
use wenlei_model::features::{Families, FamilyFeatures};
use wenlei_model::{Family, FeatureVector, Vocabulary};

use super::Background;
use crate::recipe::BackgroundRecipe;

/// A basis over the features of one model: features by components, already scaled.
#[derive(Clone, Debug)]
pub struct Projection {
    basis: Array2<f32>,
}

impl Projection {
    /// No background: no components.
    pub fn none(features: usize) -> Self {
        Self { basis: Array2::zeros((features, 0)) }
    }

    /// The rows of the background's basis in the order of `families`; features it doesn't know have zero rows.
    pub fn new(background: &Background, families: &Families, recipe: &BackgroundRecipe) -> Self {
        let chosen = Slice::from(
            recipe.skip.min(background.basis.ncols())..recipe.components.min(background.basis.ncols()),
        );
        let chosen = background.basis.slice_axis(Axis(1), chosen);
        let features = families.iter().map(|family| family.vocabulary.len()).sum();
        let mut basis = Array2::zeros((features, chosen.ncols()));
        let (mut start, mut background_start) = (0, 0);
        for family in Family::ALL {
            let known = &background.families[family as usize].vocabulary;
            for (position, term) in families[family as usize].vocabulary.terms().iter().enumerate() {
                if let Some(row) = known.position(term) {
                    let row =
                        chosen.row(background_start + row as usize).mapv(|value| value * recipe.scale as f32);
                    basis.row_mut(start + position).assign(&row);
                }
            }
            start += families[family as usize].vocabulary.len();
            background_start += known.len();
        }
        Self { basis }
    }

    /// Number of components.
    pub fn components(&self) -> usize {
        self.basis.ncols()
    }

    /// `Vᵀx`.
    pub fn project(&self, vector: &FeatureVector) -> Array1<f32> {
        let mut components = Array1::zeros(self.components());
        for feature in &vector.features {
            components.scaled_add(feature.value, &self.basis.row(feature.index as usize));
        }
        components
    }

    /// `w + V·u`: one weight a feature, of a classifier that saw the features and then their components.
    pub fn fold(&self, weights: &[f64]) -> Vec<f64> {
        let (direct, components) = weights.split_at(self.basis.nrows());
        let rows = direct.iter().zip(self.basis.rows());
        rows.map(|(weight, row)| {
            weight
                + row
                    .iter()
                    .zip(components)
                    .map(|(value, component)| f64::from(*value) * component)
                    .sum::<f64>()
        })
        .collect()
    }
}

/// The terms of a corpus and those of the background, each with the document frequency it has in the corpus.
pub(crate) fn extend(corpus: Families, background: &Background, unseen_idf: f32) -> Families {
    let mut extended = Families::default();
    for family in Family::ALL {
        let own = &corpus[family as usize];
        let known = &background.families[family as usize].vocabulary;
        let terms = own.vocabulary.terms().iter().chain(known.terms()).cloned();
        let vocabulary = Vocabulary::new(terms);
        let idf = vocabulary.terms().iter().map(|term| {
            own.vocabulary.position(term).map_or(unseen_idf, |position| own.idf[position as usize])
        });
        extended[family as usize] = FamilyFeatures { idf: idf.collect(), vocabulary: vocabulary.clone() };
    }
    extended
}
