//! Where the time of a call goes: every way of reading documents tells of its stages.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use tokio_stream::StreamExt;
use wenlei_proto::v1::{
    BatchClassifyRequest, ClassifyPageRequest, ClassifyRequest, Document, ExtractFeaturesRequest,
    SegmentRequest, SplitPageRequest, StreamClassifyRequest,
};
use wenlei_tests::http::get;
use wenlei_tests::{Server, data, document};

const STAGES: [&str; 6] = ["queue", "split", "normalize", "segment", "features", "score"];

/// How often each stage was observed, in the order of [`STAGES`].
fn counts(server: &Server) -> [u64; 6] {
    let text = get(server.admin(), "/metrics").body;
    STAGES.map(|stage| {
        let start = format!("wenlei_stage_duration_seconds_count{{stage=\"{stage}\"}} ");
        text.lines().find_map(|line| line.strip_prefix(&start)).map_or(0, |count| count.parse().unwrap())
    })
}

/// Waits until so many more were observed than `before`.
fn expect(server: &Server, before: [u64; 6], more: [u64; 6]) {
    let start = Instant::now();
    loop {
        let now = counts(server);
        if (0..6).all(|stage| now[stage] == before[stage] + more[stage]) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(5), "{STAGES:?}: {before:?} and {more:?}, not {now:?}");
    }
}

#[tokio::test]
async fn every_call_tells_of_its_stages() {
    let server = Server::start(&[]);
    let mut client = server.classification().await;
    let one = || document("", "安全生产检查");

    client.classify(ClassifyRequest { document: one(), ..Default::default() }).await.unwrap();
    expect(&server, [0; 6], [1, 0, 1, 1, 1, 1]);

    let before = counts(&server);
    let documents: Vec<Document> = vec![one().unwrap(); 7];
    client.batch_classify(BatchClassifyRequest { documents, ..Default::default() }).await.unwrap();
    expect(&server, before, [1, 0, 7, 7, 7, 7]);

    let before = counts(&server);
    let request = ClassifyRequest { document: one(), ..Default::default() };
    let item = StreamClassifyRequest { request: Some(request), ..Default::default() };
    let answers = client.stream_classify(tokio_stream::iter(vec![item; 3])).await.unwrap().into_inner();
    assert_eq!(answers.collect::<Vec<_>>().await.len(), 3);
    expect(&server, before, [3, 0, 3, 3, 3, 3]);

    let before = counts(&server);
    let page = ClassifyPageRequest { text: data("sample-page.txt"), ..Default::default() };
    let articles = client.classify_page(page).await.unwrap().into_inner().articles.len() as u64;
    assert_eq!(articles, 4);
    expect(&server, before, [1, 1, articles, articles, articles, articles]);

    let before = counts(&server);
    let page = SplitPageRequest { text: data("sample-page.txt"), ..Default::default() };
    client.split_page(page).await.unwrap();
    client.segment(SegmentRequest { document: one(), ..Default::default() }).await.unwrap();
    client.extract_features(ExtractFeaturesRequest { document: one(), ..Default::default() }).await.unwrap();
    expect(&server, before, [3, 1, 2, 1, 1, 0]);
}
