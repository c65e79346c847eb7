//! `wenlei-train fit-pages`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use wenlei_text::page::lessons::{self, Shape};
use wenlei_train::corpus::Corpus;
use wenlei_train::page_tagger::compose::{self, Plain};
use wenlei_train::page_tagger::gold::Lesson;
use wenlei_train::page_tagger::learn::{Manner, learn, loss};
use wenlei_train::page_tagger::{table, variants};
use wenlei_train::pages::{self, LabelledPage, Summary};

/// Learn the page splitter's numbers.
#[derive(Args)]
pub(crate) struct FitPages {
    /// Folders with pages and gold.json
    #[arg(value_name = "DIR", required = true)]
    directories: Vec<PathBuf>,
    /// Write the numbers to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Settings of each page besides its own
    #[arg(long, default_value_t = 6)]
    variants: usize,
    /// Folds of the cross-validation; 0 for none
    #[arg(long, default_value_t = 0)]
    folds: usize,
    /// Print the mistakes on the held-out pages
    #[arg(long)]
    mistakes: bool,
    /// Folders to measure the finished numbers on
    #[arg(long, value_name = "DIR")]
    check: Vec<PathBuf>,
    /// Corpora of single articles to make further pages of
    #[arg(long, value_name = "FILE", num_args = 1..)]
    corpus: Vec<PathBuf>,
    /// Number of pages made of them
    #[arg(long, default_value_t = 500)]
    made: usize,
    /// Times every page is gone through
    #[arg(long, default_value_t = 12)]
    rounds: usize,
    /// Pages to a step
    #[arg(long, default_value_t = 24)]
    batch: usize,
    /// Length of a step
    #[arg(long, default_value_t = 0.004)]
    rate: f32,
    /// How strongly numbers are drawn back to where they began
    #[arg(long, default_value_t = 0.15)]
    pull: f32,
    /// How often a feature is left out of a page
    #[arg(long, default_value_t = 0.25)]
    dropout: f64,
    /// How often a unit or a cell is left out of a page
    #[arg(long, default_value_t = 0.5)]
    forgetting: f64,
    /// Head start of each mistake
    #[arg(long, default_value_t = 0.5)]
    cost: f32,
    /// The hand-set numbers are multiplied with this to begin with
    #[arg(long, default_value_t = 0.2)]
    scale: f32,
    /// Seed of all chance
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl FitPages {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let (shape, start) = (Shape::of_tagger(), lessons::hand_set());
        let mut own = Vec::new();
        for directory in &self.directories {
            own.extend(pages::read_pages(directory)?);
        }
        let made: Vec<Lesson> = self.made_pages()?.iter().map(Lesson::of).collect();
        let manner = self.manner();
        let groups: Vec<Vec<LabelledPage>> =
            own.iter().enumerate().map(|(index, page)| self.settings(page, index)).collect();
        if self.folds > 1 {
            self.validate(&groups, &made);
        }
        if self.out.is_some() || !self.check.is_empty() {
            let lessons = lessons_of(&groups, &made, |_| true);
            let numbers = table::rounded(&learn(&shape, &start, &lessons, manner));
            for directory in &self.check {
                let held = pages::read_pages(directory)?;
                let by =
                    |numbers: &[f32]| pages::measure(&held, None, |text| lessons::split(text, numbers)).0;
                let (hand, learnt) = (by(&start), by(&numbers));
                println!("{}: hand {}  learnt {}", directory.display(), mean(&[hand]), mean(&[learnt]));
            }
            if let Some(out) = &self.out {
                fs::write(out, table::bytes(&numbers))?;
            }
        }
        Ok(())
    }

    /// Prints figures on pages not learnt from. The loss tells two settings apart that the others, which only see what
    /// came out best, don't.
    fn validate(&self, groups: &[Vec<LabelledPage>], made: &[Lesson]) {
        let (shape, start, manner) = (Shape::of_tagger(), lessons::hand_set(), self.manner());
        let found: Vec<_> = (0..self.folds)
            .into_par_iter()
            .map(|fold| {
                let lessons = lessons_of(groups, made, |index| index % self.folds != fold);
                learn(&shape, &start, &lessons, manner)
            })
            .collect();
        let pages = || groups.iter().map(|group| &group[0]).enumerate();
        let losses =
            pages().filter_map(|(at, page)| loss(&shape, &found[at % self.folds], &Lesson::of(page)));
        let (losses, possible) = losses.fold((0.0, 0), |(sum, count), loss| (sum + loss, count + 1));
        let measured = (0..self.folds).map(|fold| {
            let held: Vec<LabelledPage> =
                pages().filter(|(at, _)| at % self.folds == fold).map(|(_, page)| page.clone()).collect();
            let by = |numbers: &[f32]| pages::measure(&held, None, |text| lessons::split(text, numbers));
            let (learnt, mistakes) = by(&found[fold]);
            for mistake in mistakes.iter().filter(|_| self.mistakes) {
                println!("{}: {}", mistake.page, mistake.message);
            }
            (by(&start).0, learnt)
        });
        let (hand, learnt): (Vec<Summary>, Vec<Summary>) = measured.unzip();
        println!("held out: hand {}  learnt {}", mean(&hand), mean(&learnt));
        println!(
            "loss per page {:.3}; {possible} of {} pages can be had",
            losses / f64::from(possible),
            groups.len()
        );
    }

    fn manner(&self) -> Manner {
        Manner {
            rounds: self.rounds,
            batch: self.batch,
            rate: self.rate,
            pull: self.pull,
            dropout: self.dropout,
            forgetting: self.forgetting,
            cost: self.cost,
            scale: self.scale,
            seed: self.seed,
        }
    }

    fn made_pages(&self) -> anyhow::Result<Vec<LabelledPage>> {
        if self.corpus.is_empty() {
            return Ok(Vec::new());
        }
        let corpus = Corpus::read(&self.corpus)?;
        let plain =
            corpus.articles.iter().filter(|article| article.text.chars().count() > 40).map(|article| Plain {
                title: article.title.clone(),
                paragraphs: article
                    .text
                    .split('\n')
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .map(str::to_owned)
                    .collect(),
            });
        let plain: Vec<Plain> = plain.collect();
        let mut chance = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        Ok((0..self.made)
            .map(|index| {
                let page = compose::page(&plain, &mut chance);
                if index % 2 == 0 { page } else { variants::variant(&page, &mut chance) }
            })
            .collect())
    }

    fn settings(&self, page: &LabelledPage, index: usize) -> Vec<LabelledPage> {
        let mut chance = Xoshiro256PlusPlus::seed_from_u64(self.seed.wrapping_add(1000 + index as u64));
        let others = (0..self.variants).map(|_| variants::variant(page, &mut chance));
        std::iter::once(page.clone()).chain(others).collect()
    }
}

/// The lessons of the wanted groups, and others.
fn lessons_of(groups: &[Vec<LabelledPage>], made: &[Lesson], wanted: impl Fn(usize) -> bool) -> Vec<Lesson> {
    let groups = groups.iter().enumerate().filter(|(index, _)| wanted(*index));
    let own = groups.flat_map(|(_, group)| group.iter().map(Lesson::of));
    own.chain(made.iter().cloned()).collect()
}

/// Means over parts, weighted with their articles.
fn mean(parts: &[Summary]) -> String {
    let articles: usize = parts.iter().map(|part| part.articles).sum();
    let mean = |figure: fn(&Summary) -> f64| {
        parts.iter().map(|part| figure(part) * part.articles as f64).sum::<f64>() / articles as f64
    };
    format!(
        "start {:.4} exact {:.4} title {:.4}",
        mean(|part| part.start_f1),
        mean(|part| part.exact_articles),
        mean(|part| part.title_accuracy)
    )
}
