//! What the service answers to good requests.
#![allow(clippy::unwrap_used)]

use wenlei_proto::v1::{
    BatchClassifyRequest, ClassifyRequest, Document, DocumentField, Encoding, ExtractFeaturesRequest,
    GetModelRequest, NoTopicReason, SegmentMode, SegmentRequest, Span,
};
use wenlei_tests::{Server, assigned, data, document};

/// The articles of the sample page: a headline and its text each, and at the end a caption.
fn articles() -> Vec<Document> {
    let page = data("sample-page.txt");
    let blocks: Vec<&str> = page.split("\n\n").map(str::trim).collect();
    let pairs = blocks[1..7].chunks(2).map(|pair| Document { title: pair[0].into(), text: pair[1].into() });
    pairs.chain([Document { title: String::new(), text: blocks[7].into() }]).collect()
}

/// The part of the caller's own text that a span names.
fn slice(text: &str, span: &Span, encoding: Encoding) -> String {
    let (start, end) = (span.start as usize, span.end as usize);
    match encoding {
        Encoding::Utf16 => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).unwrap(),
        Encoding::CodePoints => text.chars().skip(start).take(end - start).collect(),
        Encoding::Unspecified | Encoding::Utf8 => text[start..end].to_owned(),
    }
}

/// A text with its numbers replaced as the model sees them.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    for c in text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }) {
        if !(c == '0' && masked.ends_with('0')) {
            masked.push(c);
        }
    }
    masked
}

#[tokio::test]
async fn the_sample_page_gets_its_topics() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let expected = [
        vec!["pollution_control", "safety"],
        vec!["investment_attraction"],
        vec!["rural_revitalization"],
        vec![],
    ];
    for (article, expected) in articles().into_iter().zip(expected) {
        let title = article.title.clone();
        let request = ClassifyRequest { document: Some(article), ..Default::default() };
        let response = client.classify(request).await.unwrap().into_inner();
        let prediction = response.prediction.unwrap();
        assert_eq!(assigned(&prediction), expected, "{title}: {prediction:#?}");
        assert_eq!(prediction.topics.len(), 4);
        assert_eq!(prediction.primary_topic.is_empty(), expected.is_empty());
        let model = response.model.unwrap();
        assert_eq!((model.id.as_str(), model.digest.len()), ("local-news", 64));
        assert!(response.times.unwrap().features_us > 0);
    }
}

#[tokio::test]
async fn a_batch_answers_as_as_many_single_calls() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let request = BatchClassifyRequest { documents: articles(), ..Default::default() };
    let batch = client.batch_classify(request).await.unwrap().into_inner();
    for (article, prediction) in articles().into_iter().zip(batch.predictions) {
        let request = ClassifyRequest { document: Some(article), ..Default::default() };
        let single = client.classify(request).await.unwrap().into_inner();
        assert_eq!(single.prediction.unwrap(), prediction);
    }
}

#[tokio::test]
async fn an_explanation_adds_up_to_the_margin_and_points_at_its_terms() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let article = articles().remove(0);
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::CodePoints] {
        let request = ClassifyRequest {
            document: Some(article.clone()),
            explain: true,
            explain_terms: Some(5),
            encoding: encoding.into(),
            ..Default::default()
        };
        let prediction = client.classify(request).await.unwrap().into_inner().prediction.unwrap();
        for topic in prediction.topics {
            let explanation = topic.explanation.unwrap();
            let listed = explanation.supporting.iter().chain(&explanation.opposing);
            let sum: f64 = listed.clone().map(|entry| entry.contribution).sum();
            assert!((explanation.bias + sum + explanation.remaining - topic.margin).abs() < 1e-9);
            assert_eq!(explanation.supporting.len(), 5);
            for entry in listed {
                assert!(!entry.spans.is_empty(), "{entry:?} stands nowhere");
                for span in &entry.spans {
                    let original =
                        if span.field() == DocumentField::Title { &article.title } else { &article.text };
                    let named = slice(original, span, encoding).to_lowercase();
                    assert_eq!(masked(&named), entry.term);
                }
            }
        }
    }
}

#[tokio::test]
async fn only_the_topics_asked_for_are_answered() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let request = ClassifyRequest {
        document: Some(articles().remove(0)),
        topics: vec!["safety".into(), "rural_revitalization".into()],
        ..Default::default()
    };
    let prediction = client.classify(request).await.unwrap().into_inner().prediction.unwrap();
    let topics: Vec<&str> = prediction.topics.iter().map(|topic| topic.topic.as_str()).collect();
    assert_eq!(topics, ["safety", "rural_revitalization"]);
    assert_eq!(prediction.primary_topic, "safety");
}

#[tokio::test]
async fn a_text_without_a_known_term_has_no_topic_and_says_why() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let request = ClassifyRequest { document: document("", "ÞØÆ ☂☂☂ ɸʘ"), ..Default::default() };
    let prediction = client.classify(request).await.unwrap().into_inner().prediction.unwrap();
    assert_eq!(assigned(&prediction), [""; 0]);
    assert_eq!(prediction.no_topic_reason(), NoTopicReason::NoKnownTerms);
}

#[tokio::test]
async fn tokens_tile_the_text_and_carry_what_was_asked_for() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let text = "全县整治散乱污企业，\n保障　安全生产。";
    let request = SegmentRequest { document: document("", text), part_of_speech: true, ..Default::default() };
    let tokens = client.segment(request.clone()).await.unwrap().into_inner().tokens;
    let mut end = 0;
    for token in &tokens {
        let span = token.span.unwrap();
        assert!(text[end..span.start as usize].trim().is_empty(), "a gap before {token:?}");
        end = span.end as usize;
        assert!(!token.part_of_speech.is_empty());
    }
    assert_eq!(end, text.len());
    let request = SegmentRequest { remove_stop_words: true, part_of_speech: false, ..request };
    let tokens = client.segment(request.clone()).await.unwrap().into_inner().tokens;
    let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    assert_eq!(words, ["全县", "整治", "散乱污", "企业", "保障", "安全", "生产"]);
    let request = SegmentRequest { mode: SegmentMode::All.into(), ..request };
    assert!(client.segment(request).await.unwrap().into_inner().tokens.len() >= 7);
}

#[tokio::test]
async fn guessing_words_can_be_switched_off() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let request =
        SegmentRequest { document: document("", "他来到网易杭研大厦"), ..Default::default() };
    let guessed = client.segment(request.clone()).await.unwrap().into_inner().tokens.len();
    let request = SegmentRequest { hmm: Some(false), ..request };
    let plain = client.segment(request).await.unwrap().into_inner().tokens.len();
    assert!(plain > guessed, "{plain} tokens without guessing, {guessed} with");
}

#[tokio::test]
async fn features_are_listed_and_stand_in_the_vector() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let article = articles().remove(0);
    let request = ExtractFeaturesRequest {
        document: Some(article),
        top_k: Some(7),
        include_vector: true,
        keywords: 5,
        ..Default::default()
    };
    let response = client.extract_features(request).await.unwrap().into_inner();
    assert_eq!((response.features.len(), response.keywords.len()), (7, 5));
    assert!(response.features.is_sorted_by(|a, b| a.weight >= b.weight));
    let vector = response.vector.unwrap();
    let length: f32 = vector.values.iter().map(|value| value * value).sum();
    assert!((0.5..1.0001).contains(&length), "unknown terms take their part of the length one: {length}");
    assert!(vector.indices.is_sorted() && *vector.indices.last().unwrap() < vector.dimension);
    for feature in response.features {
        assert_eq!(feature.spans.len(), feature.count as usize);
        let place = vector.indices.binary_search(&feature.index).unwrap();
        assert!((f64::from(vector.values[place]) - feature.weight).abs() < 1e-9);
    }
}

#[tokio::test]
async fn the_model_and_the_limits_are_published() {
    let server = Server::start(&["--batch-documents", "7"]);
    let response = server.models().await.get_model(GetModelRequest::default()).await.unwrap().into_inner();
    let model = response.model.unwrap();
    assert_eq!(model.topics.len(), 4);
    assert_eq!(model.topics[0].name_zh, "污染防治");
    assert!(model.figures.unwrap().macro_f1 > 0.9);
    assert_eq!(response.limits.unwrap().batch_documents, 7);
}
