//! Where a model's bytes come from.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wenlei_model::Model;
use wenlei_text::Segmenters;

use super::LoadError;

/// The model served when none is named on the command line.
const BUILT_IN: &[u8] = include_bytes!("../../../../models/local-news/model.safetensors");

/// What a directory's model is called.
const FILE_NAME: &str = "model.safetensors";

/// Beyond this a file is a mistake; reading it would take the memory that the service needs.
const LARGEST: u64 = 1 << 30;

/// Where a model comes from. A path is resolved anew at each reading, so a symlink that is moved, as Kubernetes does
/// with its `..data`, brings the new file as a whole.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// The program itself.
    BuiltIn,
    /// A file, or a directory with `model.safetensors`.
    Path(PathBuf),
}

impl Source {
    pub(super) fn describe(&self) -> String {
        match self {
            Self::BuiltIn => "the built-in model".into(),
            Self::Path(path) => path.display().to_string(),
        }
    }

    /// Reads the bytes, away from the async workers.
    pub(super) async fn fetch(&self) -> Result<Fetched, LoadError> {
        let source = self.clone();
        apart(self.describe(), move || {
            let bytes = source.read()?;
            let digest = blake3::hash(&bytes).to_hex().to_string();
            Ok(Fetched { origin: source.describe(), bytes, digest })
        })
        .await
    }

    fn read(&self) -> Result<Cow<'static, [u8]>, LoadError> {
        let Self::Path(path) = self else { return Ok(Cow::Borrowed(BUILT_IN)) };
        let bytes = read(path).map_err(|source| LoadError::Read { path: self.describe(), source })?;
        if bytes.len() as u64 > LARGEST {
            return Err(LoadError::TooLarge { path: self.describe(), limit: LARGEST });
        }
        Ok(Cow::Owned(bytes))
    }
}

/// What was read, not yet a model.
pub(super) struct Fetched {
    origin: String,
    bytes: Cow<'static, [u8]>,
    /// BLAKE3 digest of the bytes, in hexadecimal.
    pub(super) digest: String,
}

impl Fetched {
    /// Builds and self-tests the model, away from the async workers. Its segmenter is one of `segmenters`.
    pub(super) async fn build(self, segmenters: &Arc<Segmenters>) -> Result<Model, LoadError> {
        let segmenters = segmenters.clone();
        let Self { origin, bytes, .. } = self;
        apart(origin.clone(), move || {
            Model::from_bytes_sharing(&bytes, &segmenters)
                .map_err(|source| LoadError::Model { path: origin, source })
        })
        .await
    }
}

/// Runs blocking work; a panic in it is an error of this file, not the end of the service.
async fn apart<T: Send + 'static>(
    path: String,
    work: impl FnOnce() -> Result<T, LoadError> + Send + 'static,
) -> Result<T, LoadError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(LoadError::Panicked { path }))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = if path.is_dir() { File::open(path.join(FILE_NAME))? } else { File::open(path)? };
    let mut bytes = Vec::new();
    file.by_ref().take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
