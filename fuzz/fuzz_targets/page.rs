//! The page splitter on any text: no character is lost or held twice, ranges are slices of the page in its order, and
//! every article leads back to where it stood.

#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use wenlei_text::Document;
use wenlei_text::page::{self, Article, ArticleDocument, Page};

fuzz_target!(|input: &[u8]| {
    let text = &*String::from_utf8_lossy(input);
    let page = page::split(text);
    holds_every_character_once(text, &page);
    is_in_order(&page);
    for article in &page.articles {
        leads_back(text, article);
    }
});

fn holds_every_character_once(text: &str, page: &Page) {
    let mut holders = vec![0_usize; text.len()];
    let parts = page.articles.iter().flat_map(|article| &article.parts).map(|part| &part.range);
    for range in parts.chain(page.furniture.iter().map(|furniture| &furniture.range)) {
        assert!(!text[range.clone()].is_empty(), "an empty range: {range:?}");
        holders[range.clone()].iter_mut().for_each(|count| *count += 1);
    }
    for (at, c) in text.char_indices() {
        let blank = c.is_whitespace();
        assert!(
            holders[at] == 1 || blank && holders[at] == 0,
            "{c:?} at byte {at} is held {} times",
            holders[at]
        );
    }
}

fn is_in_order(page: &Page) {
    let rising = |ranges: Vec<Range<usize>>| ranges.windows(2).all(|pair| pair[0].end <= pair[1].start);
    assert!(rising(page.articles.iter().map(Article::range).collect()), "articles");
    assert!(rising(page.furniture.iter().map(|furniture| furniture.range.clone()).collect()), "furniture");
    for article in &page.articles {
        assert!(rising(article.parts.iter().map(|part| part.range.clone()).collect()), "parts");
    }
}

fn leads_back(text: &str, article: &Article) {
    let document = ArticleDocument::new(article, text);
    assert_eq!((document.title(), document.text()), (&*article.title(text), &*article.text(text)));
    let normalized = document.document().normalized();
    let place = |range: Range<usize>| {
        let place = document.locate(range.clone());
        assert!(text.get(place.clone()).is_some(), "{range:?} is led to {place:?}, which is no slice");
        let whole = article.range();
        assert!(whole.start <= place.start && place.end <= whole.end, "{place:?} is outside of {whole:?}");
        place
    };
    for (start, c) in normalized.char_indices() {
        let there = place(start..start + c.len_utf8());
        let again = Document::new("", &text[there.clone()]);
        let found = !matches!(c, '\u{4e00}'..='\u{9fff}') || again.normalized().contains(c);
        assert!(found, "{c:?} is not at {there:?}");
    }
    let starts = normalized.char_indices().map(|(start, _)| start);
    for (start, end) in starts.zip(normalized.char_indices().skip(3).map(|(end, _)| end)) {
        place(start..end);
    }
    if !document.document().body().is_empty() {
        place(document.document().body_start()..normalized.len());
    }
}
