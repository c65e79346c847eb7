//! `recipe.toml`: everything that decides what `fit` makes of a corpus.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;
use wenlei_model::terms::TermSettings;
use wenlei_model::{Decision, PassageSettings};

use crate::learner::Loss;
use crate::tune::TuneRecipe;

/// The recipe of a model.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Name of the model.
    pub name: String,
    /// Folders and files of labelled articles, relative to the recipe.
    pub data: Vec<PathBuf>,
    /// Words to add to jieba's dictionary, relative to the recipe.
    #[serde(default)]
    pub dictionary: Option<PathBuf>,
    /// Words that are no features, relative to the recipe.
    #[serde(default)]
    pub stop_words: Option<PathBuf>,
    /// How topics exclude one another.
    #[serde(default)]
    pub decision: Decision,
    /// The topics; when none are listed, the labels found in the data.
    #[serde(default)]
    pub topics: Vec<TopicNames>,
    /// Features.
    #[serde(default)]
    pub features: FeatureRecipe,
    /// How long documents are cut into passages.
    #[serde(default)]
    pub passages: PassageSettings,
    /// What to learn from unlabelled text.
    #[serde(default)]
    pub background: Option<BackgroundRecipe>,
    /// Learner.
    #[serde(default)]
    pub learner: LearnerRecipe,
    /// Validation.
    #[serde(default)]
    pub validation: ValidationRecipe,
    /// Values that `wenlei-train tune` tries.
    #[serde(default)]
    pub tune: TuneRecipe,
}

/// A topic and what to call it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicNames {
    /// The label in the data.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
}

/// Which terms are features and how they are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeatureRecipe {
    /// Weights of the families.
    pub terms: TermSettings,
    /// A term in fewer documents is no feature.
    pub min_documents: u32,
}

impl Default for FeatureRecipe {
    fn default() -> Self {
        Self { terms: TermSettings::default(), min_documents: 2 }
    }
}

/// Which part of a background's basis the learner sees.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackgroundRecipe {
    /// The file, relative to the recipe.
    pub file: PathBuf,
    /// Components up to this one are used.
    pub components: usize,
    /// The first components, which only tell how common words are, are left out.
    pub skip: usize,
    /// Factor of the components relative to the features.
    pub scale: f64,
}

/// How the classifiers learn.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LearnerRecipe {
    /// The loss.
    pub loss: Loss,
    /// The cost `C` of a loss of 1.
    pub cost: f64,
    /// Factor of the cost of articles that carry the topic.
    pub positive_weight: f64,
    /// The largest violation of the optimality conditions that counts as solved.
    pub tolerance: f64,
    /// Value of the feature behind the intercept: the larger, the less the intercept is regularised.
    pub intercept_scale: f64,
    /// Whether features are scaled, for each topic, by how unevenly they occur with and without it.
    pub count_ratios: bool,
    /// Factor of the cost of titles, which are learnt from a second time without their articles; 0 for not at all.
    pub title_weight: f32,
}

impl Default for LearnerRecipe {
    fn default() -> Self {
        Self {
            loss: Loss::SquaredHinge,
            cost: 3.0,
            positive_weight: 1.0,
            tolerance: 0.05,
            intercept_scale: 3.0,
            count_ratios: false,
            title_weight: 0.15,
        }
    }
}

/// How a model is measured while it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ValidationRecipe {
    /// Parts the corpus is cut into; each is predicted by a model trained on the others.
    pub folds: usize,
    /// How often that is done, with other parts.
    pub repeats: usize,
    /// Seed of the parts.
    pub seed: u64,
    /// Whether probabilities and thresholds are fitted to the out-of-fold margins; otherwise margins are taken for
    /// log-odds and one half for the threshold.
    pub calibrate: bool,
}

impl Default for ValidationRecipe {
    fn default() -> Self {
        Self { folds: 5, repeats: 1, seed: 1, calibrate: true }
    }
}

/// Why a recipe can't be used.
#[derive(Debug, Error)]
pub enum RecipeError {
    /// A file can't be read.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The recipe isn't valid TOML, or has an unknown or missing entry.
    #[error("{path}: {source}", path = path.display())]
    Toml {
        /// The recipe.
        path: PathBuf,
        /// What is wrong and where.
        source: toml::de::Error,
    },
    /// A value is outside its range.
    #[error("{path}: {problem}", path = path.display())]
    Value {
        /// The recipe.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl Recipe {
    /// Reads `recipe.toml` in `directory`.
    ///
    /// # Errors
    /// See [`RecipeError`].
    pub fn read(directory: &Path) -> Result<Self, RecipeError> {
        let path = directory.join("recipe.toml");
        let text = read(&path)?;
        let recipe: Self =
            toml::from_str(&text).map_err(|source| RecipeError::Toml { path: path.clone(), source })?;
        match recipe.problem() {
            Some(problem) => Err(RecipeError::Value { path, problem }),
            None => Ok(recipe),
        }
    }

    fn problem(&self) -> Option<String> {
        let weights = &self.features.terms.family_weights;
        let mut ids: Vec<&str> = self.topics.iter().map(|topic| topic.id.as_str()).collect();
        ids.sort_unstable();
        let twice = ids.windows(2).find(|pair| pair[0] == pair[1]);
        let problems = [
            (self.validation.folds < 2, "validation.folds must be at least 2".to_owned()),
            (self.validation.repeats < 1, "validation.repeats must be at least 1".to_owned()),
            (self.data.is_empty(), "data must name at least one file or folder".to_owned()),
            (
                !weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0)
                    || weights.iter().all(|w| *w == 0.0),
                "features.terms.family_weights must not be negative, and one must be positive".to_owned(),
            ),
            (twice.is_some(), format!("topic {} is listed twice", twice.map_or("", |pair| pair[0]))),
        ];
        problems.into_iter().find_map(|(wrong, problem)| wrong.then_some(problem))
    }
}

/// Reads a text file.
///
/// # Errors
/// The file can't be read, or isn't UTF-8.
pub fn read(path: &Path) -> Result<String, RecipeError> {
    fs::read_to_string(path).map_err(|source| RecipeError::Io { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("recipe.toml"), text).unwrap();
        Recipe::read(directory.path()).unwrap_err().to_string()
    }

    #[test]
    fn a_recipe_with_a_mistake_is_refused_with_the_reason() {
        assert!(error("name = \"a\"").contains("missing field `data`"));
        assert!(error("name = \"a\"\ndata = [\"d\"]\ncolour = 1").contains("unknown field `colour`"));
        assert!(error("name = \"a\"\ndata = []").contains("data must name at least one file"));
        assert!(
            error("name = \"a\"\ndata = [\"d\"]\n[validation]\nfolds = 1")
                .contains("folds must be at least 2")
        );
    }
}
