//! `background.safetensors`: the statistics, small enough to live in a repository.
//!
//! Tensors: `words` (bytes, words separated by line feeds, rising); `documents` (one `U32`); `basis` (`I8`, words by
//! components) and `scale` (`F32`, one a component: the value of 127).

use std::path::{Path, PathBuf};

use ndarray::{Array2, Axis};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensorError, SafeTensors};
use thiserror::Error;
use wenlei_model::Vocabulary;

use super::Background;

/// Why a background file can't be used.
#[derive(Debug, Error)]
pub enum BackgroundError {
    /// It can't be read.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It isn't a well-formed safetensors file.
    #[error("not a background made by `wenlei-train background`: {0}")]
    Container(#[from] SafeTensorError),
    /// A tensor doesn't fit the others.
    #[error("not a background made by `wenlei-train background`: tensor {0} doesn't fit the others")]
    Tensor(&'static str),
}

impl Background {
    /// Reads a background file.
    ///
    /// # Errors
    /// See [`BackgroundError`].
    pub fn read(path: &Path) -> Result<Self, BackgroundError> {
        let bytes =
            std::fs::read(path).map_err(|source| BackgroundError::Io { path: path.to_owned(), source })?;
        Self::from_bytes(&bytes)
    }

    /// Reads the bytes of a background file.
    ///
    /// # Errors
    /// See [`BackgroundError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BackgroundError> {
        let tensors = SafeTensors::deserialize(bytes)?;
        let words = std::str::from_utf8(tensors.tensor("words")?.data());
        let words = words.map_err(|_| BackgroundError::Tensor("words"))?;
        let words = Vocabulary::new(words.split('\n'));
        let documents = tensors.tensor("documents")?;
        let documents = documents.data().try_into().map_err(|_| BackgroundError::Tensor("documents"))?;
        let scale: Vec<f32> = tensors
            .tensor("scale")?
            .data()
            .as_chunks()
            .0
            .iter()
            .map(|four| f32::from_le_bytes(*four))
            .collect();
        let entries = tensors.tensor("basis")?.data().iter().map(|byte| f32::from(byte.cast_signed()));
        let mut basis = Array2::from_shape_vec((words.len(), scale.len()), entries.collect())
            .map_err(|_| BackgroundError::Tensor("basis"))?;
        for (mut column, scale) in basis.axis_iter_mut(Axis(1)).zip(scale) {
            column.mapv_inplace(|value| value * scale / 127.0);
        }
        Ok(Self { words, documents: u32::from_le_bytes(documents), basis })
    }

    /// Writes the background file; the basis is rounded to eight bits.
    ///
    /// # Errors
    /// The container can't be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BackgroundError> {
        let scale: Vec<f32> = self
            .basis
            .axis_iter(Axis(1))
            .map(|column| column.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs())))
            .collect();
        let rounded = self.basis.rows().into_iter().flat_map(|row| {
            let entries = row.into_iter().zip(&scale);
            entries
                .map(|(value, scale)| ((value / scale * 127.0).round() as i8).cast_unsigned())
                .collect::<Vec<u8>>()
        });
        let words = self.words.terms().join("\n").into_bytes();
        let scale_bytes: Vec<u8> = scale.iter().flat_map(|value| value.to_le_bytes()).collect();
        let buffers = [
            ("words", Dtype::U8, vec![words.len()], words),
            ("documents", Dtype::U32, vec![1], self.documents.to_le_bytes().to_vec()),
            ("basis", Dtype::I8, self.basis.shape().to_vec(), rounded.collect()),
            ("scale", Dtype::F32, vec![scale.len()], scale_bytes),
        ];
        let views: Vec<(&str, TensorView)> = buffers
            .iter()
            .map(|(name, dtype, shape, bytes)| Ok((*name, TensorView::new(*dtype, shape.clone(), bytes)?)))
            .collect::<Result<_, SafeTensorError>>()?;
        Ok(safetensors::serialize(views, None)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_background_survives_its_file_up_to_eight_bits() {
        let basis = array![[0.5, -0.001], [-0.25, 0.002], [0.1, 0.0]];
        let background =
            Background { words: Vocabulary::new(["企业", "安全", "水质"]), documents: 7, basis };
        let read = Background::from_bytes(&background.to_bytes().unwrap()).unwrap();
        assert_eq!((read.words, read.documents), (background.words, 7));
        for (before, (column, after)) in
            background.basis.iter().zip(read.basis.indexed_iter().map(|((_, c), v)| (c, v)))
        {
            let step = [0.5, 0.002][column] / 127.0;
            assert!((before - after).abs() <= step / 2.0 + 1e-9, "{before} became {after}");
        }
    }

    #[test]
    fn another_file_is_refused() {
        assert!(
            Background::from_bytes(b"not a background")
                .unwrap_err()
                .to_string()
                .contains("wenlei-train background")
        );
    }
}
