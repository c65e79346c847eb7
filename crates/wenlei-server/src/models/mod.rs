//! The models being served: several names, each with a current and a previous model.
//!
//! [`source`] is where a model's bytes come from, [`slot`] holds what is served under one name and swaps it, [`reload`]
//! watches for changes. A call takes its model once and keeps it: a swap never changes an answer half-way.
//!
//! This module must not know: gRPC, or what is computed with a model.

mod error;
pub mod reload;
mod slot;
mod source;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use wenlei_model::Model;
use wenlei_text::Segmenters;

pub use self::error::{LoadError, Unserved};
pub use self::slot::{Change, Slot, Status};
use self::source::Source;
use crate::config::ModelSource;

/// A model under the name it is served by.
#[derive(Debug)]
pub struct ServedModel {
    /// The name.
    pub id: String,
    /// Tells it from others of its name; may be empty.
    pub label: String,
    /// The model.
    pub model: Model,
}

/// The models being served; the first is the default. Empty until [`Models::load`] is done.
#[derive(Debug, Default)]
pub struct Models {
    slots: OnceLock<Vec<Slot>>,
}

impl Models {
    /// Reads and self-tests every model, or the built-in one when `sources` is empty, and begins to serve them.
    ///
    /// # Errors
    /// A file can't be read, is no model, fails its self-test, or two have one name and label.
    pub async fn load(&self, sources: &[ModelSource]) -> Result<(), LoadError> {
        let mut slots = Vec::new();
        // Models of one dictionary share its memory, the old and the new one of a reload too.
        let segmenters = Arc::new(Segmenters::default());
        if sources.is_empty() {
            slots.push(Slot::load(Source::BuiltIn, None, "", segmenters.clone()).await?);
        }
        for source in sources {
            let file = Source::Path(source.path.clone());
            slots.push(Slot::load(file, source.name.as_deref(), &source.label, segmenters.clone()).await?);
        }
        let mut names = BTreeSet::new();
        if let Some(twice) = slots.iter().find(|slot| !names.insert(slot.name())) {
            return Err(LoadError::NameTaken { name: twice.name() });
        }
        // Loading is done once, at the start.
        let _ = self.slots.set(slots);
        Ok(())
    }

    /// All names, the default one first.
    pub fn slots(&self) -> &[Slot] {
        self.slots.get().map_or(&[], Vec::as_slice)
    }

    /// The slot called `NAME` or `NAME@LABEL`, the default one for an empty name.
    ///
    /// # Errors
    /// There is none.
    pub fn slot(&self, name: &str) -> Result<&Slot, Unserved> {
        let (id, label) = name.split_once('@').map_or((name, None), |(id, label)| (id, Some(label)));
        self.named(id)
            .find(|slot| label.is_none_or(|label| slot.label() == label))
            .ok_or_else(|| self.unserved(name))
    }

    /// The model that a request names; see `ModelService` for the forms of a name.
    ///
    /// # Errors
    /// There is none.
    pub fn find(&self, name: &str) -> Result<Arc<ServedModel>, Unserved> {
        let (id, tag) = name.split_once('@').unwrap_or((name, ""));
        if let Ok(slot) = self.slot(name) {
            return Ok(slot.current());
        }
        let found = self.named(id).find_map(|slot| slot.tagged(tag));
        found.ok_or_else(|| self.unserved(name))
    }

    fn named(&self, id: &str) -> impl Iterator<Item = &Slot> {
        let id = if id.is_empty() { self.slots().first().map_or("", Slot::id) } else { id }.to_owned();
        self.slots().iter().filter(move |slot| slot.id() == id)
    }

    fn unserved(&self, name: &str) -> Unserved {
        if self.slots.get().is_none() {
            return Unserved::Loading;
        }
        Unserved::Unknown { name: name.to_owned(), known: self.slots().iter().map(Slot::name).collect() }
    }
}
