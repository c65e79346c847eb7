//! What belongs to no article, and why it was set aside.

use std::ops::Range;

use super::feature::{Feature, Features};

/// Why a line belongs to no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A newspaper page's head, or a campaign's banner.
    Banner,
    /// The name of a column or of a row of items.
    ColumnHead,
    /// Menus, trails, pagers, buttons, links.
    Navigation,
    /// Telephone, address, licence, copyright, staff.
    Contact,
    /// Nothing of the kind; it only belongs to no article.
    Other,
}

/// A line that belongs to no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// Why it was set aside.
    pub reason: Reason,
    /// Its bytes on the page.
    pub range: Range<usize>,
}

type Table = [(Reason, &'static [Feature])];

/// On a page saved from a site the first that applies gives the reason.
const ON_SITES: &Table = &[
    (Reason::Banner, &[Feature::Masthead, Feature::Slogan]),
    (Reason::Contact, &[Feature::Contact, Feature::Staff]),
    (
        Reason::Navigation,
        &[
            Feature::SiteWords,
            Feature::Trail,
            Feature::Link,
            Feature::EndsWithNext,
            Feature::Menu,
            Feature::SiteWord,
        ],
    ),
    (Reason::ColumnHead, &[Feature::ColumnHead, Feature::ColumnName, Feature::Emphasis]),
    (Reason::Navigation, &[Feature::Repeated, Feature::Source]),
];

/// The same on a printed page, where three short words in a row are a slogan and no menu.
const IN_PRINT: &Table = &[
    (Reason::Banner, &[Feature::Masthead, Feature::Slogan, Feature::CampaignLead, Feature::Balanced]),
    (Reason::Contact, &[Feature::Contact, Feature::Staff]),
    (Reason::Navigation, &[Feature::SiteWords, Feature::Trail, Feature::Link, Feature::EndsWithNext]),
    (
        Reason::ColumnHead,
        &[
            Feature::ColumnHead,
            Feature::ColumnName,
            Feature::ColumnWord,
            Feature::Label,
            Feature::Emphasis,
            Feature::Repeated,
        ],
    ),
];

/// Why a line with these features was set aside; `web` says whether the page was saved from a site.
pub(super) fn reason(features: Features, web: bool) -> Reason {
    let table = if web { ON_SITES } else { IN_PRINT };
    table.iter().find(|(_, signs)| features.has_any(signs)).map_or(Reason::Other, |(reason, _)| *reason)
}
