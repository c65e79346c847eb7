//! What breaking a text into lines hides: that a line is text, who wrote it, and how the text ends.

use super::feature::{Feature, Features};
use super::line::Line;
use super::signs;

/// Notices everything of the kind. `broken` says for each line whether its sentence was broken before it.
pub(super) fn notice(lines: &[Line<'_>], broken: &[bool], features: &mut [Features]) {
    notice_broken_names(lines, broken, features);
    notice_broken(broken, features);
    notice_briefs_before(features);
}

/// Names in brackets that were broken across two lines.
fn notice_broken_names(lines: &[Line<'_>], broken: &[bool], features: &mut [Features]) {
    for index in 1..lines.len() {
        let (before, tail) = (&lines[index - 1].sketch.tail, &lines[index].sketch.tail);
        if broken[index] && tail.ends_with(')') && !tail.contains('(') {
            let joined = format!("{before}{tail}");
            features[index].insert_if(signs::end_byline(&joined).is_some(), Feature::EndByline);
        }
    }
}

/// What breaking a text into lines hides: that a line is text, and how the text ends.
fn notice_broken(broken: &[bool], features: &mut [Features]) {
    let mut credit = false;
    for index in (0..features.len()).rev() {
        let unfinished = broken.get(index + 1).copied().unwrap_or(false);
        let found = &mut features[index];
        credit = if unfinished { credit } else { found.has_any(&[Feature::Credit, Feature::CreditOnly]) };
        found.insert_if(unfinished && !found.has(Feature::VeryLong), Feature::Unfinished);
        found.insert_if(unfinished && credit && !broken[index], Feature::CreditAhead);
    }
}

/// A short item or a caption has no title below it.
fn notice_briefs_before(features: &mut [Features]) {
    let mut brief = false;
    for found in features {
        found.insert_if(brief, Feature::AfterBrief);
        if found.has_any(&[Feature::Brief, Feature::CreditAhead, Feature::Credit]) {
            brief = true;
        } else if found.has_any(&[Feature::Dateline, Feature::Salutation]) {
            brief = false;
        }
    }
}
