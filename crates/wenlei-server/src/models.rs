//! The models being served.

use std::fs;
use std::sync::Arc;

use anyhow::{Context, ensure};
use wenlei_model::Model;

use crate::config::ModelSource;

/// The model served when none is named on the command line.
const BUILT_IN: &[u8] = include_bytes!("../../../models/local-news/model.safetensors");

/// A model under the name it is served by.
#[derive(Clone, Debug)]
pub struct ServedModel {
    /// The name.
    pub id: String,
    /// The model.
    pub model: Arc<Model>,
}

/// The models being served; the first is the default.
#[derive(Clone, Debug)]
pub struct Models {
    served: Vec<ServedModel>,
}

impl Models {
    /// Reads and self-tests every model, or the built-in one when `sources` is empty.
    ///
    /// # Errors
    /// A file can't be read, is no model, fails its self-test, or two have one name.
    pub fn load(sources: &[ModelSource]) -> anyhow::Result<Self> {
        let mut served: Vec<ServedModel> = Vec::new();
        if sources.is_empty() {
            served.push(ServedModel::new(None, BUILT_IN).context("the built-in model")?);
        }
        for source in sources {
            let path = source.file.display();
            let bytes = fs::read(&source.file).with_context(|| format!("can't read {path}"))?;
            let model =
                ServedModel::new(source.name.as_deref(), &bytes).with_context(|| format!("{path}"))?;
            let taken = served.iter().any(|other| other.id == model.id);
            ensure!(!taken, "two models are named {}; name one with --model NAME=FILE", model.id);
            served.push(model);
        }
        Ok(Self { served })
    }

    /// The model of that name, or the default one for an empty name.
    pub fn get(&self, id: &str) -> Option<&ServedModel> {
        if id.is_empty() { self.served.first() } else { self.served.iter().find(|model| model.id == id) }
    }

    /// All models, the default one first.
    pub fn iter(&self) -> impl Iterator<Item = &ServedModel> {
        self.served.iter()
    }
}

impl ServedModel {
    fn new(name: Option<&str>, bytes: &[u8]) -> anyhow::Result<Self> {
        let model = Model::from_bytes(bytes)?;
        let id = name.unwrap_or(&model.manifest().name).to_owned();
        Ok(Self { id, model: Arc::new(model) })
    }
}
