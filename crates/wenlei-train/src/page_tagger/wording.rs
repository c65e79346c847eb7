//! Learns what lines' characters say of the parts they play.
//!
//! Multinomial logistic regression by stochastic descent with a step of its own for each number (Duchi and others
//! 2011). Most of a line's grams are left out each time it is met, or a page's own names would be
//! learnt by heart.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use wenlei_text::page::lessons::{self, PARTS, Part, Wording};

use crate::pages::{GoldArticle, LabelledPage};

/// Times every line is met.
const ROUNDS: usize = 6;
/// Length of a step.
const RATE: f32 = 0.1;
/// How often a gram is left out.
const DROPOUT: f64 = 0.6;
/// How strongly numbers are drawn to nought.
const DECAY: f32 = 0.0003;

/// Most lines from an article's first to its title.
const LONGEST_HEAD: usize = 8;
/// Longest heading inside an article, in characters.
const LONGEST_SUBHEAD: usize = 30;
/// Longest last line that is more than text.
const LONGEST_LAST: usize = 40;

/// A line to learn from: the rows of its grams, and its part.
struct Example {
    grams: Vec<usize>,
    part: Part,
}

/// Learns a table from pages.
pub fn learn<'a>(pages: impl Iterator<Item = &'a LabelledPage>, seed: u64) -> Wording {
    let mut examples: Vec<Example> = pages.flat_map(examples).collect();
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut table = Table::default();
    for _ in 0..ROUNDS {
        examples.shuffle(&mut chance);
        for example in &examples {
            let grams = example.grams.iter().copied().filter(|_| !chance.gen_bool(DROPOUT)).collect();
            table.step(&Example { grams, part: example.part });
        }
    }
    Wording::of(&table.scores)
}

struct Table {
    scores: Vec<[f32; PARTS]>,
    /// Sums of the squares of the slopes met.
    squares: Vec<[f32; PARTS]>,
}

impl Default for Table {
    fn default() -> Self {
        let nought = vec![[0.0; PARTS]; lessons::ROWS];
        Self { scores: nought.clone(), squares: nought }
    }
}

impl Table {
    fn step(&mut self, example: &Example) {
        let likely = self.probabilities(&example.grams);
        for gram in &example.grams {
            let (scores, squares) = (&mut self.scores[*gram], &mut self.squares[*gram]);
            for part in 0..PARTS {
                let gold = f32::from(u8::from(part == example.part as usize));
                let slope = gold - likely[part] - DECAY * scores[part];
                squares[part] += slope * slope;
                scores[part] += RATE * slope / (squares[part].sqrt() + 0.1);
            }
        }
    }

    /// How likely each part is by some of a line's grams.
    fn probabilities(&self, grams: &[usize]) -> [f32; PARTS] {
        let kept = (1.0 - DROPOUT) as f32;
        let mut sums = [0.0; PARTS];
        for gram in grams {
            sums.iter_mut().zip(&self.scores[*gram]).for_each(|(sum, score)| *sum += score / kept);
        }
        let highest = sums.iter().copied().fold(f32::MIN, f32::max);
        let powers = sums.map(|sum| (sum - highest).exp());
        let total: f32 = powers.iter().sum();
        powers.map(|power| power / total)
    }
}

fn examples(page: &LabelledPage) -> Vec<Example> {
    let lines: Vec<&str> = page.text.split('\n').map(str::trim).collect();
    let seen = lessons::see(&page.text, &Wording::of(&[]));
    seen.into_iter()
        .map(|line| Example { part: part(&page.gold.articles, &lines, line.number), grams: line.grams })
        .collect()
}

/// The part that a line plays by gold, which names heads, beginnings and ends; what is a heading inside is guessed.
fn part(articles: &[GoldArticle], lines: &[&str], number: usize) -> Part {
    let Some(article) = articles.iter().find(|article| (article.from..=article.to).contains(&number)) else {
        return Part::Outside;
    };
    if article.banners.contains(&number) {
        return Part::Outside;
    }
    let is_head = |title: usize| number == title || number < title && title < article.from + LONGEST_HEAD;
    if article.title_line.is_some_and(is_head) {
        return Part::Head;
    }
    if article.title_line.is_none() && number == article.from {
        return Part::Untitled;
    }
    let line = lines[number - 1];
    let before = lines[..number - 1].iter().rfind(|line| !line.is_empty());
    let length = line.chars().count();
    let heading = length <= LONGEST_SUBHEAD && !ends(line) && !line.ends_with(['，', ',', '、']);
    match number == article.to {
        true if length <= LONGEST_LAST => Part::Last,
        false if heading && before.is_some_and(|before| ends(before)) => Part::Subhead,
        _ => Part::Text,
    }
}

/// Whether a sentence, a quotation or a bracket ends with a line.
fn ends(line: &str) -> bool {
    line.ends_with(['。', '！', '？', '…', '；', '”', '）', '!', '?', '.', ';', '"', ')'])
}
