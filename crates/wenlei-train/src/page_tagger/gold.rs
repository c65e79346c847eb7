//! What gold says of each line, and which states and steps agree with it.

use wenlei_text::page::lessons::{self, Edge, Place, Seen, Shape, Wording};

use crate::pages::LabelledPage;

/// Longest line that may be dropped from inside an article, in characters.
const LONGEST_BANNER: usize = 40;

/// Shortest line of whole sentences, in characters.
const SHORTEST_PROSE: usize = 14;
/// Longest headline or sub-title, which may ask or call out, in characters.
const LONGEST_HEAD: usize = 36;
/// Longest line of names in brackets.
const LONGEST_NAMES: usize = 24;

/// What gold says of a line.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "what gold says of a line is a set of independent facts")]
pub struct Known {
    /// Belongs to no article.
    pub outside: bool,
    /// An article's first line.
    pub begins: bool,
    /// The line of the title.
    pub title: bool,
    /// The article has no title.
    pub untitled: bool,
    /// May be a banner inside an article.
    pub droppable: bool,
    /// Is one.
    pub banner: bool,
    /// Whole sentences: text, whatever stands behind them.
    pub prose: bool,
    /// Nothing but names in brackets: no text.
    pub names: bool,
}

/// A page to learn from.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// Its lines as the tagger sees them.
    pub seen: Vec<Seen>,
    /// What is known of each.
    pub known: Vec<Known>,
}

impl Lesson {
    /// Looks at a page with a table of wording.
    pub fn of(page: &LabelledPage, wording: &Wording) -> Self {
        let lines: Vec<&str> = page.text.split('\n').collect();
        let seen = lessons::see(&page.text, wording);
        let known = seen.iter().map(|line| known(page, line.number, lines[line.number - 1])).collect();
        Self { seen, known }
    }
}

fn known(page: &LabelledPage, number: usize, line: &str) -> Known {
    let article = page.gold.articles.iter().find(|article| (article.from..=article.to).contains(&number));
    let line = line.trim();
    let droppable = line.chars().count() <= LONGEST_BANNER
        && !line.ends_with(['。', '！', '？', '!', '?', '；', '，', ',']);
    article.map_or(Known { outside: true, ..Known::default() }, |article| Known {
        outside: false,
        begins: article.from == number,
        title: article.title_line == Some(number),
        untitled: article.title_line.is_none(),
        droppable,
        banner: article.banners.contains(&number),
        prose: is_prose(line) && article.title_line != Some(number),
        names: is_names(line) && article.from != number,
    })
}

/// Gold names no roles inside an article, but some lines leave no doubt; without them, roles would drift.
fn is_prose(line: &str) -> bool {
    let length = line.chars().count();
    length > SHORTEST_PROSE && line.contains('。') || length > LONGEST_HEAD && line.contains(['！', '？'])
}

fn is_names(line: &str) -> bool {
    line.starts_with(['（', '(']) && line.ends_with(['）', ')']) && line.chars().count() < LONGEST_NAMES
}

impl Known {
    /// Whether the state agrees with what is known.
    pub fn agrees(self, place: Place) -> bool {
        self.outside == place.outside
            && (self.droppable || !place.insert)
            && (!self.banner || place.insert)
            && (!self.prose || place.text || place.outside)
            && (!self.names || !place.text)
            && (!self.title || place.title)
            && !(self.untitled && place.title)
    }

    /// Whether the step agrees with what is known.
    pub fn agrees_with_step(self, edge: Edge) -> bool {
        edge.begins == self.begins
    }

    /// How wrong the state is.
    pub fn cost(self, place: Place) -> f32 {
        if self.agrees(place) { 0.0 } else { 1.0 }
    }
}

/// The state in which a first line begins an article.
pub fn begins_first(shape: &Shape, state: usize) -> bool {
    shape.states[state].first && !shape.states[state].outside
}
