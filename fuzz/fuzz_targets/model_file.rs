//! The reader of model files: whatever the bytes, a reason why not, or a model that answers.
//!
//! The first byte of the input says what the file is made of.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wenlei_model::Model;
use wenlei_text::{Document, Segmenter, Segmenters, UserDictionary};

const MODEL: &[u8] = include_bytes!("../../models/local-news/model.safetensors");

/// Bytes that hold the length of the header.
const LENGTH: usize = 8;

static SEGMENTERS: LazyLock<Segmenters> = LazyLock::new(Segmenters::default);

/// Held, so that a dictionary isn't built for each model that has one of these.
static HELD: LazyLock<(Model, Segmenter)> = LazyLock::new(|| {
    let model = Model::from_bytes_sharing(MODEL, &SEGMENTERS).expect("the default model");
    (model, SEGMENTERS.get(&UserDictionary::default()))
});

fuzz_target!(|input: &[u8]| {
    LazyLock::force(&HELD);
    let Some((way, rest)) = input.split_first() else { return };
    let file = match way % 4 {
        0 => rest.to_vec(),
        1 => assembled(rest),
        2 => with_header(rest, &MODEL[header_end()..]),
        _ => edited(rest),
    };
    if let Ok(model) = Model::from_bytes_sharing(&file, &SEGMENTERS) {
        answers(&model);
    }
});

/// A header up to the first zero, and tensors after it.
fn assembled(parts: &[u8]) -> Vec<u8> {
    let header = parts.iter().position(|byte| *byte == 0).unwrap_or(parts.len());
    with_header(&parts[..header], parts.get(header + 1..).unwrap_or_default())
}

fn with_header(header: &[u8], tensors: &[u8]) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header, tensors].concat()
}

/// The default model with bytes of its header, and of the length before it, replaced: a position in two bytes, then
/// the new byte.
fn edited(edits: &[u8]) -> Vec<u8> {
    let mut file = MODEL.to_vec();
    for edit in edits.as_chunks::<3>().0 {
        let position = usize::from(u16::from_le_bytes([edit[0], edit[1]]));
        file[position % header_end()] = edit[2];
    }
    file
}

fn header_end() -> usize {
    let length = MODEL.first_chunk::<LENGTH>().expect("a header");
    LENGTH + u64::from_le_bytes(*length) as usize
}

/// A model that was accepted must give probabilities and reasons.
fn answers(model: &Model) {
    for text in ["安全生产", "", "全县水质改善，3家化工企业整改到位。"] {
        let document = Document::new("标题", &text.repeat(12));
        let analysis = model.analyze(&document);
        let mut prediction = model.predict(&analysis);
        model.explain(&mut prediction, &document, &analysis, 5);
        for topic in &prediction.topics {
            assert!((0.0..=1.0).contains(&topic.probability), "a probability of {}", topic.probability);
        }
    }
}
