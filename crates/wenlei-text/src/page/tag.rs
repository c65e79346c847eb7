//! The parts a line can play on a page, and which may follow which.
//!
//! A *tag* says what a line is; a *state* is a tag together with what must be remembered of the article so far:
//! whether it has a title, since only an article without one may be given its title below the text. Scores of
//! transitions are logarithms of odds, like those in [`super::weights`].

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    /// Belongs to no article.
    Furniture,
    /// Stands above the title and leads to it.
    Overtitle,
    /// The title, or a line of it.
    Title,
    /// Stands below the title.
    Subtitle,
    /// Day and source, or the reporters' names, above the text.
    Source,
    /// First line of the text below a title.
    Opening,
    /// Text.
    Body,
    /// A heading inside the text.
    Subhead,
    /// Names, day or source at the end.
    Closing,
    /// A banner or caption that stands inside an article.
    Insert,
    /// First line of an article without a title above it.
    Untitled,
    /// A title below its text.
    Under,
}

/// Number of tags.
pub(super) const TAGS: usize = 12;

/// A tag and what the article so far has: the suffix `0` is "no title above".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "named after their tags")]
pub(super) enum State {
    Furniture,
    Overtitle,
    Title,
    Subtitle,
    Source,
    HeadInsert,
    Opening,
    Body,
    Subhead,
    Closing,
    Insert,
    Untitled,
    Body0,
    Subhead0,
    Closing0,
    Insert0,
    Under,
    MoreTitle,
}

use State::{
    Body, Body0, Closing, Closing0, Furniture, HeadInsert, Insert, Insert0, MoreTitle, Opening, Overtitle,
    Source, Subhead, Subhead0, Subtitle, Title, Under, Untitled,
};

/// Every state, in the order of their numbers.
pub(super) const STATES: [State; 18] = [
    Furniture, Overtitle, Title, Subtitle, Source, HeadInsert, Opening, Body, Subhead, Closing, Insert,
    Untitled, Body0, Subhead0, Closing0, Insert0, Under, MoreTitle,
];

impl State {
    /// The tag of a line in this state.
    pub(super) fn tag(self) -> Tag {
        match self {
            Furniture => Tag::Furniture,
            Overtitle => Tag::Overtitle,
            Title | MoreTitle => Tag::Title,
            Subtitle => Tag::Subtitle,
            Source => Tag::Source,
            Opening => Tag::Opening,
            Body | Body0 => Tag::Body,
            Subhead | Subhead0 => Tag::Subhead,
            Closing | Closing0 => Tag::Closing,
            HeadInsert | Insert | Insert0 => Tag::Insert,
            Untitled => Tag::Untitled,
            Under => Tag::Under,
        }
    }

    /// Whether a page may begin with a line in this state: with furniture or with an article.
    pub(super) fn is_beginning(self) -> bool {
        matches!(self, Furniture | Overtitle | Title | Untitled)
    }

    /// Whether a page may end, or an article be over, after a line in this state. Titles need a text and headings
    /// something below them.
    pub(super) fn is_complete(self) -> bool {
        !matches!(self, Overtitle | Title | MoreTitle | Subtitle | Source | HeadInsert | Subhead | Subhead0)
    }
}

/// Number of kinds of steps.
pub(super) const STEPS: usize = 9;

/// How a step from one line to the next moves through articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Step {
    /// Inside the heads of an article, or from them to its text.
    Heads,
    /// Inside a text.
    Within,
    /// To a heading inside the text.
    ToSubhead,
    /// To the names at the end.
    ToClosing,
    /// To something that doesn't belong between.
    ToInsert,
    /// To the title below.
    ToUnder,
    /// To the first line of another article that comes after a text.
    NewArticle,
    /// From an article to what belongs to none.
    Out,
    /// From what belongs to no article to more of it, or into an article.
    Outside,
}

/// All steps there are between states of articles.
pub(super) const STEP_KINDS: [Step; STEPS] = [
    Step::Heads,
    Step::Within,
    Step::ToSubhead,
    Step::ToClosing,
    Step::ToInsert,
    Step::ToUnder,
    Step::NewArticle,
    Step::Out,
    Step::Outside,
];

/// The steps there are: from, to, kind, score.
pub(super) fn steps() -> Vec<(State, State, Step, f32)> {
    let mut steps = heads();
    for (body, head, closing, insert) in
        [(Body, Subhead, Closing, Insert), (Body0, Subhead0, Closing0, Insert0)]
    {
        let first = if body == Body { Opening } else { Untitled };
        for from in [first, body] {
            steps.extend([
                (from, body, Step::Within, 0.0),
                (from, head, Step::ToSubhead, -0.5),
                (from, closing, Step::ToClosing, 0.0),
                (from, insert, Step::ToInsert, -1.5),
            ]);
        }
        steps.extend([
            (head, body, Step::Within, 0.0),
            (head, head, Step::ToSubhead, -1.0),
            (head, insert, Step::ToInsert, -1.5),
            (closing, closing, Step::ToClosing, 0.0),
            (closing, body, Step::Within, -2.5),
            (insert, insert, Step::ToInsert, -0.5),
            (insert, body, Step::Within, 0.0),
            (insert, head, Step::ToSubhead, -0.5),
            (insert, closing, Step::ToClosing, 0.0),
        ]);
    }
    for from in [Untitled, Body0, Closing0] {
        steps.push((from, Under, Step::ToUnder, 2.0));
    }
    steps.push((Under, Under, Step::ToUnder, -1.5));
    for from in STATES {
        if from != Furniture && from.is_complete() {
            steps.extend(endings(from));
        }
    }
    steps
}

/// Ways into an article and through its heads.
fn heads() -> Vec<(State, State, Step, f32)> {
    vec![
        (Furniture, Furniture, Step::Outside, 0.0),
        (Furniture, Overtitle, Step::Outside, -1.5),
        (Furniture, Title, Step::Outside, -1.5),
        (Furniture, Untitled, Step::Outside, -0.5),
        (Overtitle, Overtitle, Step::Heads, -0.5),
        (Overtitle, Title, Step::Heads, 0.0),
        (Title, MoreTitle, Step::Heads, -0.4),
        (MoreTitle, MoreTitle, Step::Heads, -0.8),
        (Title, Subtitle, Step::Heads, 0.0),
        (Title, Source, Step::Heads, 0.0),
        (Title, Opening, Step::Heads, 0.0),
        (Title, HeadInsert, Step::Heads, -0.4),
        (MoreTitle, Subtitle, Step::Heads, 0.0),
        (MoreTitle, Source, Step::Heads, 0.0),
        (MoreTitle, Opening, Step::Heads, 0.0),
        (MoreTitle, HeadInsert, Step::Heads, -0.4),
        (Subtitle, Subtitle, Step::Heads, -0.5),
        (Subtitle, Source, Step::Heads, 0.0),
        (Subtitle, Opening, Step::Heads, 0.0),
        (Subtitle, HeadInsert, Step::Heads, -0.4),
        (Source, Source, Step::Heads, 0.0),
        (Source, Subtitle, Step::Heads, -0.5),
        (Source, Opening, Step::Heads, 0.0),
        (Source, HeadInsert, Step::Heads, -0.4),
        (HeadInsert, HeadInsert, Step::Heads, -0.5),
        (HeadInsert, Source, Step::Heads, -0.5),
        (HeadInsert, Subtitle, Step::Heads, -0.5),
        (HeadInsert, Opening, Step::Heads, 0.0),
    ]
}

/// Ways out of an article.
fn endings(from: State) -> [(State, State, Step, f32); 4] {
    // An article of one line, or one that ends with what doesn't belong to it, is rare.
    let rarity = match from {
        Insert | Insert0 => -1.0,
        Opening => -1.5,
        _ => 0.0,
    };
    [
        (from, Furniture, Step::Out, -0.5 + rarity),
        (from, Overtitle, Step::NewArticle, -2.5 + rarity),
        (from, Title, Step::NewArticle, -2.5 + rarity),
        (from, Untitled, Step::NewArticle, -1.5 + rarity),
    ]
}
