//! Headings of one build: 产业旺, 生态美, 乡风好 head the sections of one article, and seldom three articles.

use super::feature::{Feature, Features};
use super::line::Line;

/// What a heading of any kind looks like.
const HEADINGS: [Feature; 4] =
    [Feature::ShortOpen, Feature::MiddleOpen, Feature::Asking, Feature::NumberedHead];
/// Lines between two headings that are compared.
const FAR: usize = 14;
/// Characters that headings of one build have in common, in the same places from the beginning or from the end.
const COMMON: usize = 2;
/// By so many characters they differ in length.
const LONGER: usize = 2;

/// Notices for each heading whether one of the same build stands near. Headings that follow each other directly are
/// lines of one.
pub(super) fn notice(lines: &[Line<'_>], features: &mut [Features]) {
    let headings: Vec<(usize, Vec<char>)> = (0..lines.len())
        .filter(|at| features[*at].has_any(&HEADINGS))
        .map(|at| (at, lines[at].sketch.head.chars().filter(|c| *c != ' ').collect()))
        .collect();
    for (index, (at, heading)) in headings.iter().enumerate() {
        let near = headings[index + 1..].iter().take_while(|(other, _)| other - at <= FAR);
        for (other, _) in near.filter(|(other, next)| other - at > 1 && are_parallel(heading, next)) {
            features[*at].insert(Feature::ParallelBelow);
            features[*other].insert(Feature::ParallelAbove);
        }
    }
}

fn are_parallel(one: &[char], other: &[char]) -> bool {
    let common = |pairs: &mut dyn Iterator<Item = (&char, &char)>| {
        pairs.filter(|(one, other)| one == other && one.is_alphanumeric()).count()
    };
    let begins_alike = common(&mut one.iter().zip(other)) >= COMMON;
    let ends_alike = common(&mut one.iter().rev().zip(other.iter().rev())) >= COMMON;
    let worded_alike = one.len().abs_diff(other.len()) <= LONGER && (begins_alike || ends_alike);
    worded_alike || one.len() == other.len() && are_pointed_alike(one, other)
}

/// Whether two headings of one length have their marks in the same places, and have any.
fn are_pointed_alike(one: &[char], other: &[char]) -> bool {
    let marks = |text: &[char]| -> Vec<(usize, char)> {
        text.iter().copied().enumerate().filter(|(_, c)| !c.is_alphanumeric()).collect()
    };
    let marks_of_one = marks(one);
    !marks_of_one.is_empty() && marks_of_one == marks(other)
}

#[cfg(test)]
mod tests {
    use super::are_parallel;

    #[test]
    fn headings_of_one_build_are_known_by_their_words_or_marks() {
        let table = [
            ("算好生态账", "算好发展账", true),
            ("产业旺了", "钱袋子鼓了", false),
            ("路通了,人来了", "水清了,鱼回了", true),
            ("\"早\"字当头", "\"严\"字把关", true),
            ("葡萄熟了", "县里部署安全整治", false),
            ("葡萄熟了", "水厂停了", false),
        ];
        for (one, other, expected) in table {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(are_parallel(&characters(one), &characters(other)), expected, "{one} {other}");
        }
    }
}
