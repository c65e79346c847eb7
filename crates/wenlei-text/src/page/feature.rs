//! What is noticed about a line, as a set of yes-or-no features.
//!
//! This module must not know what a feature speaks for; that is the concern of [`super::network`].

/// Something noticed about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Feature {
    /// Always there: the tag's own likelihood.
    Any,
    /// At most three characters.
    Tiny,
    /// Headline-like length, no closing mark.
    ShortOpen,
    /// A long headline or a short caption, no closing mark.
    MiddleOpen,
    /// Too long for most headlines, no closing mark.
    LongOpen,
    /// A paragraph, by length alone.
    VeryLong,
    /// Short, ends a sentence.
    ShortClosed,
    /// Some length, ends a sentence.
    MiddleClosed,
    /// Short, ends in a question or exclamation mark.
    Asking,
    /// Ends in a comma: the sentence goes on.
    Continuing,
    /// Holds a full stop.
    FullStop,
    /// Begins 本报讯 or with place, day and agency.
    Dateline,
    /// Names reporters and nothing else, in the way that stands above a text.
    Byline,
    /// Ends in names in brackets.
    EndByline,
    /// Is nothing but names or a short note in brackets.
    BracketLine,
    /// Ends in a photograph's credit.
    Credit,
    /// Is nothing but a credit.
    CreditOnly,
    /// Begins with a dash, as a subtitle does.
    DashLead,
    /// Breaks off as the line above a headline does: …时强调.
    OvertitleEnd,
    /// Ends in 通知, 公告 and the like.
    NoticeTitle,
    /// A body's name, such as signs a notice.
    Signer,
    /// A day and nothing else.
    DayOnly,
    /// A numbered heading.
    NumberedHead,
    /// A numbered paragraph or list entry.
    NumberedItem,
    /// Begins with a bullet.
    Bullet,
    /// An item that is an article by itself: 【…】, or a bullet under the head of a row of short items.
    Brief,
    /// Begins ▲ or 图为.
    CaptionLead,
    /// Begins with a day or 日前.
    Moment,
    /// Day of publication, source, readers.
    Source,
    /// Begins 编者按 or 附记.
    Note,
    /// Begins （上接…版）.
    Continued,
    /// A newspaper page's head.
    Masthead,
    /// A way to reach somebody, or a legal notice of the site.
    Contact,
    /// Pieces of a menu.
    Menu,
    /// A word or two of menus, pagers or buttons.
    SiteWord,
    /// Several of them.
    SiteWords,
    /// A breadcrumb trail.
    Trail,
    /// A Markdown link.
    Link,
    /// The staff of a web article.
    Staff,
    /// Stands on the page more than once.
    Repeated,
    /// A column's name, set off by ornaments or letter-spacing.
    ColumnHead,
    /// Ends as newspapers' and columns' names do.
    ColumnName,
    /// Two halves of one length with a campaign's words.
    Slogan,
    /// Set off by Markdown emphasis.
    Emphasis,
    /// A rule, or other line without a letter.
    Rule,
    /// Cells of a table.
    Tabular,
    /// Ends with the text of the next line: a breadcrumb with the title at its end.
    EndsWithNext,
    /// The line before, or the one before that, ends with its text.
    RepeatsPrevious,
    /// The next line begins a body.
    BeforeBody,
    /// The next line looks like prose.
    BeforeProse,
    /// The next line is a source line.
    BeforeSource,
    /// Addresses the reader, as a letter's first line does.
    Salutation,
    /// Where the page's articles have datelines or end in names, neither is next to this line.
    Unmarked,
    /// An entry of a list of links: a headline and its day.
    ListEntry,
    /// Several ways to reach somebody.
    Contacts,
    /// One of several short lines in a row, as in a poem.
    Verse,
    /// The editor's word above an article.
    EditorsNote,
    /// The next line is a table's row.
    BeforeTable,
    /// Its sentence was broken and goes on on the next line.
    Unfinished,
    /// The first line of broken ones that end in a credit.
    CreditAhead,
    /// Several words of a source line.
    FullSource,
    /// Begins with 来源.
    SourceName,
    /// Nearer to the line above than to the one below.
    NearAbove,
    /// Nearer to the line below.
    NearBelow,
    /// A dateline that comes after the editor's word, so that it opens no article.
    AfterNote,
    /// The next line begins with a dash, as subtitles do.
    BeforeDash,
    /// Begins with a campaign's word.
    CampaignLead,
    /// A few characters above another heading.
    Label,
    /// The last article to begin was a short item or a caption.
    AfterBrief,
    /// Ends in a colon: something follows.
    Colon,
    /// One of several headline-like lines in a row: a list of links.
    ListRun,
    /// A person's name between a heading and a text.
    NameLine,
    /// A heading between two texts on a printed page whose articles bear no marks.
    PrintHead,
    /// Set as a heading by Markdown: `#`, or emphasis where the page emphasises its headings.
    MarkedHead,
    /// The words after it are other words than those before it.
    Rift,
    /// The words after it are those before it.
    Tie,
    /// Indented as paragraphs are.
    Indented,
    /// Not indented where the page's paragraphs are.
    Outdented,
    /// The next line is indented or starts a paragraph on a page that indents.
    BeforeIndent,
    /// Without a comma.
    Commaless,
    /// With several commas.
    Commas,
    /// The next line is short and ends no sentence.
    BeforeOpen,
    /// The next line is text, by its length, its end or because it goes on.
    BeforeText,
    /// The line after the next is text.
    BeforeBeforeText,
    /// The line before is text.
    AfterText,
    /// The page's first line.
    First,
    /// The page's last line.
    Last,
    /// Of four to eight characters.
    FewChars,
    /// Of nine to twenty-two characters.
    HeadlineChars,
    /// Holds digits.
    Digits,
    /// Of several pieces.
    Pieces,
    /// The page's usual column is filled by this line.
    FillsColumn,
    /// Does not fill the page's usual column.
    ShortOfColumn,
    /// Nearly all of its words come back below.
    EchoBelow,
    /// Some of its words come back below.
    FaintBelow,
    /// Few of its words come back below.
    LowBelow,
    /// None of its words comes back below.
    MuteBelow,
    /// Many of its words stand above.
    EchoAbove,
    /// Few of its words stand above.
    LowAbove,
    /// None of its words stands above.
    MuteAbove,
    /// Its words come back below much more than above.
    LeansDown,
    /// Its words stand above much more than below.
    LeansUp,
    /// What comes after shares next to nothing with what comes before.
    Apart,
    /// It shares little.
    Loose,
    /// It shares much.
    Close,
    /// A short line that names a kind of notice.
    ShortNotice,
    /// A headline and a dateline stand on one line.
    GluedHead,
    /// Begins as a correction or another short word of the paper's own does.
    OwnWord,
    /// Holds a word of columns' names.
    ColumnWord,
    /// Two or more pieces of one length, as slogans have and many headlines too.
    Balanced,
    /// Names a place, an office or a company: who does something.
    Actor,
    /// Says what is done or has happened, in the words of headlines.
    Deed,
    /// A heading of the same build stands above.
    ParallelAbove,
    /// A heading of the same build stands below.
    ParallelBelow,
}

/// Number of features.
pub(super) const FEATURES: usize = Feature::ParallelBelow as usize + 1;

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Features(u128);

impl Features {
    /// Puts a feature in.
    pub(super) fn insert(&mut self, feature: Feature) {
        self.0 |= 1_u128 << feature as u8;
    }

    /// Puts a feature in when `condition` holds.
    pub(super) fn insert_if(&mut self, condition: bool, feature: Feature) {
        if condition {
            self.insert(feature);
        }
    }

    /// Takes a feature out.
    pub(super) fn remove(&mut self, feature: Feature) {
        self.0 &= !(1_u128 << feature as u8);
    }

    /// Whether a feature is in.
    pub(super) fn has(self, feature: Feature) -> bool {
        self.0 & (1_u128 << feature as u8) != 0
    }

    /// The numbers of those that are in.
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let number = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (number < u128::BITS).then_some(number as usize)
        })
    }

    /// Whether any of these is in.
    pub(super) fn has_any(self, features: &[Feature]) -> bool {
        features.iter().any(|feature| self.has(*feature))
    }
}
