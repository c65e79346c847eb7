//! Pages put together from articles that stand alone, in layouts drawn by chance.
//!
//! Each page has its habits: how articles begin and end, how wide the column is, where blank lines stand, whether it was
//! printed or saved from a site.

use rand::seq::SliceRandom;
use rand::{Rng, RngCore};

use crate::pages::{GoldArticle, GoldPage, LabelledPage};

use super::phrases;

/// An article by itself.
#[derive(Clone, Debug)]
pub struct Plain {
    /// Its title; may be empty.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The habits of a page.
struct Habits {
    web: bool,
    lead: usize,
    byline: usize,
    end: usize,
    indent: &'static str,
    inner: usize,
    outer: usize,
    wrap: Option<usize>,
    broken_blank: bool,
    title_below: bool,
}

struct Sheet {
    lines: Vec<String>,
    articles: Vec<GoldArticle>,
    habits: Habits,
}

/// A page of some of `articles`; now and then one of them and nothing else.
pub fn page(articles: &[Plain], chance: &mut dyn RngCore) -> LabelledPage {
    let alone = chance.gen_bool(0.2);
    let web = !alone && chance.gen_bool(0.35);
    let inner = *[0, 0, 0, 1, 1, 2].choose(chance).unwrap_or(&0);
    let wrap = (!web && chance.gen_bool(0.3)).then(|| chance.gen_range(13..28));
    let habits = Habits {
        web,
        lead: chance.gen_range(0..phrases::LEADS),
        byline: chance.gen_range(0..phrases::BYLINES),
        end: chance.gen_range(0..phrases::ENDS),
        indent: ["", "　　", "    "].choose(chance).copied().unwrap_or_default(),
        inner,
        outer: inner + *[0, 0, 0, 1, 2].choose(chance).unwrap_or(&0),
        wrap,
        broken_blank: wrap.is_some() && chance.gen_bool(0.3),
        title_below: !web && chance.gen_bool(0.08),
    };
    let mut sheet = Sheet { lines: Vec::new(), articles: Vec::new(), habits };
    if let Some(article) = articles.choose(chance).filter(|_| alone) {
        sheet.alone(article, chance);
        return sheet.into_page();
    }
    let head = chance.gen_bool(0.8);
    if head {
        sheet.furniture(phrases::page_head(web, articles, chance));
    }
    let count = if web { chance.gen_range(1..=2) } else { chance.gen_range(2..=8) };
    for _ in 0..count {
        if chance.gen_bool(0.2) && !web {
            sheet.furniture(vec![phrases::column_head(chance)]);
        }
        if let Some(article) = articles.choose(chance) {
            match chance.gen_range(0..20) {
                0..3 if !web => sheet.caption(article, chance),
                3..5 if !web => sheet.briefs(articles, chance),
                _ => sheet.article(article, chance),
            }
        }
    }
    if chance.gen_bool(if web { 0.9 } else { 0.4 }) || !head {
        sheet.furniture(phrases::page_foot(web, articles, chance));
    }
    sheet.into_page()
}

impl Sheet {
    fn into_page(self) -> LabelledPage {
        let gold = GoldPage { page: String::new(), articles: self.articles };
        LabelledPage { gold, text: self.lines.join("\n") }
    }

    /// One article, or a paragraph of it.
    fn alone(&mut self, article: &Plain, chance: &mut dyn RngCore) {
        let paragraph = article.paragraphs.choose(chance).filter(|_| chance.gen_bool(0.3));
        match paragraph {
            Some(paragraph) => self.short(paragraph, 0, chance),
            None => self.article(article, chance),
        }
    }

    fn gap(&mut self, blanks: usize) {
        self.lines.extend((0..blanks).map(|_| String::new()));
    }

    fn furniture(&mut self, lines: Vec<String>) {
        for line in lines {
            self.lines.push(line);
            self.gap(self.habits.inner);
        }
        self.gap(self.habits.outer - self.habits.inner);
    }

    /// Lines of text, as wide as the page's column.
    fn text(&mut self, text: &str, chance: &mut dyn RngCore) {
        let letters: Vec<char> = self.habits.indent.chars().chain(text.chars()).collect();
        let torn = self.habits.wrap.is_none() && letters.len() > 120 && chance.gen_bool(0.1);
        let width = if torn { chance.gen_range(letters.len() / 3..letters.len()) } else { usize::MAX };
        let width = self.habits.wrap.unwrap_or(width);
        for (index, piece) in letters.chunks(width).enumerate() {
            if index > 0 && (torn || self.habits.broken_blank) {
                self.gap(1);
            }
            self.lines.push(piece.iter().collect());
        }
    }

    fn title(&mut self, title: &str, chance: &mut dyn RngCore) -> usize {
        if chance.gen_bool(0.08) {
            self.lines.push(phrases::overtitle(chance));
            self.gap(self.habits.inner);
        }
        let line = self.lines.len() + 1;
        let cut =
            title.char_indices().find(|(at, c)| *at > 9 && *at + 12 < title.len() && "，： ".contains(*c));
        match cut.filter(|_| chance.gen_bool(0.3)) {
            Some((at, c)) => {
                self.lines.push(title[..at + c.len_utf8()].trim().to_owned());
                self.lines.push(title[at + c.len_utf8()..].trim().to_owned());
            }
            None => self.lines.push(title.to_owned()),
        }
        self.gap(self.habits.inner);
        if chance.gen_bool(0.08) {
            self.lines.push(phrases::subtitle(chance));
            self.gap(self.habits.inner);
        }
        line
    }

    fn short(&mut self, text: &str, blanks: usize, chance: &mut dyn RngCore) {
        let from = self.lines.len() + 1;
        self.text(text, chance);
        self.articles.push(GoldArticle::of_lines(from, self.lines.len(), None));
        self.gap(blanks);
    }

    fn caption(&mut self, article: &Plain, chance: &mut dyn RngCore) {
        let Some(text) = article.paragraphs.first().filter(|text| text.chars().count() < 220) else { return };
        let credit =
            if text.ends_with(['摄', '）', ')']) { String::new() } else { phrases::credit(chance) };
        self.short(&format!("{text}{credit}"), self.habits.outer, chance);
    }

    fn briefs(&mut self, articles: &[Plain], chance: &mut dyn RngCore) {
        self.furniture(vec![phrases::briefs_head(chance)]);
        let bullet = phrases::bullet(chance);
        for article in articles.choose_multiple(chance, 3).filter(|article| !article.title.is_empty()) {
            let lead = if bullet.is_empty() { format!("【{}】", article.title) } else { bullet.clone() };
            if let Some(text) = article.paragraphs.first().filter(|text| text.chars().count() < 220) {
                self.short(&format!("{lead}{text}"), self.habits.inner, chance);
            }
        }
        self.gap(self.habits.outer - self.habits.inner);
    }

    fn article(&mut self, article: &Plain, chance: &mut dyn RngCore) {
        if self.habits.web && !article.title.is_empty() && chance.gen_bool(0.4) {
            self.furniture(vec![phrases::trail(&article.title, chance)]);
        }
        let from = self.lines.len() + 1;
        let dated = self.habits.lead < phrases::DATELINES;
        let titled = !article.title.is_empty() && (!dated || chance.gen_bool(0.95));
        let below = self.habits.title_below && titled;
        let mut title_line = (titled && !below).then(|| self.title(&article.title, chance));
        let source = self.habits.web && chance.gen_bool(0.8);
        let byline =
            if source { Some(phrases::source(chance)) } else { phrases::byline(self.habits.byline, chance) };
        if let Some(byline) = byline.filter(|_| titled && !below) {
            self.lines.push(byline);
            self.gap(self.habits.inner);
        }
        let mut banners = Vec::new();
        if !below && titled && !self.habits.web && chance.gen_bool(0.1) {
            self.lines.push(phrases::banner(chance));
            banners.push(self.lines.len());
            self.gap(self.habits.inner);
        }
        let heads = article.paragraphs.len() > 2 && chance.gen_bool(0.2);
        let last = article.paragraphs.len().saturating_sub(1);
        let stray = titled && chance.gen_bool(0.1);
        let lead = if stray { chance.gen_range(0..phrases::LEADS) } else { self.habits.lead };
        let end = phrases::end(self.habits.end, chance);
        let own_line = chance.gen_bool(0.2);
        for (index, paragraph) in article.paragraphs.iter().enumerate() {
            let mut text = paragraph.clone();
            if index == 0 {
                text = format!("{}{text}", phrases::lead(lead, chance));
            } else if heads {
                self.lines.push(phrases::subhead(index, chance));
                self.gap(self.habits.inner);
            }
            if index == last && !own_line {
                text.push_str(&end);
            }
            self.text(&text, chance);
            if index != last {
                self.gap(self.habits.inner);
            }
        }
        if own_line && !end.trim().is_empty() {
            self.gap(self.habits.inner);
            self.lines.push(end.trim().to_owned());
        }
        if below {
            self.gap(self.habits.inner);
            title_line = Some(self.lines.len() + 1);
            self.lines.push(article.title.clone());
        }
        let gold = GoldArticle::of_lines(from, self.lines.len(), title_line);
        self.articles.push(GoldArticle { banners, ..gold });
        self.gap(self.habits.outer);
    }
}
