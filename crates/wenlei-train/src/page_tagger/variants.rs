//! A labelled page set in other ways: other punctuation, other blank lines, narrow columns, fewer marks.

use rand::{Rng, RngCore};

use crate::pages::{GoldArticle, LabelledPage};

/// Lines longer than this are text that may be set anew.
const LONG: usize = 40;

/// Some other setting of `page`.
pub fn variant(page: &LabelledPage, chance: &mut dyn RngCore) -> LabelledPage {
    let mut page = page.clone();
    for _ in 0..chance.gen_range(1..=3) {
        page = edit_once(&page, chance);
    }
    page
}

fn edit_once(page: &LabelledPage, chance: &mut dyn RngCore) -> LabelledPage {
    let width = chance.gen_range(12..=24);
    let keep = |line: &str| vec![line.to_owned()];
    match chance.gen_range(0..11) {
        0 => edit(page, |line| vec![half_width(line)]),
        1 => edit(page, |line| vec![full_width(line)]),
        2 => edit(page, |line| if line.trim().is_empty() { Vec::new() } else { keep(line) }),
        3 => edit(page, |line| vec![line.to_owned(), String::new()]),
        4 => edit(page, |line| wrap(line, width, false)),
        5 => edit(page, |line| wrap(line, width, true)),
        6 => edit(page, |line| {
            let length = line.chars().count();
            if length > LONG && chance.gen_bool(0.5) {
                wrap(line, chance.gen_range(length / 3..length), true)
            } else {
                keep(line)
            }
        }),
        7 => edit(page, |line| vec![line.trim_start().to_owned()]),
        8 => edit(page, |line| vec![without_dateline(line)]),
        9 => edit(page, |line| vec![without_names(line)]),
        _ => edit(page, |line| {
            let drop = line.trim().is_empty() && chance.gen_bool(0.5);
            if drop { Vec::new() } else { keep(line) }
        }),
    }
}

/// Replaces every line by some lines; gold follows.
fn edit(page: &LabelledPage, mut change: impl FnMut(&str) -> Vec<String>) -> LabelledPage {
    let (mut lines, mut places) = (Vec::new(), vec![(1, 1)]);
    for line in page.text.split('\n') {
        let new = change(line);
        let filled = |line: &String| !line.trim().is_empty();
        // A line that went leaves its place to its neighbours inside the article.
        let first = lines.len() + 1 + new.iter().position(filled).unwrap_or(new.len());
        let last = new.iter().rposition(filled).map_or(places[places.len() - 1].1, |at| lines.len() + 1 + at);
        places.push((first, last));
        lines.extend(new);
    }
    let follow = |article: &GoldArticle| GoldArticle {
        from: places[article.from].0,
        to: places[article.to].1,
        title_line: article.title_line.map(|line| places[line].0),
        banners: article.banners.iter().map(|line| places[*line].0).collect(),
        ..article.clone()
    };
    let mut gold = page.gold.clone();
    gold.articles = gold.articles.iter().map(follow).collect();
    LabelledPage { gold, text: lines.join("\n") }
}

const FULL: &str = "，；：！？（）";
const HALF: &str = ",;:!?()";

fn exchange(line: &str, from: &str, to: &str) -> String {
    let other =
        |c: char| from.chars().position(|old| old == c).and_then(|at| to.chars().nth(at)).unwrap_or(c);
    line.chars().map(other).collect()
}

fn half_width(line: &str) -> String {
    exchange(line, FULL, HALF)
}

fn full_width(line: &str) -> String {
    if line.is_ascii() { line.to_owned() } else { exchange(line, ",;!?()", "，；！？（）") }
}

fn wrap(line: &str, width: usize, blank: bool) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    if letters.len() <= LONG {
        return vec![line.to_owned()];
    }
    let mut lines = Vec::new();
    for piece in letters.chunks(width.max(1)) {
        if blank && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(piece.iter().collect());
    }
    lines
}

/// `line` without 本报讯 and what stands in brackets behind it.
fn without_dateline(line: &str) -> String {
    let Some((before, after)) = line.split_once("本报讯") else { return line.to_owned() };
    let bare = after.trim_start();
    let rest = bare.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')']));
    let rest = rest.map_or(bare, |(_, rest)| rest.trim_start());
    if rest.is_empty() || before.chars().count() > 6 { line.to_owned() } else { format!("{before}{rest}") }
}

/// `line` without the names in brackets at its end.
fn without_names(line: &str) -> String {
    let bare = line.trim_end();
    let open =
        bare.rfind(['（', '(']).filter(|at| *at > 0 && bare.ends_with(['）', ')']) && bare.len() - at < 60);
    open.map_or_else(|| line.to_owned(), |at| bare[..at].to_owned())
}
