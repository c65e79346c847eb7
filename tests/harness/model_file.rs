//! Model files with a difference: the committed one, its manifest changed.

use serde_json::Value;

use crate::repository;

/// The bytes of the committed model.
pub fn committed() -> Vec<u8> {
    std::fs::read(repository().join("models/local-news/model.safetensors")).unwrap()
}

/// The committed model with its manifest changed. The tensors stay as they are.
pub fn with_manifest(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let bytes = committed();
    let (length, rest) = bytes.split_at(8);
    let (header, tensors) = rest.split_at(u64::from_le_bytes(length.try_into().unwrap()) as usize);
    let mut header: Value = serde_json::from_slice(header).unwrap();
    let text = header["__metadata__"]["wenlei"].as_str().unwrap();
    let mut manifest = serde_json::from_str(text).unwrap();
    change(&mut manifest);
    header["__metadata__"]["wenlei"] = manifest.to_string().into();
    let mut header = header.to_string().into_bytes();
    header.resize(header.len().next_multiple_of(8), b' ');
    [&(header.len() as u64).to_le_bytes()[..], &header, tensors].concat()
}

/// The committed model with another digest and the same answers.
pub fn variant(number: u64) -> Vec<u8> {
    with_manifest(|manifest| manifest["training_documents"] = (1000 + number).into())
}
