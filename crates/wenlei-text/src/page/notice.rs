//! Noticing the features of a line that lie in the line itself.
//!
//! This module must not know the neighbours; they are the concern of [`super::context`].

use super::feature::{Feature, Features};
use super::line::Line;
use super::markers::{
    BULLETS, CAMPAIGN_LEADS, CAPTION_LEADS, COLUMN_ENDS, CONTINUED_LEADS, EDITORS_LEADS, MOMENTS, NOTE_LEADS,
    NOTICE_ENDS, ORNAMENTS, OVERTITLE_ENDS, OWN_WORDS, SALUTATIONS, SIGNER_ENDS, SITE_LEADS, STAFF_LEADS,
};
use super::signs;
use super::sketch::Sketch;
use super::words::{Table, Words};

/// Longest headline without a gap, in characters.
const SHORT: usize = 16;
/// Longest headline.
const MIDDLE: usize = 34;
/// From here on a line is a paragraph.
const LONG: usize = 62;
/// Longest line that is searched for the words of page heads, contacts and menus.
const LONGEST_FURNITURE: usize = 140;
/// Longest name of a kind of notice that stands alone.
const LONGEST_SHORT_NOTICE: usize = 9;
/// Longest name of a column, without gaps and with them.
const LONGEST_COLUMN: usize = 10;
const LONGEST_NAMED: usize = 2 * LONGEST_COLUMN;
/// Shortest text after a bullet or 【…】 that is an item of its own.
const SHORTEST_BRIEF: usize = 13;

/// The features of one line.
pub(super) fn features(line: &Line<'_>) -> Features {
    let mut found = Features::default();
    found.insert(Feature::Any);
    notice_form(&line.sketch, &mut found);
    notice_heads(line, &mut found);
    notice_names(line, &mut found);
    if line.sketch.chars <= LONGEST_FURNITURE {
        let words = Words::of(&line.sketch.head);
        notice_words(&line.sketch, &words, &mut found);
        notice_furniture(&line.sketch, &words, &mut found);
        notice_column_head(line, &words, &mut found);
    }
    found
}

fn notice_form(sketch: &Sketch, found: &mut Features) {
    let closed = signs::is_closed(&sketch.tail);
    let length = sketch.chars;
    let asking = sketch.tail.trim_end_matches('"').ends_with(['?', '!', '…']) && length <= MIDDLE;
    let form = match length {
        0..=3 => Feature::Tiny,
        _ if length > LONG => Feature::VeryLong,
        _ if asking && sketch.stops == 0 => Feature::Asking,
        _ if closed && length <= MIDDLE => Feature::ShortClosed,
        _ if closed => Feature::MiddleClosed,
        _ if length <= SHORT => Feature::ShortOpen,
        _ if length <= MIDDLE => Feature::MiddleOpen,
        _ => Feature::LongOpen,
    };
    found.insert(form);
    found.insert_if(sketch.tail.ends_with(':'), Feature::Colon);
    found.insert_if(sketch.tail.ends_with([',', '、', ';']), Feature::Continuing);
    found.insert_if(sketch.stops > 0, Feature::FullStop);
    found.insert_if(sketch.letters == 0 && sketch.digits == 0, Feature::Rule);
    let numbers = sketch.digits * 5 >= sketch.chars;
    found.insert_if(sketch.pieces >= 3 && numbers && sketch.stops == 0, Feature::Tabular);
}

fn notice_heads(line: &Line<'_>, found: &mut Features) {
    let sketch = &line.sketch;
    let (head, tail) = (sketch.head.as_str(), sketch.tail.as_str());
    let starts = |table: &[&str]| table.iter().any(|lead| head.starts_with(lead));
    let ends = |table: &[&str]| table.iter().any(|end| tail.ends_with(end));
    let brief = sketch.chars <= MIDDLE;
    found.insert_if(signs::is_dateline(head), Feature::Dateline);
    found.insert_if(
        starts(&["——", "--", "一一", "—", "──"]) && sketch.letters > 3 && sketch.chars < LONG,
        Feature::DashLead,
    );
    found.insert_if(sketch.chars < LONG && ends(&OVERTITLE_ENDS), Feature::OvertitleEnd);
    if sketch.chars <= LONGEST_SHORT_NOTICE {
        found.insert_if(ends_notice(head), Feature::ShortNotice);
    } else if sketch.chars < LONG {
        let notice = tail.trim_end_matches(|c: char| c == ')' || c == '(' || c.is_numeric());
        found.insert_if(NOTICE_ENDS.iter().any(|end| notice.ends_with(end)), Feature::NoticeTitle);
    }
    found.insert_if(starts(&OWN_WORDS), Feature::OwnWord);
    found.insert_if(signs::has_glued_head(head), Feature::GluedHead);
    let numbered = signs::is_numbered(head);
    let heading = brief && !signs::is_closed(tail) && sketch.stops == 0;
    found.insert_if(numbered, if heading { Feature::NumberedHead } else { Feature::NumberedItem });
    let lone_number = head.len() == 2 && head.starts_with('0') && sketch.digits == 2;
    found.insert_if(lone_number, Feature::NumberedHead);
    found.insert_if(head.starts_with(BULLETS), Feature::Bullet);
    found.insert_if(is_titled_item(head) && sketch.chars >= SHORTEST_BRIEF, Feature::Brief);
    found.insert_if(starts(&CAPTION_LEADS), Feature::CaptionLead);
    found.insert_if(signs::opens_with_day(head) || starts(&MOMENTS), Feature::Moment);
    let bare = head.trim_start_matches(ORNAMENTS);
    found.insert_if(NOTE_LEADS.iter().any(|lead| bare.starts_with(lead)), Feature::Note);
    let letter = starts(&SALUTATIONS) && tail.ends_with([':', ',']) && sketch.chars <= SHORT;
    found.insert_if(letter, Feature::Salutation);
    found.insert_if(EDITORS_LEADS.iter().any(|lead| bare.starts_with(lead)), Feature::EditorsNote);
    found.insert_if(starts(&CONTINUED_LEADS), Feature::Continued);
}

/// Whether a line ends in a notice's name, letter-spaced or not.
fn ends_notice(head: &str) -> bool {
    let compact: String = head.chars().filter(|c| *c != ' ').collect();
    NOTICE_ENDS.iter().any(|end| compact.ends_with(end))
}

/// Whether a line ends as columns' and papers' names do, letter-spaced or not.
fn ends_column(bare: &str) -> bool {
    let plain: String = bare.chars().filter(|c| *c != ' ').collect();
    plain.chars().count() <= LONGEST_COLUMN && COLUMN_ENDS.iter().any(|end| plain.ends_with(end))
}

/// What tells a headline, which says who does what, from a column's name or a slogan.
fn notice_words(sketch: &Sketch, words: &Words, found: &mut Features) {
    if sketch.chars > LONG || sketch.stops > 0 {
        return;
    }
    found.insert_if(sketch.chars <= SHORT && words.any(Table::Column), Feature::ColumnWord);
    found.insert_if(words.any(Table::Actor), Feature::Actor);
    found.insert_if(words.any(Table::Deed), Feature::Deed);
    let mut pieces = sketch.head.split([' ', ',']).map(|piece| piece.chars().count());
    let first = pieces.next().unwrap_or_default();
    let mut more = 0;
    let same = pieces.inspect(|_| more += 1).all(|length| length == first);
    found.insert_if(same && more > 0 && (3..=12).contains(&first), Feature::Balanced);
}

/// `【题目】正文` that isn't a marker in such brackets.
fn is_titled_item(head: &str) -> bool {
    let Some(rest) = head.strip_prefix('【') else { return false };
    let Some(end) = rest.find('】') else { return false };
    let (title, text) = (&rest[..end], &rest[end + '】'.len_utf8()..]);
    let marker = signs::is_dateline(title) || NOTE_LEADS.iter().any(|lead| title.starts_with(lead));
    title.chars().count() >= 3 && !text.is_empty() && !text.starts_with([' ', '【']) && !marker
}

fn notice_names(line: &Line<'_>, found: &mut Features) {
    let sketch = &line.sketch;
    let short = sketch.chars <= MIDDLE;
    if sketch.head.starts_with("(本版") {
        return;
    }
    if let Some(range) = signs::end_byline(&sketch.tail) {
        let whole = range.start == 0 && short;
        found.insert(if whole { Feature::BracketLine } else { Feature::EndByline });
    } else if short && signs::is_bracketed(&sketch.head) {
        found.insert(Feature::BracketLine);
    }
    if let Some(range) = signs::credit(&sketch.tail) {
        let whole = range.start == 0 && sketch.is_whole();
        found.insert(if whole { Feature::CreditOnly } else { Feature::Credit });
    }
    found.insert_if(short && signs::is_byline(&sketch.head), Feature::Byline);
    let plain = sketch.commas == 0 && sketch.chars <= 40 && sketch.digits == 0;
    let first = sketch.head.split(' ').next().unwrap_or_default();
    let signer = |name: &str| SIGNER_ENDS.iter().any(|end| name.ends_with(end));
    found.insert_if(plain && (signer(&sketch.head) || signer(first) && short), Feature::Signer);
    found.insert_if(short && signs::is_day_only(&sketch.head), Feature::DayOnly);
}

fn notice_furniture(sketch: &Sketch, words: &Words, found: &mut Features) {
    let head = sketch.head.as_str();
    let prose = sketch.stops > 0 && sketch.chars > 30;
    let dated = head.contains("星期") && sketch.digits >= 3;
    let page = head.contains('版') && (sketch.digits >= 1 || head.contains('第')) && sketch.chars <= 60;
    let masthead = words.count(Table::Masthead);
    let day = head.contains('年') && head.contains('月') && head.contains('日') && sketch.chars <= 36;
    let continued = CONTINUED_LEADS.iter().any(|lead| head.starts_with(lead));
    let named = !continued && (masthead >= 1 || day) && (page || dated) || masthead >= 2;
    found.insert_if(!prose && (named || dated && sketch.stops == 0), Feature::Masthead);
    let hidden = head.matches(['×', 'X', '*']).count();
    let reachable = sketch.digits + hidden >= 5 || head.contains('@');
    found.insert_if(words.count(Table::Copyright) > 0, Feature::Contacts);
    let own = SITE_LEADS.iter().any(|lead| head.strip_prefix(lead).is_some_and(is_site_label));
    found.insert_if(own && !prose, Feature::SiteWords);
    let contacts = words.count(Table::Contact) + if reachable { words.count(Table::Reach) } else { 0 };
    let number = sketch.digits >= 7 && sketch.digits * 2 > sketch.chars && sketch.pieces <= 2;
    let number = number && !signs::is_day_only(head) && head.contains('-');
    found.insert_if(!prose && (contacts > 0 || number), Feature::Contact);
    found.insert_if(!prose && contacts > 1, Feature::Contacts);
    found.insert_if(sketch.stops == 0 && signs::ends_with_day(&sketch.tail), Feature::ListEntry);
    found.insert_if(head.starts_with("(本版") || head.starts_with("本版"), Feature::Masthead);
    // A menu has no commas; half a sentence in a narrow column has.
    let running = head.contains([',', '、']) && sketch.pieces <= 3 && !found.has(Feature::Bullet);
    let site = if running { 0 } else { words.count(Table::Site) + words.count(Table::Reach).min(1) };
    found.insert_if(!prose && site == 1, Feature::SiteWord);
    found.insert_if(!prose && site > 1, Feature::SiteWords);
    found.insert_if(!prose && signs::is_trail(sketch), Feature::Trail);
    found.insert_if(head.contains("]("), Feature::Link);
    let source = words.count(Table::Source) > 0 && sketch.stops == 0;
    found.insert_if(words.count(Table::Source) > 1 && sketch.stops == 0, Feature::FullSource);
    found.insert_if(source, Feature::Source);
    let named = ["来源", "稿源", "信息来源", "文章来源"].iter().any(|lead| head.starts_with(lead));
    found.insert_if(named && sketch.stops == 0, Feature::SourceName);
    found.insert_if(!prose && is_staff(head), Feature::Staff);
    let menu = sketch.pieces >= 3
        && sketch.longest_piece <= 8
        && sketch.stops == 0
        && sketch.digits * 4 < sketch.chars;
    found.insert_if(menu, Feature::Menu);
}

/// Whether what follows a site's word leaves it one: nothing, a colon, a gap, 到.
fn is_site_label(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| matches!(c, ':' | ' ' | '|' | '[' | '(' | '到' | '【'))
        || rest.chars().count() <= 2
}

/// `编辑：某某 审核：某某`.
fn is_staff(head: &str) -> bool {
    let bare = head.trim_start_matches(|c: char| ORNAMENTS.contains(&c) || c == '(' || c == ' ');
    STAFF_LEADS
        .iter()
        .any(|lead| bare.strip_prefix(lead).is_some_and(|rest| rest.starts_with([':', ' ', '|', '/'])))
}

fn notice_column_head(line: &Line<'_>, words: &Words, found: &mut Features) {
    let sketch = &line.sketch;
    let head = sketch.head.as_str();
    let bare = head.trim_matches(|c: char| ORNAMENTS.contains(&c) || c == ' ');
    let length = bare.chars().count();
    if sketch.stops > 0 || length > MIDDLE {
        return;
    }
    let ornate = head.len() > bare.len() && !head.starts_with(['"', '\'']) && !found.has(Feature::DashLead);
    let closed_ornaments = ornate && head.starts_with(ORNAMENTS) && head.ends_with(ORNAMENTS) && length <= 20;
    let spaced = sketch.pieces >= 3 && sketch.longest_piece == 1;
    found.insert_if(
        closed_ornaments || spaced || ornate && head.starts_with(ORNAMENTS) && length <= 6,
        Feature::ColumnHead,
    );
    found.insert_if(length <= LONGEST_NAMED && ends_column(bare), Feature::ColumnName);
    let lead = sketch.chars <= SHORT && CAMPAIGN_LEADS.iter().any(|lead| bare.starts_with(lead));
    found.insert_if(lead, Feature::CampaignLead);
    let slogan = words.any(Table::Campaign)
        && signs::is_balanced(head.trim_matches(|c: char| ORNAMENTS.contains(&c) || c == '"'));
    found.insert_if(slogan, Feature::Slogan);
    let emphasised = line.text.trim_matches(|c: char| "“”\"'".contains(c));
    found.insert_if(emphasised.starts_with("**") && emphasised.ends_with("**"), Feature::Emphasis);
}
