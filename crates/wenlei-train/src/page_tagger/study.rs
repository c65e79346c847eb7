//! The whole course of learning: the table of wording first, then the network that listens to it.
//!
//! Of a page it was learnt from a table says more than of any other, and a network taught with it would trust it too
//! much. So the network learns each page with a table that was made without it (stacking: Wolpert 1992).

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use wenlei_text::page::Page;
use wenlei_text::page::lessons::{self, Shape, Wording};

use super::gold::Lesson;
use super::learn::{self, Manner};
use super::{table, wording};
use crate::pages::LabelledPage;

/// Tables of wording that are made for the network to learn with.
const PARTS: usize = 5;
/// Settings of a page that a table is made from.
const SETTINGS: usize = 2;

/// What pages are split by.
#[derive(Clone, Debug, PartialEq)]
pub struct Splitter {
    /// The table of wording.
    pub wording: Wording,
    /// The network's numbers and those of the steps, as they are after writing and reading.
    pub numbers: Vec<f32>,
}

impl Splitter {
    /// What learning begins with.
    pub fn hand_set() -> Self {
        Self { wording: Wording::of(&[]), numbers: lessons::hand_set() }
    }

    /// Learns from pages, each in several settings, and from pages that were put together.
    pub fn learn(groups: &[&[LabelledPage]], made: &[LabelledPage], manner: Manner) -> Self {
        let without = |part: Option<usize>| {
            let groups = groups.iter().enumerate().filter(|(index, _)| Some(index % PARTS) != part);
            let settings = groups.flat_map(|(_, group)| group.iter().take(SETTINGS));
            wording::learn(settings, manner.seed)
        };
        let parts: Vec<Option<usize>> = (0..PARTS).map(Some).chain([None]).collect();
        let tables: Vec<Wording> = parts.into_par_iter().map(without).collect();
        let own = groups.iter().enumerate().flat_map(|(index, group)| {
            let table = &tables[index % PARTS];
            group.iter().map(move |page| Lesson::of(page, table))
        });
        let wording = tables[PARTS].clone();
        let made = made.iter().map(|page| Lesson::of(page, &wording));
        let lessons: Vec<Lesson> = own.chain(made).collect();
        let numbers = learn::learn(&Shape::of_tagger(), &lessons::hand_set(), &lessons, manner);
        Self { wording, numbers: table::rounded(&numbers) }
    }

    /// Splits a page.
    pub fn split(&self, page: &str) -> Page {
        lessons::split(page, &self.wording, &self.numbers)
    }

    /// How unlikely gold is: the negative logarithm of its probability; none when it is impossible.
    pub fn loss(&self, page: &LabelledPage) -> Option<f64> {
        learn::loss(&Shape::of_tagger(), &self.numbers, &Lesson::of(page, &self.wording))
    }

    /// Writes the two files that `wenlei-text` builds in.
    ///
    /// # Errors
    ///
    /// When a file can't be written.
    pub fn write(&self, directory: &Path) -> io::Result<()> {
        fs::create_dir_all(directory)?;
        fs::write(directory.join("wording.bin"), self.wording.bytes())?;
        fs::write(directory.join("network.bin"), table::bytes(&self.numbers))
    }
}
