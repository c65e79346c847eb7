//! The model file: one safetensors file with the [`Manifest`] in its metadata.
//!
//! Tensors: for each family, `<family>.terms` (bytes, terms separated by line feeds, rising) and `<family>.idf` (half
//! precision); `weights` (half precision, features by topics) and `bias` (double, topics).

use half::f16;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensorError, SafeTensors};
use thiserror::Error;
use wenlei_text::{DictionaryError, JIEBA_VERSION, NORMALIZER_VERSION, Segmenters};

use crate::features::{Families, FamilyFeatures};
use crate::manifest::{FORMAT_VERSION, GREATEST, Manifest};
use crate::model::{Model, Parts};
use crate::scorer::Scorer;
use crate::terms::Family;
use crate::vocabulary::Vocabulary;

/// Where the manifest stands in the metadata. The only key: a map with several would be written in any order.
const MANIFEST_KEY: &str = "wenlei";

/// Why a model file can't be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// It isn't a well-formed safetensors file.
    #[error("not a safetensors file, or a damaged one: {0}")]
    Container(#[from] SafeTensorError),
    /// It holds no manifest: a safetensors file of another program.
    #[error("no wenlei manifest in the file's metadata: not a model made by `wenlei-train fit`")]
    NoManifest,
    /// The manifest can't be read.
    #[error("the manifest can't be read: {0}")]
    Manifest(#[from] serde_json::Error),
    /// It was made by another version.
    #[error(
        "{what} is version {found}, this program has version {expected}; fit the model again with this version"
    )]
    Version {
        /// What has a version.
        what: &'static str,
        /// The version in the file.
        found: String,
        /// The version of this program.
        expected: String,
    },
    /// A tensor has another type or shape than its neighbours require.
    #[error("tensor {tensor}: {problem}")]
    Tensor {
        /// Name of the tensor.
        tensor: String,
        /// What is wrong with it.
        problem: String,
    },
    /// No probability could come of the manifest's settings, or they contradict one another.
    #[error("the manifest makes no model: {0}")]
    Inconsistent(String),
    /// The user dictionary can't be read.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// The model doesn't give the answers it must give.
    #[error(
        "self-test failed: for {text:?} topic {topic} has probability {found}, not {expected}; \
         the file is damaged or was made by another build"
    )]
    SelfTest {
        /// The sentence.
        text: String,
        /// The topic that came out differently.
        topic: String,
        /// The probability it must have.
        expected: f64,
        /// The probability it has.
        found: f64,
    },
}

impl Model {
    /// Reads a model and runs its self-test.
    ///
    /// # Errors
    /// See [`ModelError`]; a model that is returned is fit to serve.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::from_bytes_sharing(bytes, &Segmenters::default())
    }

    /// As [`Self::from_bytes`]; the segmenter is shared with the other models that `segmenters` served.
    ///
    /// # Errors
    /// See [`ModelError`].
    pub fn from_bytes_sharing(bytes: &[u8], segmenters: &Segmenters) -> Result<Self, ModelError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)?;
        let manifest = metadata.metadata().as_ref().and_then(|map| map.get(MANIFEST_KEY));
        let manifest: Manifest = serde_json::from_str(manifest.ok_or(ModelError::NoManifest)?)?;
        check_versions(&manifest)?;
        let tensors = Tensors(SafeTensors::deserialize(bytes)?);
        let mut families = Families::default();
        for family in Family::ALL {
            families[family as usize] = tensors.family(family)?;
        }
        let dimension: usize = families.iter().map(|family| family.vocabulary.len()).sum();
        let topics = manifest.topics.len();
        let weights = tensors.halves("weights", &[dimension, topics])?;
        let bias = tensors.doubles("bias", topics)?;
        let parts = Parts { manifest, families, scorer: Scorer::new(weights, bias) };
        let model = Self::new(parts, blake3::hash(bytes).to_hex().to_string(), segmenters)?;
        model.run_self_test()?;
        Ok(model)
    }
}

impl Parts {
    /// Writes the model file. Weights and document frequencies are rounded to half precision, so the model read back
    /// is the one to measure.
    ///
    /// # Errors
    /// The container or the manifest can't be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        let dimension: usize = self.families.iter().map(|family| family.vocabulary.len()).sum();
        let mut buffers = Vec::new();
        for family in Family::ALL {
            let FamilyFeatures { vocabulary, idf } = &self.families[family as usize];
            let terms = vocabulary.terms().join("\n").into_bytes();
            buffers.push((format!("{}.terms", family.name()), Dtype::U8, vec![terms.len()], terms));
            buffers.push((format!("{}.idf", family.name()), Dtype::F16, vec![idf.len()], to_halves(idf)));
        }
        let shape = vec![dimension, self.manifest.topics.len()];
        buffers.push(("weights".into(), Dtype::F16, shape, to_halves(self.scorer.weights())));
        let bias = self.scorer.bias();
        let bytes = bias.iter().flat_map(|value| value.to_le_bytes()).collect();
        buffers.push(("bias".into(), Dtype::F64, vec![bias.len()], bytes));
        let views: Vec<(&str, TensorView)> = buffers
            .iter()
            .map(|(name, dtype, shape, bytes)| {
                Ok((name.as_str(), TensorView::new(*dtype, shape.clone(), bytes)?))
            })
            .collect::<Result<_, SafeTensorError>>()?;
        let manifest = serde_json::to_string(&self.manifest)?;
        let metadata = std::iter::once((MANIFEST_KEY.to_owned(), manifest)).collect();
        Ok(safetensors::serialize(views, Some(metadata))?)
    }
}

fn to_halves(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| f16::from_f32(*value).to_le_bytes()).collect()
}

fn check_versions(manifest: &Manifest) -> Result<(), ModelError> {
    let checks = [
        ("the file format", manifest.format_version.to_string(), FORMAT_VERSION.to_string()),
        ("the text normaliser", manifest.normalizer_version.to_string(), NORMALIZER_VERSION.to_string()),
        ("jieba-rs", manifest.jieba_version.clone(), JIEBA_VERSION.to_owned()),
    ];
    for (what, found, expected) in checks {
        if found != expected {
            return Err(ModelError::Version { what, found, expected });
        }
    }
    Ok(())
}

/// Typed reading with errors that name the tensor.
struct Tensors<'a>(SafeTensors<'a>);

impl<'a> Tensors<'a> {
    fn family(&self, family: Family) -> Result<FamilyFeatures, ModelError> {
        let name = format!("{}.terms", family.name());
        let bytes = self.bytes(&name, Dtype::U8, None)?;
        let text = std::str::from_utf8(bytes).map_err(|error| wrong(&name, &error))?;
        let terms: Vec<&str> = if text.is_empty() { Vec::new() } else { text.split('\n').collect() };
        if !terms.is_sorted_by(|a, b| a < b) {
            return Err(wrong(&name, &"the terms are not in rising order"));
        }
        let name = format!("{}.idf", family.name());
        let idf = self.halves(&name, &[terms.len()])?;
        if !idf.iter().all(|idf| *idf > 0.0) {
            return Err(wrong(&name, &"holds a value that is not positive"));
        }
        Ok(FamilyFeatures { vocabulary: Vocabulary::new(terms), idf })
    }

    fn halves(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(name, Dtype::F16, Some(shape))?;
        let values: Vec<f32> =
            bytes.as_chunks().0.iter().map(|pair| f16::from_le_bytes(*pair).to_f32()).collect();
        let finite = values.iter().all(|value| value.is_finite());
        if finite { Ok(values) } else { Err(wrong(name, &"holds a value that is no finite number")) }
    }

    fn doubles(&self, name: &str, len: usize) -> Result<Vec<f64>, ModelError> {
        let bytes = self.bytes(name, Dtype::F64, Some(&[len]))?;
        let values: Vec<f64> = bytes.as_chunks().0.iter().map(|eight| f64::from_le_bytes(*eight)).collect();
        let small = values.iter().all(|value| value.abs() <= GREATEST);
        if small { Ok(values) } else { Err(wrong(name, &"holds a value that is not from -1e9 to 1e9")) }
    }

    fn bytes(&self, name: &str, dtype: Dtype, shape: Option<&[usize]>) -> Result<&'a [u8], ModelError> {
        let view = self.0.tensor(name)?;
        if view.dtype() != dtype || shape.is_some_and(|shape| view.shape() != shape) {
            let problem = format!("{:?} {:?}, expected {dtype:?} {shape:?}", view.dtype(), view.shape());
            return Err(wrong(name, &problem));
        }
        Ok(view.data())
    }
}

fn wrong(tensor: &str, problem: &dyn std::fmt::Display) -> ModelError {
    ModelError::Tensor { tensor: tensor.to_owned(), problem: problem.to_string() }
}
