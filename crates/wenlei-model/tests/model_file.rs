//! Files that are no model to serve: each was once accepted, or ended the program.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use wenlei_model::Model;

/// Bytes that hold the length of the header.
const LENGTH: usize = 8;

fn default_model() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/local-news/model.safetensors");
    fs::read(path).unwrap()
}

/// Header and tensors of a file.
fn parts(file: &[u8]) -> (Value, Vec<u8>) {
    let length = u64::from_le_bytes(*file.first_chunk::<LENGTH>().unwrap()) as usize;
    let (header, tensors) = file[LENGTH..].split_at(length);
    (serde_json::from_slice(header).unwrap(), tensors.to_vec())
}

fn file(header: &Value, tensors: &[u8]) -> Vec<u8> {
    let header = header.to_string();
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), tensors].concat()
}

/// Why the default model isn't accepted once `change` was made to its manifest. Without its self-test, which would
/// find most changes.
fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let (mut header, tensors) = parts(&default_model());
    let text = header["__metadata__"]["wenlei"].as_str().unwrap();
    let mut manifest: Value = serde_json::from_str(text).unwrap();
    manifest["self_test"] = json!([]);
    change(&mut manifest);
    header["__metadata__"]["wenlei"] = manifest.to_string().into();
    Model::from_bytes(&file(&header, &tensors)).unwrap_err().to_string()
}

/// Margins became infinite, and probabilities no numbers, which the self-test let pass.
#[test]
fn settings_of_which_no_probability_can_come_are_refused() {
    let expected = [
        (refusal(|manifest| manifest["terms"]["family_weights"][0] = json!(1e300)), "a weight of a family"),
        (refusal(|manifest| manifest["terms"]["family_weights"][1] = json!(1e-60)), "a weight of a family"),
        (refusal(|manifest| manifest["unknown_idf"] = json!(1e300)), "unknown_idf"),
        (refusal(|manifest| manifest["passages"]["share"] = json!(-1e308)), "the share of passages"),
        (refusal(|manifest| manifest["calibration"]["slope"] = json!(1e308)), "the calibration"),
    ];
    for (refusal, problem) in expected {
        assert!(refusal.contains(problem), "{refusal}");
    }
}

/// The rest of the topics was not tested.
#[test]
fn a_self_test_of_fewer_topics_is_refused() {
    let refusal = refusal(|manifest| manifest["self_test"] = json!([{"text": "安全", "probabilities": []}]));
    assert!(refusal.contains("not one probability for each topic"), "{refusal}");
}

/// The segmenter adds all frequencies, and the sum overflowed.
#[test]
fn a_word_of_the_greatest_frequency_is_refused() {
    let refusal = refusal(|manifest| manifest["user_dictionary"] = json!("河长制 18446744073709551615"));
    assert!(refusal.contains("the limit is 4294967295"), "{refusal}");
}

/// Where it was the only term of a text, the vector had no length to be divided by.
#[test]
fn a_term_without_weight_is_refused() {
    let (header, mut tensors) = parts(&default_model());
    let start = header["word.idf"]["data_offsets"][0].as_u64().unwrap() as usize;
    tensors[start..start + 2].fill(0);
    let refusal = Model::from_bytes(&file(&header, &tensors)).unwrap_err().to_string();
    assert!(refusal.contains("word.idf: holds a value that is not positive"), "{refusal}");
}
