//! `background.safetensors`: the statistics, small enough to live in a repository.
//!
//! Tensors: for each family `<family>.terms` (bytes, terms separated by line feeds, rising) and `<family>.idf` (half
//! precision); `documents` (one `U32`); `basis` (`I8`, terms by components) and `scale` (`F32`, one a component: the value of 127).

use std::path::{Path, PathBuf};

use half::f16;
use ndarray::{Array2, Axis};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensorError, SafeTensors};
use thiserror::Error;
use wenlei_model::features::{Families, FamilyFeatures};
use wenlei_model::{Family, Vocabulary};

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
    Tensor(String),
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
        let mut families = Families::default();
        for family in Family::ALL {
            families[family as usize] = read_family(&tensors, family)?;
        }
        let documents = tensors.tensor("documents")?;
        let documents =
            documents.data().try_into().map_err(|_| BackgroundError::Tensor("documents".into()))?;
        let scale: Vec<f32> = tensors
            .tensor("scale")?
            .data()
            .as_chunks()
            .0
            .iter()
            .map(|four| f32::from_le_bytes(*four))
            .collect();
        let terms: usize = families.iter().map(|family| family.vocabulary.len()).sum();
        let entries = tensors.tensor("basis")?.data().iter().map(|byte| f32::from(byte.cast_signed()));
        let mut basis = Array2::from_shape_vec((terms, scale.len()), entries.collect())
            .map_err(|_| BackgroundError::Tensor("basis".into()))?;
        for (mut column, scale) in basis.axis_iter_mut(Axis(1)).zip(scale) {
            column.mapv_inplace(|value| value * scale / 127.0);
        }
        Ok(Self { families, documents: u32::from_le_bytes(documents), basis })
    }

    /// Writes the background file; the basis is rounded to eight bits.
    ///
    /// # Errors
    /// The container can't be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BackgroundError> {
        let mut buffers = Vec::new();
        for family in Family::ALL {
            let FamilyFeatures { vocabulary, idf } = &self.families[family as usize];
            let terms = vocabulary.terms().join("\n").into_bytes();
            let idf: Vec<u8> = idf.iter().flat_map(|value| f16::from_f32(*value).to_le_bytes()).collect();
            buffers.push((format!("{}.terms", family.name()), Dtype::U8, vec![terms.len()], terms));
            buffers.push((format!("{}.idf", family.name()), Dtype::F16, vec![vocabulary.len()], idf));
        }
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
        buffers.push(("basis".into(), Dtype::I8, self.basis.shape().to_vec(), rounded.collect()));
        let bytes = scale.iter().flat_map(|value| value.to_le_bytes()).collect();
        buffers.push(("scale".into(), Dtype::F32, vec![scale.len()], bytes));
        buffers.push(("documents".into(), Dtype::U32, vec![1], self.documents.to_le_bytes().to_vec()));
        let views: Vec<(&str, TensorView)> = buffers
            .iter()
            .map(|(name, dtype, shape, bytes)| {
                Ok((name.as_str(), TensorView::new(*dtype, shape.clone(), bytes)?))
            })
            .collect::<Result<_, SafeTensorError>>()?;
        Ok(safetensors::serialize(views, None)?)
    }
}

fn read_family(tensors: &SafeTensors, family: Family) -> Result<FamilyFeatures, BackgroundError> {
    let name = format!("{}.terms", family.name());
    let terms = tensors.tensor(&name)?;
    let terms = std::str::from_utf8(terms.data()).map_err(|_| BackgroundError::Tensor(name.clone()))?;
    let vocabulary = Vocabulary::new(terms.split('\n').filter(|term| !term.is_empty()));
    let idf = tensors.tensor(&format!("{}.idf", family.name()))?;
    let idf: Vec<f32> =
        idf.data().as_chunks().0.iter().map(|pair| f16::from_le_bytes(*pair).to_f32()).collect();
    if idf.len() == vocabulary.len() {
        Ok(FamilyFeatures { vocabulary, idf })
    } else {
        Err(BackgroundError::Tensor(name))
    }
}
