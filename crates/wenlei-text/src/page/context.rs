//! What a line's neighbours say of it, and what stands between two lines.

use rustc_hash::FxHashMap;

use super::cohesion::overlap;
use super::column;
use super::feature::{Feature, Features};
use super::line::Line;
use super::markers::BRIEFS_WORDS;
use super::notice;
use super::signs;

/// Shares of common vocabulary below which two sides are strangers, and above which they are one article.
const RIFT: f32 = 0.02;
const TIE: f32 = 0.08;
/// Shortest line that counts as repeated, in characters.
const SHORTEST_REPEATED: usize = 2;

/// What an article's last line has.
pub(super) const ENDS: [Feature; 5] =
    [Feature::EndByline, Feature::BracketLine, Feature::Credit, Feature::CreditOnly, Feature::DayOnly];

/// What stands between a line and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Junction {
    /// A sentence was broken here.
    pub(super) broken: bool,
    /// More blank lines than usual on the page.
    pub(super) gap: bool,
    /// The line before ends as articles end: names in brackets, a credit, a signature's day.
    pub(super) end: bool,
    /// The line before ends a photograph's caption.
    pub(super) credit: bool,
}

/// The lines with all that was noticed about them.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The features of each line.
    pub(super) features: Vec<Features>,
    /// What stands before each line.
    pub(super) junctions: Vec<Junction>,
}

impl Context {
    /// Looks at all lines of a page.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let mut features: Vec<Features> = lines.iter().map(notice::features).collect();
        notice_repetition(lines, &mut features);
        notice_briefs(lines, &mut features);
        notice_notes(lines, &mut features);
        notice_tables(lines, &mut features);
        notice_verse(lines, &mut features);
        let broken = column::broken(lines, &features);
        notice_broken_names(lines, &broken, &mut features);
        notice_broken(&broken, &mut features);
        notice_briefs_before(&mut features);
        notice_lists(lines, &mut features);
        let web = is_web(&features);
        let junctions = junctions(lines, &features, &broken);
        let noticed = features.clone();
        let marked = habit(&features);
        for index in 0..lines.len() {
            notice_next(lines, &noticed, index, &mut features[index]);
            notice_previous(lines, index, &mut features[index]);
            let day = noticed.get(index + 1).is_some_and(|next| next.has(Feature::DayOnly));
            let dated =
                web && day && !noticed[index].has_any(&[Feature::Signer, Feature::SiteWord, Feature::Source]);
            features[index].insert_if(dated, Feature::BeforeSource);
            notice_habit(marked, &noticed, index, &mut features[index]);
            notice_vocabulary(lines, index, &mut features[index]);
        }
        Self { features, junctions }
    }
}

fn notice_repetition(lines: &[Line<'_>], features: &mut [Features]) {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for line in lines {
        *counts.entry(line.text).or_default() += 1;
    }
    for (line, found) in lines.iter().zip(features) {
        let repeated = counts[line.text] > 1 && line.sketch.chars >= SHORTEST_REPEATED;
        found.insert_if(repeated && line.sketch.stops == 0, Feature::Repeated);
    }
}

/// Bulleted lines below 简讯, 一句话新闻 and the like are news items of their own.
fn notice_briefs(lines: &[Line<'_>], features: &mut [Features]) {
    let mut under_head = false;
    for (line, found) in lines.iter().zip(features) {
        let head: String = line.sketch.head.chars().filter(|c| *c != ' ').collect();
        let site = [Feature::SiteWord, Feature::SiteWords, Feature::Menu, Feature::CaptionLead];
        let short = line.sketch.chars <= 10 && line.sketch.stops == 0 && !found.has_any(&site);
        if short && BRIEFS_WORDS.iter().any(|word| head.contains(word)) {
            under_head = true;
            found.insert(Feature::ColumnHead);
        } else if (found.has(Feature::Bullet) || head.starts_with('【'))
            && !found.has(Feature::CaptionLead)
            && under_head
        {
            found.insert(Feature::Brief);
        } else if found.has(Feature::Dateline) {
            under_head = false;
        }
    }
}

/// Characters an editor's word may have.
const LONGEST_NOTE: usize = 450;

/// A dateline below the editor's word belongs to the article the word is about.
fn notice_notes(lines: &[Line<'_>], features: &mut [Features]) {
    let mut length = None;
    for (line, found) in lines.iter().zip(features) {
        let note = length.filter(|length| *length <= LONGEST_NOTE);
        found.insert_if(note.is_some() && found.has(Feature::Dateline), Feature::AfterNote);
        length = match note {
            _ if found.has(Feature::EditorsNote) => Some(line.sketch.chars),
            Some(length)
                if !found.has_any(&[Feature::Dateline, Feature::Byline]) && !found.has_any(&ENDS) =>
            {
                Some(length + line.sketch.chars)
            }
            _ => None,
        };
    }
}

/// The row of names above a table's figures.
fn notice_tables(lines: &[Line<'_>], features: &mut [Features]) {
    for index in 1..lines.len() {
        let (above, below) = (&lines[index - 1].sketch, &lines[index].sketch);
        let same = above.pieces >= 3 && above.pieces == below.pieces;
        features[index - 1].insert_if(same && features[index].has(Feature::Tabular), Feature::Tabular);
    }
}

/// So many lines of a menu make a page a saved web page.
const WEB_LINES: usize = 2;

/// Whether a page is a saved web page.
fn is_web(features: &[Features]) -> bool {
    let menus = [Feature::SiteWords, Feature::Trail, Feature::Link, Feature::Contacts];
    features.iter().filter(|found| found.has_any(&menus)).count() >= WEB_LINES
}

/// So many headline-like lines in a row are a list of links, on a web page and on one of print.
const LONGEST_HEADS: [usize; 2] = [3, 6];
const HEADING: [Feature; 6] = [
    Feature::Tiny,
    Feature::ShortOpen,
    Feature::MiddleOpen,
    Feature::LongOpen,
    Feature::Asking,
    Feature::NumberedHead,
];
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

fn notice_lists(lines: &[Line<'_>], features: &mut [Features]) {
    let fewest = if is_web(features) { LONGEST_HEADS[0] } else { LONGEST_HEADS[1] };
    let mut start = 0;
    for index in 0..=features.len() {
        let link = features.get(index).is_some_and(|found| {
            // Round and square bullets stand before an article's own list, dots and asterisks before links.
            let own_list = found.has(Feature::Bullet) && !lines[index].text.starts_with(['·', '*', '•']);
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

/// Short lines one below the other are a poem, unless the page has menus.
fn notice_verse(lines: &[Line<'_>], features: &mut [Features]) {
    if is_web(features) {
        return;
    }
    let plain = |index: usize| {
        let sketch = &lines[index].sketch;
        sketch.chars <= 14 && sketch.digits == 0 && sketch.chars >= 3 && !features[index].has_any(&NOT_VERSE)
    };
    let verse: Vec<bool> = (0..lines.len()).map(plain).collect();
    for index in 1..lines.len().saturating_sub(1) {
        let tight = lines[index].blanks == 0 || lines[index + 1].blanks == 0;
        let row = verse[index - 1] as u8 + verse[index + 1] as u8 + verse[index] as u8 == 3;
        features[index].insert_if(tight && row, Feature::Verse);
    }
}

const NOT_VERSE: [Feature; 5] =
    [Feature::Masthead, Feature::Contact, Feature::SiteWord, Feature::Byline, Feature::BracketLine];

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

fn junctions(lines: &[Line<'_>], features: &[Features], broken: &[bool]) -> Vec<Junction> {
    let usual = usual_blanks(lines);
    (0..lines.len())
        .map(|index| {
            let before = index.checked_sub(1).map(|before| features[before]).unwrap_or_default();
            Junction {
                broken: broken[index],
                gap: lines[index].blanks > usual,
                end: before.has_any(&ENDS),
                credit: before.has_any(&[Feature::Credit, Feature::CreditOnly]),
            }
        })
        .collect()
}

/// The number of blank lines that most neighbours have between them.
fn usual_blanks(lines: &[Line<'_>]) -> usize {
    let mut counts = [0_usize; 4];
    for line in lines.iter().skip(1) {
        counts[line.blanks.min(3)] += 1;
    }
    (0..counts.len()).max_by_key(|blanks| (counts[*blanks], usize::MAX - blanks)).unwrap_or(0)
}

fn notice_next(lines: &[Line<'_>], noticed: &[Features], index: usize, found: &mut Features) {
    let (Some(next), Some(line)) = (noticed.get(index + 1), lines.get(index + 1)) else { return };
    found.insert_if(index > 0 && lines[index].blanks < line.blanks, Feature::NearAbove);
    found.insert_if(lines[index].blanks > line.blanks, Feature::NearBelow);
    found.insert_if(next.has_any(&[Feature::Dateline, Feature::Byline]), Feature::BeforeBody);
    found.insert_if(next.has(Feature::DashLead), Feature::BeforeDash);
    let heading = next.has_any(&[Feature::ShortOpen, Feature::MiddleOpen, Feature::Asking, Feature::Tiny]);
    let label = lines[index].sketch.chars <= 6 && lines[index].sketch.chars >= 3;
    let name = !found.has_any(&[Feature::Colon, Feature::Asking])
        && !next.has_any(&[Feature::Byline, Feature::Unfinished]);
    found.insert_if(label && heading && name, Feature::Label);
    found.insert_if(label && index == 0, Feature::ColumnName);
    let table = next.has(Feature::Tabular) && !found.has(Feature::Tabular);
    found.insert_if(table, Feature::BeforeTable);
    let prose = next.has_any(&[Feature::VeryLong, Feature::MiddleClosed]);
    found.insert_if(prose, Feature::BeforeProse);
    found.insert_if(next.has(Feature::Source) && !next.has(Feature::SiteWords), Feature::BeforeSource);
    let (this, next) = (lines[index].sketch.head.as_str(), line.sketch.head.as_str());
    let longer = this.len() > next.len() && line.sketch.chars > 5;
    found.insert_if(longer && (this.ends_with(next) || trail_end(this, next)), Feature::EndsWithNext);
}

/// A trail whose last step begins with the next line: the title went on on the line after.
fn trail_end(trail: &str, title: &str) -> bool {
    trail.rsplit(['>', '›', '»']).next().is_some_and(|last| last.trim().starts_with(title))
        && trail.contains(['>', '›', '»'])
}

/// Signs of a beginning or an end of an article.
const MARKS: [Feature; 3] = [Feature::Dateline, Feature::Byline, Feature::EndByline];
/// With so many marks a page has the habit of them.
const HABIT: usize = 3;

/// Lines between a first line of heads and the dateline.
const MOST_HEADS: usize = 3;

fn habit(features: &[Features]) -> bool {
    features.iter().filter(|found| found.has_any(&MARKS)).count() >= HABIT
}

fn notice_habit(marked: bool, noticed: &[Features], index: usize, found: &mut Features) {
    let next = &noticed[index + 1..noticed.len().min(index + 1 + MOST_HEADS)];
    let begins = next.iter().any(|next| next.has_any(&[Feature::Dateline, Feature::Byline]));
    let before = index.checked_sub(1).map(|before| noticed[before]).unwrap_or_default();
    let near = begins || before.has_any(&ENDS);
    found.insert_if(marked && !near && !found.has(Feature::NoticeTitle), Feature::Unmarked);
}

fn notice_previous(lines: &[Line<'_>], index: usize, found: &mut Features) {
    let line = &lines[index].sketch;
    let repeats = |back: usize| {
        index.checked_sub(back).is_some_and(|before| {
            let before = lines[before].sketch.head.as_str();
            before.len() > line.head.len() && (before.ends_with(&line.head) || trail_end(before, &line.head))
        })
    };
    found
        .insert_if(line.chars > 5 && line.is_whole() && (repeats(1) || repeats(2)), Feature::RepeatsPrevious);
}

/// Where lines alone don't decide whether a short one heads an article or a section, the words on both sides do.
fn notice_vocabulary(lines: &[Line<'_>], index: usize, found: &mut Features) {
    let line = &lines[index].sketch;
    let heading =
        [Feature::Tiny, Feature::ShortOpen, Feature::MiddleOpen, Feature::LongOpen, Feature::Asking];
    let after_text = index.checked_sub(1).is_some_and(|before| lines[before].sketch.stops > 0);
    if !after_text
        || !found.has_any(&heading)
        || found.has(Feature::Continuing)
        || signs::is_closed(&line.tail) && line.stops > 0
    {
        return;
    }
    let Some(overlap) = overlap(lines, index) else { return };
    found.insert_if(overlap < RIFT, Feature::Rift);
    found.insert_if(overlap > TIE, Feature::Tie);
}
