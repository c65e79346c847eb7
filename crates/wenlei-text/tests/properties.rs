//! Properties that hold for any Unicode text whatever.

use std::sync::LazyLock;

use proptest::prelude::*;
use wenlei_text::{Document, Encoding, Field, Mode, OffsetConverter, Segmenter, UserDictionary};

static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(&UserDictionary::default()));

/// Arbitrary Unicode, and Chinese text full of the white space, line breaks, widths and marks that pages have.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "安全",
        "生产",
        "河长制",
        "，",
        ",",
        "。",
        " ",
        "\u{3000}",
        "\u{a0}",
        "\n",
        "\r\n",
        "\n\n",
        "ＡＢ",
        "Ab",
        "１２",
        "3.5",
        "（",
        "记者",
        "ｶ",
        "ﾞ",
        "e",
        "\u{301}",
        "\u{200b}",
        "😀",
        "㎡",
        "İ",
        "ß",
        "각",
        "\u{1100}",
        "\u{1161}",
        "\u{c}",
        "\0",
        "ﷺ",
    ]);
    prop_oneof![".{0,60}", prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_tile_the_normalised_text(title in texts(), text in texts(), hmm: bool) {
        let document = Document::new(&title, &text);
        for tokens in [SEGMENTER.segment(document.normalized(), Mode::Default, hmm), SEGMENTER.tag(document.normalized(), hmm)] {
            let mut end = 0;
            for token in tokens {
                prop_assert_eq!(token.range.start, end);
                prop_assert_eq!(&document.normalized()[token.range.clone()], token.word);
                end = token.range.end;
            }
            prop_assert_eq!(end, document.normalized().len());
        }
    }

    #[test]
    fn every_mode_points_at_the_words_it_names(text in texts(), hmm: bool) {
        let document = Document::new("", &text);
        for mode in [Mode::Search, Mode::All] {
            for token in SEGMENTER.segment(document.normalized(), mode, hmm) {
                prop_assert_eq!(&document.normalized()[token.range.clone()], token.word);
            }
        }
    }

    #[test]
    fn locations_are_slices_of_the_original_that_hold_the_token(title in texts(), text in texts()) {
        let document = Document::new(&title, &text);
        let mut last = (0, 0, 0);
        for token in SEGMENTER.segment(document.normalized(), Mode::Default, true) {
            let location = document.locate(token.range.clone());
            let original = match location.field { Field::Title => &title, Field::Text => &text };
            let slice = original.get(location.range.clone());
            prop_assert!(slice.is_some(), "{:?} is no slice of {:?}", location, original);
            // Locations never go backwards. They may share a character that stands for several words, such as ㎡.
            let position = (usize::from(location.field == Field::Text), location.range.start, location.range.end);
            prop_assert!(position >= last && (position.2 >= last.2 || position.0 > last.0), "{:?} after {:?}", position, last);
            last = position;
            if token.word.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) {
                let slice = Document::new("", slice.unwrap_or_default());
                prop_assert!(slice.normalized().replace(['\n', ' '], "").contains(token.word));
            }
        }
    }

    #[test]
    fn offsets_agree_with_the_slow_way(text in texts()) {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::CodePoints] {
            let converter = OffsetConverter::new(&text, encoding);
            for byte in text.char_indices().map(|(byte, _)| byte).chain([text.len()]) {
                let before = &text[..byte];
                let expected = match encoding {
                    Encoding::Utf8 => byte,
                    Encoding::Utf16 => before.encode_utf16().count(),
                    Encoding::CodePoints => before.chars().count(),
                };
                prop_assert_eq!(converter.convert(byte), expected);
            }
        }
    }
}
