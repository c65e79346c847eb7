//! `wenlei-train fit-pages`.

use std::path::PathBuf;

use clap::Args;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use wenlei_train::corpus::Corpus;
use wenlei_train::page_tagger::compose::{self, Plain};
use wenlei_train::page_tagger::learn::Manner;
use wenlei_train::page_tagger::study::Splitter;
use wenlei_train::page_tagger::validation::validate;
use wenlei_train::page_tagger::variants;
use wenlei_train::pages::{self, LabelledPage, Summary};

/// Learn the page splitter's numbers.
#[derive(Args)]
pub(crate) struct FitPages {
    /// Folders with pages and gold.json
    #[arg(value_name = "DIR", required = true)]
    directories: Vec<PathBuf>,
    /// Write what was learnt to this folder
    #[arg(long, value_name = "DIR")]
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
    #[arg(long, default_value_t = 0.3)]
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
        let mut own = Vec::new();
        for directory in &self.directories {
            own.extend(pages::read_pages(directory)?);
        }
        let made = self.made_pages()?;
        let groups: Vec<Vec<LabelledPage>> =
            own.iter().enumerate().map(|(index, page)| self.settings(page, index)).collect();
        if self.folds > 1 {
            self.validate(&groups, &made);
        }
        if let Some(out) = &self.out {
            let groups: Vec<&[LabelledPage]> = groups.iter().map(Vec::as_slice).collect();
            Splitter::learn(&groups, &made, self.manner()).write(out)?;
        }
        Ok(())
    }

    /// Prints figures on pages not learnt from.
    fn validate(&self, groups: &[Vec<LabelledPage>], made: &[LabelledPage]) {
        let validation = validate(groups, made, self.folds, self.manner());
        for mistake in validation.mistakes.iter().filter(|_| self.mistakes) {
            println!("{}: {}", mistake.page, mistake.message);
        }
        println!("held out: hand {}  learnt {}", line(&validation.hand_set), line(&validation.learnt));
        let (possible, all) = (validation.possible, groups.len());
        println!("loss per page {:.3}; {possible} of {all} pages can be had", validation.loss);
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

fn line(figures: &Summary) -> String {
    let Summary { start_f1, exact_articles, title_accuracy, .. } = figures;
    format!("start {start_f1:.4} exact {exact_articles:.4} title {title_accuracy:.4}")
}
