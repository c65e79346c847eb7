//! The stretches of a page that spoke for the topics of an article.

use std::ops::Range;

use crate::answer::Article;

/// Terms of evidence to ask for, for each topic.
pub(crate) const EVIDENCE: u32 = 24;

/// A stretch of the page that spoke for a topic.
pub(super) struct Evidence<'a> {
    /// Bytes of the page.
    pub(super) range: Range<usize>,
    /// Place of the topic in the model.
    pub(super) topic: usize,
    pub(super) name_zh: &'a str,
    /// What it added, relative to the strongest term of the topic: above 0, at most 1.
    pub(super) strength: f64,
}

/// What spoke for the assigned topics, by place on the page.
pub(super) fn evidence(article: &Article) -> Vec<Evidence<'_>> {
    let mut evidence = Vec::new();
    for (place, topic) in article.assigned() {
        let supporting = topic.explanation.iter().flat_map(|explanation| &explanation.supporting);
        let strongest = supporting.clone().map(|term| term.added).fold(f64::MIN_POSITIVE, f64::max);
        for term in supporting {
            evidence.extend(term.places.iter().map(|range| Evidence {
                range: range.clone(),
                topic: place,
                name_zh: &topic.name_zh,
                strength: term.added / strongest,
            }));
        }
    }
    evidence.sort_by_key(|evidence| (evidence.range.start, evidence.range.end));
    evidence
}
