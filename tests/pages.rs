//! Whole pages, through the service.
#![allow(clippy::unwrap_used)]

use wenlei_proto::v1::{
    ArticleKind, ClassifyPageRequest, Encoding, FurnitureReason, PageSpan, SplitPageRequest,
};
use wenlei_tests::{Server, assigned, data};

/// The part of a page that a span in code points names.
fn slice(page: &str, span: PageSpan) -> String {
    page.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
}

#[tokio::test]
async fn a_page_is_split_and_its_articles_get_their_topics() {
    let server = Server::start(&[]);
    let page = data("sample-page.txt");
    let request = ClassifyPageRequest {
        text: page.clone(),
        explain: true,
        encoding: Encoding::CodePoints.into(),
        ..Default::default()
    };
    let response = server.classification().await.classify_page(request).await.unwrap().into_inner();
    let topics: Vec<Vec<String>> = response
        .articles
        .iter()
        .map(|article| assigned(article.prediction.as_ref().unwrap()).into_iter().map(Into::into).collect())
        .collect();
    let expected: [&[&str]; 4] =
        [&["pollution_control", "safety"], &["investment_attraction"], &["rural_revitalization"], &[]];
    assert_eq!(topics, expected);
    assert_eq!(response.articles[3].kind(), ArticleKind::Caption);
    assert_eq!(response.furniture[0].reason(), FurnitureReason::Banner);
    assert_eq!(response.totals.iter().map(|total| total.articles).collect::<Vec<_>>(), [1, 1, 1, 1]);
    for article in &response.articles {
        assert!(article.title.is_empty() || slice(&page, article.span.unwrap()).starts_with(&article.title));
        for topic in &article.prediction.as_ref().unwrap().topics {
            for term in &topic.explanation.as_ref().unwrap().supporting {
                let span = &term.spans[0];
                let place = slice(&page, PageSpan { start: span.start, end: span.end });
                let letters: String = place.chars().filter(|c| c.is_alphabetic()).collect();
                let named: String = term.term.chars().filter(|c| c.is_alphabetic()).collect();
                assert_eq!(letters.to_lowercase(), named);
            }
        }
    }
}

#[tokio::test]
async fn articles_and_furniture_cover_a_page_once() {
    let server = Server::start(&[]);
    let page = data("sample-page.txt");
    let request = SplitPageRequest { text: page.clone(), encoding: Encoding::CodePoints.into() };
    let response = server.classification().await.split_page(request).await.unwrap().into_inner();
    let mut times = vec![0; page.chars().count()];
    let parts = response.articles.iter().flat_map(|article| article.parts.iter().map(|part| part.span));
    for span in parts.chain(response.furniture.iter().map(|line| line.span)).flatten() {
        (span.start..span.end).for_each(|at| times[at as usize] += 1);
    }
    for (c, times) in page.chars().zip(times) {
        assert!(times <= 1 && (times == 1 || c.is_whitespace()), "{c:?} is covered {times} times");
    }
}

#[tokio::test]
async fn an_empty_page_has_no_articles_and_a_long_one_is_refused() {
    let server = Server::start(&["--document-characters", "100"]);
    let mut client = server.classification().await;
    let response = client.classify_page(ClassifyPageRequest::default()).await.unwrap().into_inner();
    assert!(response.articles.is_empty() && response.furniture.is_empty());
    let request = ClassifyPageRequest { text: "长".repeat(101), ..Default::default() };
    let error = client.classify_page(request).await.unwrap_err();
    assert!(error.message().contains("has 101 characters, the limit is 100"), "{error}");
}
