//! An article as a document, and the way from the document back to the page.
//!
//! This module must not know how articles are found.

use std::ops::Range;

use super::article::Article;
use crate::document::{Document, Field};

/// Text put together from stretches of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Where each stretch begins in `text`, and its bytes on the page.
    stretches: Vec<(usize, Range<usize>)>,
}

impl Excerpt {
    /// Appends what stands on the page, after `separator` if it isn't the first stretch.
    pub(super) fn push(&mut self, separator: &str, page: &str, range: Range<usize>) {
        if !self.stretches.is_empty() {
            self.text.push_str(separator);
        }
        self.stretches.push((self.text.len(), range.clone()));
        self.text.push_str(&page[range]);
    }

    /// The bytes of the page from the first to the last character of a range of the text. A separator stands nowhere on
    /// the page; it counts as the end of the stretch before it.
    fn on_page(&self, range: Range<usize>) -> Range<usize> {
        let start = self.position(range.start, range.start);
        start..if range.is_empty() { start } else { self.position(range.end - 1, range.end) }
    }

    /// Where `byte` is on the page, seen from the stretch that `holder` is in.
    fn position(&self, holder: usize, byte: usize) -> usize {
        let stretch = self.stretches.partition_point(|(start, _)| *start <= holder).saturating_sub(1);
        self.stretches.get(stretch).map_or(0, |(start, page)| (page.start + byte - start).min(page.end))
    }
}

/// An article ready to be classified.
#[derive(Clone, Debug)]
pub struct ArticleDocument {
    document: Document,
    title: Excerpt,
    text: Excerpt,
}

impl ArticleDocument {
    /// The title and the text of `article`, which was found on `page`.
    pub fn new(article: &Article, page: &str) -> Self {
        let (title, text) = (article.title_excerpt(page), article.text_excerpt(page));
        Self { document: Document::new(&title.text, &text.text), title, text }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The title, its lines joined.
    pub fn title(&self) -> &str {
        &self.title.text
    }

    /// The text, broken lines joined.
    pub fn text(&self) -> &str {
        &self.text.text
    }

    /// Where on the page a range of the document's normalised text came from.
    pub fn locate(&self, normalized: Range<usize>) -> Range<usize> {
        let location = self.document.locate(normalized);
        match location.field {
            Field::Title => self.title.on_page(location.range),
            Field::Text => self.text.on_page(location.range),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::split;

    #[test]
    fn a_word_cut_by_the_column_is_led_back_to_the_page() {
        let page = "县里开会部署安全生产\n\n本报讯 6月1日，全县安全生产会议召开，要求各地全面排查安全隐\n\n患，限期整改到位。（李明 王强）\n";
        let article = &split(page).articles[0];
        let document = ArticleDocument::new(article, page);
        let find = |word: &str| {
            let start = document.document().normalized().rfind(word).expect("present");
            &page[document.locate(start..start + word.len())]
        };
        assert_eq!(find("隐患"), "隐\n\n患");
        assert_eq!(find("整改"), "整改");
        assert_eq!(find("部署"), "部署");
    }

    /// The break was led to the byte after the line, in the middle of the white space there.
    #[test]
    fn a_break_between_paragraphs_is_led_to_the_end_of_the_first() {
        let first = "本报讯 6月1日，全县安全生产会议召开，要求各地全面排查安全隐患。";
        let page = format!("县里开会部署安全生产\n\n{first}\u{3000}\n会议通报，水质比去年改善。\n");
        let article = &split(&page).articles[0];
        let document = ArticleDocument::new(article, &page);
        let normalized = document.document().normalized();
        let end = normalized.find("\n会议").expect("a break") + 1;
        let place = document.locate(document.document().body_start()..end);
        assert!(page.get(place.clone()).is_some_and(|text| text.ends_with("隐患。")), "{place:?}");
    }
}
