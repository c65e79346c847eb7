//! A folder of a model as Kubernetes mounts it: `model.safetensors` points into `..data`, a symlink that is moved.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use tempfile::TempDir;

/// The folder; it is removed when dropped.
pub(crate) struct ModelFolder(TempDir);

impl ModelFolder {
    /// With this model as its first.
    pub(crate) fn new(model: &[u8]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        // The servers run as another user.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        symlink("..data/model.safetensors", folder.path().join("model.safetensors")).unwrap();
        folder.publish(model);
        folder
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a model beside the last and moves the symlink, as one change.
    pub(crate) fn publish(&self, model: &[u8]) {
        let version = format!("..{}", digest(model));
        std::fs::create_dir(self.path().join(&version)).unwrap();
        std::fs::write(self.path().join(&version).join("model.safetensors"), model).unwrap();
        symlink(&version, self.path().join("..data_tmp")).unwrap();
        std::fs::rename(self.path().join("..data_tmp"), self.path().join("..data")).unwrap();
    }
}

/// The digest that answers name.
pub(crate) fn digest(model: &[u8]) -> String {
    blake3::hash(model).to_hex().to_string()
}
