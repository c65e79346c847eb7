//! What is served under one name.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use arc_swap::ArcSwap;
use wenlei_text::Segmenters;

use super::source::Source;
use super::{LoadError, ServedModel};

/// Characters of a digest that are enough to name a model.
const SHORTEST_DIGEST: usize = 8;

/// What is served under one name and label.
#[derive(Debug)]
pub struct Slot {
    id: String,
    label: String,
    source: Source,
    segmenters: Arc<Segmenters>,
    serving: ArcSwap<Serving>,
    /// Held while the file is read or the models are swapped: changes come one after another.
    changing: tokio::sync::Mutex<()>,
    /// The newest file, when it isn't being served.
    refused: Mutex<Option<Refused>>,
}

/// The model being served and the one before it. Replaced as a whole.
#[derive(Debug)]
struct Serving {
    current: Arc<ServedModel>,
    previous: Option<Arc<ServedModel>>,
    since: SystemTime,
    generation: u64,
}

/// A file that isn't served, by its digest, and why. Polling passes over it until it changes.
#[derive(Clone, Debug)]
struct Refused {
    digest: String,
    reason: String,
}

/// How a slot stands.
#[derive(Clone, Debug)]
pub struct Status {
    /// The model being served.
    pub model: Arc<ServedModel>,
    /// Since when.
    pub since: SystemTime,
    /// How many models were served, this one included.
    pub generation: u64,
    /// Digest of the model before it.
    pub previous_digest: Option<String>,
    /// Why the newest file isn't served.
    pub last_failure: Option<String>,
}

/// What a reload did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The file is the one being served, or the one already refused.
    None,
    /// Another model is served.
    Swapped,
}

impl Slot {
    /// Reads the first model of a name.
    pub(super) async fn load(
        source: Source,
        name: Option<&str>,
        label: &str,
        segmenters: Arc<Segmenters>,
    ) -> Result<Self, LoadError> {
        let model = source.fetch().await?.build(&segmenters).await?;
        let id = name.unwrap_or(&model.manifest().name).to_owned();
        let label = label.to_owned();
        let current = Arc::new(ServedModel { id: id.clone(), label: label.clone(), model });
        let serving = Serving { current, previous: None, since: SystemTime::now(), generation: 1 };
        Ok(Self {
            id,
            label,
            source,
            segmenters,
            serving: ArcSwap::from_pointee(serving),
            changing: tokio::sync::Mutex::default(),
            refused: Mutex::default(),
        })
    }

    /// The name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The label, which may be empty.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// `NAME` or `NAME@LABEL`.
    pub fn name(&self) -> String {
        if self.label.is_empty() { self.id.clone() } else { format!("{}@{}", self.id, self.label) }
    }

    /// The model being served.
    pub fn current(&self) -> Arc<ServedModel> {
        self.serving.load().current.clone()
    }

    /// The current or the previous model, when `tag` is `previous` or begins its digest.
    pub(super) fn tagged(&self, tag: &str) -> Option<Arc<ServedModel>> {
        let serving = self.serving.load();
        if tag == "previous" {
            return serving.previous.clone();
        }
        let mut both = std::iter::once(&serving.current).chain(&serving.previous);
        let begins = |served: &&Arc<ServedModel>| served.model.digest().starts_with(tag);
        both.find(|served| tag.len() >= SHORTEST_DIGEST && begins(served)).cloned()
    }

    /// How this slot stands.
    pub fn status(&self) -> Status {
        let serving = self.serving.load();
        Status {
            model: serving.current.clone(),
            since: serving.since,
            generation: serving.generation,
            previous_digest: serving.previous.as_ref().map(|served| served.model.digest().to_owned()),
            last_failure: self.refused().as_ref().map(|refused| refused.reason.clone()),
        }
    }

    /// Reads the file and serves it if it changed. The model being served answers meanwhile, and stays on failure.
    ///
    /// # Errors
    /// The file can't be served.
    pub async fn reload(&self) -> Result<Change, LoadError> {
        self.refresh(false).await
    }

    /// As [`Slot::reload`], but passes over a file that was already refused.
    pub(super) async fn poll(&self) -> Result<Change, LoadError> {
        self.refresh(true).await
    }

    /// Serves the model that was served before. Polling won't bring the file back until it changes.
    ///
    /// # Errors
    /// There was none.
    pub async fn roll_back(&self) -> Result<(), LoadError> {
        let _changing = self.changing.lock().await;
        let serving = self.serving.load_full();
        let previous = serving.previous.clone().ok_or_else(|| LoadError::NoPrevious { name: self.name() })?;
        *self.refused() = Some(Refused {
            digest: serving.current.model.digest().to_owned(),
            reason: "rolled back on request".into(),
        });
        self.serve(previous);
        Ok(())
    }

    async fn refresh(&self, patient: bool) -> Result<Change, LoadError> {
        let _changing = self.changing.lock().await;
        let fetched = self.source.fetch().await?;
        if fetched.digest == self.current().model.digest() {
            *self.refused() = None;
            return Ok(Change::None);
        }
        let known = self.refused().as_ref().is_some_and(|refused| refused.digest == fetched.digest);
        if known && patient {
            return Ok(Change::None);
        }
        let digest = fetched.digest.clone();
        let model = fetched.build(&self.segmenters).await.inspect_err(|error| {
            *self.refused() = Some(Refused { digest, reason: error.reason() });
        })?;
        *self.refused() = None;
        self.serve(Arc::new(ServedModel { id: self.id.clone(), label: self.label.clone(), model }));
        Ok(Change::Swapped)
    }

    /// Swaps; `changing` is held.
    fn serve(&self, model: Arc<ServedModel>) {
        let before = self.serving.load_full();
        self.serving.store(Arc::new(Serving {
            current: model,
            previous: Some(before.current.clone()),
            since: SystemTime::now(),
            generation: before.generation + 1,
        }));
    }

    fn refused(&self) -> MutexGuard<'_, Option<Refused>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
