//! Short lines in a row: a poem, or a list of links.

use super::feature::{Feature, Features};
use super::line::Line;

/// So many lines of a menu make a page a saved web page.
const WEB_LINES: usize = 3;
/// So many headline-like lines in a row are a list of links, on a web page and on one of print.
const FEWEST_LINKS: [usize; 2] = [3, 6];
/// Longest verse, in characters.
const LONGEST_VERSE: usize = 14;
/// What headlines and links look like.
const HEADING: [Feature; 6] = [
    Feature::Tiny,
    Feature::ShortOpen,
    Feature::MiddleOpen,
    Feature::LongOpen,
    Feature::Asking,
    Feature::NumberedHead,
];
/// What no link is.
const NO_LINK: [Feature; 11] = [
    Feature::DayOnly,
    Feature::EndByline,
    Feature::Verse,
    Feature::Unfinished,
    Feature::Tabular,
    Feature::Source,
    Feature::Byline,
    Feature::DashLead,
    Feature::Masthead,
    Feature::BracketLine,
    Feature::Signer,
];
/// What no verse is.
const NOT_VERSE: [Feature; 5] =
    [Feature::Masthead, Feature::Contact, Feature::SiteWord, Feature::Byline, Feature::BracketLine];

/// Whether a page is a saved web page.
pub(super) fn is_web(features: &[Features]) -> bool {
    let menus = [Feature::SiteWords, Feature::Trail, Feature::Link, Feature::Contacts];
    features.iter().filter(|found| found.has_any(&menus)).count() >= WEB_LINES
}

/// Short lines one below the other are a poem. Not asked of a web page, where they are menus.
pub(super) fn notice_verse(lines: &[Line<'_>], features: &mut [Features]) {
    let plain = |index: usize| {
        let sketch = &lines[index].sketch;
        sketch.chars <= LONGEST_VERSE
            && sketch.digits == 0
            && sketch.chars >= 3
            && !features[index].has_any(&NOT_VERSE)
    };
    let verse: Vec<bool> = (0..lines.len()).map(plain).collect();
    for index in 1..lines.len().saturating_sub(1) {
        let tight = lines[index].blanks == 0 || lines[index + 1].blanks == 0;
        let row = verse[index - 1] && verse[index] && verse[index + 1];
        features[index].insert_if(tight && row, Feature::Verse);
    }
}

/// Entries of a list of links: so many headlines in a row have no texts.
pub(super) fn notice_lists(lines: &[Line<'_>], web: bool, features: &mut [Features]) {
    let fewest = FEWEST_LINKS[usize::from(!web)];
    let mut start = 0;
    for index in 0..=features.len() {
        let link = features.get(index).is_some_and(|found| {
            // Round and square bullets stand before an article's own list, dots and asterisks before links.
            let own_list = found.has(Feature::Bullet)
                && !lines[index].text.starts_with(['·', '*', '•', '▪', '▶', '►', '👉']);
            found.has_any(&HEADING) && !found.has_any(&NO_LINK) && !own_list
        });
        if !link {
            if index - start >= fewest {
                features[start..index].iter_mut().for_each(|found| found.insert(Feature::ListRun));
            }
            start = index + 1;
        }
    }
}
