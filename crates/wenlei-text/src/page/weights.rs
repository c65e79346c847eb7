//! Where learning begins: what every feature speaks for, as one table of log-odds set by hand.
//!
//! Nothing is read by it: [`super::network`] reads pages by what `wenlei-train fit-pages` learnt. But labelled pages
//! say only where articles begin and end and which line is the title, so it is this table that tells learning what a
//! by-line or a heading inside a text is. A weight is about the logarithm of how much likelier a line with the feature
//! is to be of that tag than of one the row doesn't name; 1 is a hint, 3 is a good sign.

use super::context::Sign;
use super::feature::{FEATURES, Feature};
use super::tag::{Step, TAGS};

/// Columns of [`EMISSIONS`], in the order of [`super::tag::Tag`]:
/// furniture, overtitle, title, subtitle, source, opening, body, subhead, closing, insert, untitled, under.
type Row = (Feature, [f32; TAGS]);

/// How a feature bears on each tag.
#[rustfmt::skip]
const EMISSIONS: [Row; 76] = [
    //                        furn  over  title sub   src   open  body  head  close ins   untit under
    (Feature::Any,           [-0.3, -1.0,  0.0, -2.0, -3.0,  0.0,  0.0, -0.5, -3.0, -3.0, -5.0, -0.5]),
    (Feature::Tiny,          [ 0.3, -2.0, -0.5, -3.0, -1.0, -5.0, -2.0, -0.5, -1.0, -0.5, -6.0, -1.5]),
    (Feature::ShortOpen,      [-0.3,  0.0,  0.5,  0.0,  0.0, -3.0, -1.2,  0.0,  0.0,  0.0, -5.0,  0.5]),
    (Feature::MiddleOpen,     [-0.5,  0.0,  0.5,  0.0,  0.0, -2.5, -1.0, -0.5,  0.0,  0.0, -4.0,  0.0]),
    (Feature::LongOpen,       [-1.5, -1.0, -0.5, -1.0, -1.0, -1.0,  0.0, -2.5, -1.0, -1.0, -3.0, -1.5]),
    (Feature::VeryLong,      [-5.0, -8.0, -8.0, -7.0, -5.0,  2.0,  2.0, -8.0, -5.0, -5.0,  1.0, -8.0]),
    (Feature::ShortClosed,   [-1.2, -2.0, -2.0, -2.0, -1.0,  0.0,  0.5, -2.5, -1.0, -1.0, -1.0, -2.0]),
    (Feature::MiddleClosed,  [-3.0, -4.0, -5.0, -4.0, -2.0,  1.5,  1.5, -4.0, -2.0, -1.5,  0.5, -5.0]),
    (Feature::Asking,        [-0.5, -0.5,  0.0, -0.5, -2.0, -1.5,  0.0,  0.0, -1.0, -1.0, -4.0,  0.0]),
    (Feature::Continuing,    [ 0.0, -0.5, -1.0, -1.0,  0.0,  0.5,  0.5, -1.5, -2.0, -1.0,  0.0, -2.0]),
    (Feature::FullStop,      [-1.0, -3.0, -3.0, -2.0, -1.0,  0.5,  0.5, -3.0, -1.0, -0.5,  0.5, -3.0]),
    (Feature::Dateline,      [-4.0, -6.0, -6.0, -5.0, -3.0,  4.0, -5.0, -6.0, -5.0, -4.0,  5.0, -6.0]),
    (Feature::Byline,        [ 0.0, -4.0, -4.0, -2.0,  6.0, -2.0, -1.0, -4.0,  4.0,  0.0, -3.0, -4.0]),
    (Feature::EndByline,     [-2.0, -4.0, -4.0, -3.0, -1.0,  1.0,  1.0, -4.0,  0.0, -1.0,  2.0, -4.0]),
    (Feature::BracketLine,   [ 0.5, -2.0, -3.0,  2.5,  2.0, -2.0, -0.5, -3.0,  5.0,  0.0, -3.0, -3.0]),
    (Feature::Credit,        [-1.0, -7.0, -9.0, -6.0, -1.0,  0.5,  0.0, -7.0,  0.0,  1.0,  8.0, -9.0]),
    (Feature::CreditOnly,    [ 0.0, -3.0, -3.0, -3.0,  2.0, -3.0,  0.0, -3.0,  5.0,  2.0, -3.0, -3.0]),
    (Feature::DashLead,       [-1.0, -2.0, -5.0,  6.0, -2.0, -2.0, -0.5, -3.0, -2.0, -1.0, -4.0, -2.0]),
    (Feature::OvertitleEnd,  [ 0.0,  3.0, -0.5, -0.5,  0.0, -0.5,  0.0, -1.5, -0.5, -0.5, -1.0, -2.0]),
    (Feature::NoticeTitle,    [ 0.0,  0.0,  2.5,  0.0,  0.0, -1.0,  0.0, -2.0, -1.0, -1.0, -2.0,  0.0]),
    (Feature::Signer,        [ 0.0,  0.0,  0.0,  1.0,  2.0,  0.0,  0.0, -1.0,  3.5,  0.0, -1.0, -0.5]),
    (Feature::DayOnly,       [ 0.5, -4.0, -4.0,  0.0,  5.0, -3.0,  0.0, -3.0,  5.0,  0.0, -4.0, -4.0]),
    (Feature::NumberedHead,  [-1.0, -3.0, -3.0, -2.0, -2.0, -1.0,  1.0,  3.0, -2.0, -1.0, -3.0, -3.0]),
    (Feature::NumberedItem,  [-1.0, -3.0, -3.0, -2.0, -2.0, -0.5,  1.0, -1.0, -2.0, -1.0, -3.0, -3.0]),
    (Feature::Bullet,        [ 0.5, -1.5, -2.0, -1.0,  0.0, -0.5,  0.5, -0.5,  0.0,  0.0, -1.0, -2.0]),
    (Feature::Brief,          [-2.0, -3.0, -3.0, -3.0, -3.0, -2.0, -4.0, -3.0, -3.0, -3.0,  9.0, -3.0]),
    (Feature::CaptionLead,   [ 0.0, -4.0, -4.0, -2.0, -2.0, -3.0, -0.5, -4.0,  0.0,  5.0,  0.0, -4.0]),
    (Feature::Moment,         [-0.5, -1.5, -1.5, -1.0,  0.0,  1.0,  0.3, -1.0, -0.5,  0.0,  1.5, -1.5]),
    (Feature::Source,        [ 1.5, -5.0, -5.0, -2.0,  6.0, -4.0, -3.0, -5.0,  5.0,  0.0, -5.0, -5.0]),
    (Feature::Note,          [-0.5, -2.0, -2.0,  0.0,  1.0,  2.0,  2.0, -1.0, -1.0,  0.0, -1.0, -2.0]),
    (Feature::Continued,     [-1.0, -3.0, -3.0, -2.0,  0.0,  1.0, -4.0, -4.0, -2.0,  0.0,  7.0, -3.0]),
    (Feature::Masthead,       [ 5.0, -4.0, -5.0, -4.0, -2.0, -4.0, -3.0, -4.0, -4.0,  2.0, -5.0, -4.0]),
    (Feature::Contact,       [ 3.0, -3.0, -2.0, -3.0, -1.0, -2.0, -1.0, -2.0,  0.0,  1.5, -4.0, -2.0]),
    (Feature::Menu,          [ 1.5, -1.0, -1.5, -1.0,  0.0, -2.0, -0.5, -1.5, -0.5,  0.5, -3.0, -1.5]),
    (Feature::SiteWord,      [ 1.0,  0.0, -0.5,  0.0,  0.0, -0.5, -0.3, -0.5, -0.5,  0.5, -1.0, -0.5]),
    (Feature::SiteWords,      [ 3.5, -2.0, -3.0, -2.0, -1.0, -3.0, -2.0, -2.0, -2.0,  1.5, -5.0, -3.0]),
    (Feature::Trail,         [ 4.0, -3.0, -3.0, -2.0,  0.0, -3.0, -2.0, -3.0, -3.0,  1.0, -5.0, -3.0]),
    (Feature::Link,          [ 3.0, -1.0, -2.0, -1.0,  0.0, -2.0, -1.0, -2.0, -1.0,  1.0, -3.0, -2.0]),
    (Feature::Staff,         [ 3.5, -3.0, -3.0, -2.0,  1.0, -3.0, -1.0, -3.0,  0.0,  0.0, -4.0, -3.0]),
    (Feature::Repeated,      [ 2.0, -0.5, -0.5,  0.0,  0.0, -1.0, -0.5, -0.5,  0.0,  1.0, -2.0, -1.0]),
    (Feature::ColumnHead,    [ 3.5, -1.0, -1.5, -1.0, -1.0, -2.0, -1.5, -1.0, -1.0,  2.5, -4.0, -2.0]),
    (Feature::ColumnName,    [ 1.5, -0.5, -1.0, -0.5,  0.0, -1.0, -0.5, -1.0,  0.0,  0.5, -2.0, -1.0]),
    (Feature::Slogan,        [ 2.5, -1.0, -0.5, -1.0, -1.0, -2.0, -1.0, -1.5, -2.0,  3.0, -3.0, -1.0]),
    (Feature::Emphasis,       [ 1.5, -0.5, -1.5, -0.5, -0.5, -2.0, -1.0,  0.5, -0.5,  3.0, -2.0, -1.0]),
    (Feature::Rule,          [ 4.0, -4.0, -5.0, -4.0, -3.0, -5.0, -2.0, -4.0, -3.0,  2.0, -5.0, -5.0]),
    (Feature::Tabular,       [ 0.0, -2.0, -2.0, -1.0,  0.0,  2.0,  1.5, -2.0, -1.0, -0.5, -2.0, -2.0]),
    (Feature::EndsWithNext,  [ 5.0, -2.0, -3.0, -2.0, -1.0, -3.0, -3.0, -3.0, -3.0,  1.0, -4.0, -3.0]),
    (Feature::RepeatsPrevious,[0.0,  0.0,  3.0,  0.0,  0.0,  0.0,  0.0, -1.0,  0.0,  0.0,  0.0, -1.0]),
    (Feature::BeforeBody,    [-0.5, -1.0,  3.0,  1.0,  1.0,  0.0,  0.0, -3.0,  0.0, -0.5,  0.0, -0.5]),
    (Feature::BeforeProse,   [-0.3, -0.5,  0.5,  0.0,  0.0,  0.0,  0.0,  0.5,  0.0,  0.0,  0.0,  0.0]),
    (Feature::BeforeSource,  [-0.5,  0.0,  2.0,  1.0,  0.0,  0.0,  0.0, -2.0,  0.0,  0.0,  0.0, -1.0]),
    (Feature::Salutation,    [-1.0, -3.0, -3.0, -2.0,  0.0,  1.0,  0.5, -2.0, -2.0, -1.0,  9.0, -3.0]),
    (Feature::Unmarked,      [ 0.0, -0.5, -1.0,  0.0,  0.0,  0.0,  0.0,  0.5,  0.0,  0.0,  0.0,  0.0]),
    (Feature::ListEntry,     [ 3.0, -1.0, -2.0, -1.0,  0.0, -2.0, -1.0, -2.0, -2.0,  0.5, -3.0, -2.0]),
    (Feature::Contacts,      [ 5.0, -2.0, -3.0, -2.0, -1.0, -3.0, -2.0, -2.0, -1.0,  2.0, -3.0, -2.0]),
    (Feature::Verse,         [-0.8,  0.0, -1.0,  0.0,  0.0,  0.5,  0.8, -0.5,  0.0,  0.0,  0.0, -0.5]),
    (Feature::EditorsNote,   [ 0.0,  0.0,  0.0,  0.0,  6.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0]),
    (Feature::BeforeTable,   [ 0.0,  0.0,  2.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0]),
    (Feature::Unfinished,    [-1.5, -1.5, -1.5, -1.0, -1.0,  2.5,  1.2, -2.0, -1.0, -0.5,  4.0, -2.0]),
    (Feature::CreditAhead,   [ 0.0,  0.0,  0.0,  0.0,  0.0,  6.0,  0.0,  0.0,  0.0,  1.0,  6.0,  0.0]),
    (Feature::FullSource,    [-2.0, -1.0, -1.0,  0.0,  5.0,  0.0,  0.0,  0.0,  2.0,  0.0,  0.0,  0.0]),
    (Feature::SourceName,    [-1.5,  0.0,  0.0,  0.0,  1.0,  0.0,  0.0,  0.0,  1.0,  0.0,  0.0,  0.0]),
    (Feature::NearAbove,     [ 0.0, -0.7, -0.7,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  1.2]),
    (Feature::NearBelow,     [ 0.0,  0.5,  0.5,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0, -1.0]),
    (Feature::AfterNote,     [ 0.0,  0.0,  0.0,  0.0,  0.0,  0.0, 10.0,  0.0,  0.0,  0.0, -5.0,  0.0]),
    (Feature::BeforeDash,    [-1.0,  0.0,  3.0,  0.0,  0.0,  0.0, -1.0, -3.0,  0.0,  0.0,  0.0, -1.0]),
    (Feature::CampaignLead,  [ 1.2,  0.0, -0.8,  0.0,  0.0, -0.5,  0.0, -0.5,  0.0,  0.8,  0.0, -0.5]),
    (Feature::Label,         [ 0.8,  0.0, -0.5,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.3,  0.0, -0.5]),
    (Feature::AfterBrief,    [ 0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0,  0.0, -4.0]),
    (Feature::Colon,         [-1.0,  0.0, -0.5,  0.0,  0.0,  0.5,  1.5, -0.3, -1.0,  0.0,  0.0, -1.0]),
    (Feature::ListRun,       [ 1.2, -0.5, -0.8,  0.0,  0.0, -2.0, -0.7, -0.7,  0.0,  0.0, -2.0, -1.0]),
    (Feature::NameLine,      [-0.5, -2.0, -2.5, -1.0,  6.0, -2.0, -0.5, -2.0,  3.0,  0.0, -3.0, -3.0]),
    (Feature::PrintHead,     [ 0.0,  0.0,  2.5,  0.0,  0.0,  0.0,  0.0, -0.5,  0.0,  0.0,  0.0,  0.0]),
    (Feature::MarkedHead,    [-0.5,  0.0,  1.5,  0.0,  0.0, -1.5, -1.0,  1.0,  0.0, -0.5, -1.0,  0.5]),
    (Feature::Rift,          [ 0.0,  0.0,  1.0,  0.0,  0.0,  0.0,  0.0, -1.0,  0.0,  0.0,  0.0,  0.0]),
    (Feature::Tie,           [ 0.0,  0.0, -1.0,  0.0,  0.0,  0.0,  0.0,  1.0,  0.0,  0.0,  0.0,  0.0]),
];

/// The table by itself, one row for every feature.
pub(super) fn emissions() -> [[f32; TAGS]; FEATURES] {
    let mut rows = [[0.0; TAGS]; FEATURES];
    for (feature, row) in &EMISSIONS {
        rows[*feature as usize] = *row;
    }
    rows
}

/// What stands between two lines bears on the step from one to the other: a broken sentence goes on, an article
/// that was signed is over, white space parts.
pub(super) fn junction(step: Step, sign: Sign) -> f32 {
    match sign {
        Sign::Broken => match step {
            Step::Within => 5.0,
            Step::ToSubhead | Step::ToUnder | Step::NewArticle | Step::Out => -3.0,
            Step::Heads => -1.5,
            Step::ToClosing | Step::ToInsert | Step::Outside => 0.0,
        },
        Sign::End => match step {
            Step::Within => -3.5,
            Step::ToSubhead => -2.0,
            Step::NewArticle => 2.2,
            Step::Out | Step::ToUnder => 1.0,
            _ => 0.0,
        },
        Sign::Credit if step == Step::ToUnder => -3.0,
        Sign::Gap => match step {
            Step::NewArticle | Step::Out => 1.2,
            Step::Within | Step::ToSubhead => -0.5,
            Step::ToUnder => -1.0,
            Step::Heads => -0.3,
            Step::ToClosing | Step::ToInsert | Step::Outside => 0.0,
        },
        Sign::Credit | Sign::Closed | Sign::Open | Sign::Tight | Sign::After => 0.0,
    }
}
