//! Which words of the tables stand anywhere in a line: all of them found in one pass by the automaton of Aho and
//! Corasick (1975).

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::markers::{
    ACTORS, CAMPAIGN_WORDS, COLUMN_WORDS, CONTACT_WORDS, COPYRIGHT_WORDS, DEEDS, MASTHEAD_WORDS, REACH_WORDS,
    SITE_WORDS, SOURCE_WORDS,
};

/// A table whose words count wherever they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "named after the tables of the markers")]
pub(super) enum Table {
    Column,
    Actor,
    Deed,
    Campaign,
    Masthead,
    Copyright,
    Contact,
    Reach,
    Site,
    Source,
}

const TABLES: [(Table, &[&str]); 10] = [
    (Table::Column, &COLUMN_WORDS),
    (Table::Actor, &ACTORS),
    (Table::Deed, &DEEDS),
    (Table::Campaign, &CAMPAIGN_WORDS),
    (Table::Masthead, &MASTHEAD_WORDS),
    (Table::Copyright, &COPYRIGHT_WORDS),
    (Table::Contact, &CONTACT_WORDS),
    (Table::Reach, &REACH_WORDS),
    (Table::Site, &SITE_WORDS),
    (Table::Source, &SOURCE_WORDS),
];

/// How many different words of each table a line holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words([u8; TABLES.len()]);

impl Words {
    /// Reads a line's text.
    pub(super) fn of(text: &str) -> Self {
        let (mut words, mut met) = (Self::default(), [0_u64; MOST_WORDS / 64]);
        for found in AUTOMATON.words.find_overlapping_iter(text) {
            let word = found.pattern().as_usize();
            let (place, bit) = (word / 64, 1 << (word % 64));
            if met[place] & bit == 0 {
                met[place] |= bit;
                words.0[AUTOMATON.tables[word] as usize] += 1;
            }
        }
        words
    }

    /// How many different words of the table there are.
    pub(super) fn count(&self, table: Table) -> usize {
        usize::from(self.0[table as usize])
    }

    /// Whether there is any.
    pub(super) fn any(&self, table: Table) -> bool {
        self.count(table) > 0
    }
}

/// Room for the words of all tables.
const MOST_WORDS: usize = 1024;

struct Automaton {
    words: AhoCorasick,
    /// The table of each word.
    tables: Vec<Table>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let tables: Vec<Table> = TABLES.iter().flat_map(|(table, words)| words.iter().map(|_| *table)).collect();
    assert!(tables.len() <= MOST_WORDS, "the tables hold {} words, {MOST_WORDS} at most", tables.len());
    let words = TABLES.iter().flat_map(|(_, words)| words.iter());
    let words = AhoCorasick::new(words).expect("words of fixed tables fit an automaton");
    Automaton { words, tables }
});
