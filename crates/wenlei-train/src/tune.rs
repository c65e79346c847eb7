//! Trying other values for the settings of a recipe, one at a time, by cross-validation.

use std::path::Path;

use serde::Deserialize;

use crate::dataset::Dataset;
use crate::fit::FitError;
use crate::metrics::{Table, Truth};
use crate::progress::Progress;
use crate::recipe::Recipe;
use crate::validation::Validation;

/// Values to try; the `[tune]` table of a recipe.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TuneRecipe {
    /// For `learner.cost`.
    pub cost: Vec<f64>,
    /// For `learner.title_weight`.
    pub title_weight: Vec<f32>,
    /// For `features.min_documents`.
    pub min_documents: Vec<u32>,
    /// For the weights of the families.
    pub family_weights: Vec<[f64; 4]>,
    /// For `background.components`.
    pub components: Vec<usize>,
    /// For `background.scale`.
    pub scale: Vec<f64>,
    /// For `passages.share`.
    pub share: Vec<f64>,
}

/// A recipe that was tried.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What differs from the recipe; empty for the recipe itself.
    pub change: String,
    /// Cross-validated macro-F1.
    pub macro_f1: f64,
    /// Cross-validated share of articles with every topic right.
    pub exact: f64,
    /// Mean log loss of the calibrated probabilities: the smoothest figure to compare by.
    pub log_loss: f64,
}

/// Tries the recipe itself and every value of its `[tune]` table; best log loss first.
///
/// # Errors
/// A model can't be made.
pub fn tune(directory: &Path, recipe: &Recipe, progress: Progress) -> Result<Vec<Trial>, FitError> {
    let variants = variants(recipe);
    let bar = progress.bar("trials", variants.len() as u64);
    let mut trials = Vec::with_capacity(variants.len());
    for (change, variant) in variants {
        let dataset = Dataset::prepare(directory, &variant, Progress::hidden())?;
        let validation = Validation::run(&dataset.samples, &variant, Progress::hidden())?;
        let figures = validation.figures();
        let log_loss = log_loss(&validation.table);
        trials.push(Trial { change, macro_f1: figures.macro_f1, exact: figures.exact, log_loss });
        bar.inc(1);
    }
    bar.finish();
    trials.sort_by(|a, b| a.log_loss.total_cmp(&b.log_loss));
    Ok(trials)
}

fn variants(recipe: &Recipe) -> Vec<(String, Recipe)> {
    let mut variants = vec![(String::new(), recipe.clone())];
    let mut add = |change: String, edit: &dyn Fn(&mut Recipe)| {
        let mut variant = recipe.clone();
        edit(&mut variant);
        variants.push((change, variant));
    };
    let tune = &recipe.tune;
    for value in &tune.cost {
        add(format!("learner.cost = {value}"), &|recipe| recipe.learner.cost = *value);
    }
    for value in &tune.title_weight {
        add(format!("learner.title_weight = {value}"), &|recipe| recipe.learner.title_weight = *value);
    }
    for value in &tune.min_documents {
        add(format!("features.min_documents = {value}"), &|recipe| recipe.features.min_documents = *value);
    }
    for value in &tune.family_weights {
        add(format!("family_weights = {value:?}"), &|recipe| recipe.features.terms.family_weights = *value);
    }
    for value in &tune.share {
        add(format!("passages.share = {value}"), &|recipe| recipe.passages.share = *value);
    }
    for value in &tune.components {
        let edit = |recipe: &mut Recipe| recipe.background.iter_mut().for_each(|b| b.components = *value);
        add(format!("background.components = {value}"), &edit);
    }
    for value in &tune.scale {
        let edit = |recipe: &mut Recipe| recipe.background.iter_mut().for_each(|b| b.scale = *value);
        add(format!("background.scale = {value}"), &edit);
    }
    variants
}

/// Mean of `−ln` of the probability given to what is true.
fn log_loss(table: &Table) -> f64 {
    let losses = table.iter().flatten().filter_map(|cell| {
        let probability = cell.probability.clamp(1e-6, 1.0 - 1e-6);
        match cell.truth {
            Truth::Carried => Some(-probability.ln()),
            Truth::Absent => Some(-(1.0 - probability).ln()),
            Truth::Arguable => None,
        }
    });
    let (sum, count) = losses.fold((0.0, 0), |(sum, count), loss| (sum + loss, count + 1));
    sum / f64::from(count.max(1))
}
