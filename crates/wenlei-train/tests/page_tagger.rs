//! How the page splitter's numbers are learnt.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use wenlei_text::page::lessons::{self, Shape};
use wenlei_train::page_tagger::chain::{Chain, Over};
use wenlei_train::page_tagger::compose::{self, Plain};
use wenlei_train::page_tagger::gold::Lesson;
use wenlei_train::page_tagger::learn::{Manner, learn};
use wenlei_train::page_tagger::variants;
use wenlei_train::pages::{GoldArticle, GoldPage, LabelledPage, measure};

const MANNER: Manner =
    Manner { rounds: 30, rate: 0.3, pull: 0.001, dropout: 0.0, cost: 1.0, scale: 0.5, seed: 1 };

fn article(from: usize, to: usize, title_line: Option<usize>) -> GoldArticle {
    GoldArticle { from, to, title_line, topics: Vec::new(), optional: Vec::new() }
}

fn page(lines: &[&str], articles: Vec<GoldArticle>) -> LabelledPage {
    LabelledPage { gold: GoldPage { page: "page.txt".to_owned(), articles }, text: lines.join("\n") }
}

fn short_page() -> LabelledPage {
    page(&["要闻", "河口建成新水厂", "河口镇新水厂昨日通水，两万人受益。"], vec![article(2, 3, Some(2))])
}

/// Titles in capitals of another kind: text that no hand-set number expects to be two articles.
fn strange_page() -> LabelledPage {
    let lines = [
        "第一条",
        "",
        "村里的路修好了。老人说，走了一辈子泥路，如今总算不湿鞋了。",
        "第二条",
        "",
        "镇上的书屋开了门。孩子们放学以后有了去处，家长也放心。",
    ];
    page(&lines, vec![article(1, 3, None), article(4, 6, None)])
}

#[test]
fn the_sum_over_all_labellings_is_that_of_every_labelling_written_out() {
    let (shape, numbers, lesson) = (Shape::of_tagger(), lessons::hand_set(), Lesson::of(&short_page()));
    let kept = vec![true; shape.features];
    let node = |line: usize, state: usize| -> f64 {
        let features = lesson.seen[line].features.iter();
        features.map(|feature| f64::from(numbers[shape.emission(*feature, shape.states[state].tag)])).sum()
    };
    let mut ways: Vec<(usize, f64)> = (0..shape.states.len())
        .filter(|state| shape.states[*state].first)
        .map(|state| (state, node(0, state)))
        .collect();
    for line in 1..lesson.seen.len() {
        let mut longer = Vec::new();
        for (state, score) in &ways {
            let steps = shape.edges.iter().enumerate().filter(|(_, edge)| edge.from == *state);
            longer.extend(steps.map(|(index, edge)| {
                let signs = lesson.seen[line].signs.iter();
                let signs: f64 = signs.map(|sign| f64::from(numbers[shape.junction(*sign, edge.kind)])).sum();
                (edge.to, score + f64::from(numbers[shape.edge(index)]) + signs + node(line, edge.to))
            }));
        }
        ways = longer;
    }
    let sum: f64 =
        ways.iter().filter(|(state, _)| shape.states[*state].last).map(|(_, score)| score.exp()).sum();
    let chain = Chain::new(&shape, &numbers, &lesson, &kept, Over::All(0.0)).expect("a page has labellings");
    assert!((chain.total() - sum.ln()).abs() < 1e-6, "{} against {}", chain.total(), sum.ln());
}

#[test]
fn the_expected_use_of_a_number_is_the_slope_of_the_sum() {
    let (shape, lesson) = (Shape::of_tagger(), Lesson::of(&short_page()));
    let numbers: Vec<f32> = lessons::hand_set().iter().map(|number| number * 0.3).collect();
    let kept = vec![true; shape.features];
    for over in [Over::Gold, Over::All(0.5)] {
        let total = |numbers: &[f32]| {
            Chain::new(&shape, numbers, &lesson, &kept, over).expect("labellings agree with gold").total()
        };
        let mut slopes = vec![0.0; numbers.len()];
        Chain::new(&shape, &numbers, &lesson, &kept, over).expect("labellings").add_use(1.0, &mut slopes);
        let used = (0..numbers.len()).filter(|index| slopes[*index].abs() > 1e-3);
        let mut compared = 0;
        for index in used.step_by(2) {
            let mut moved = numbers.clone();
            moved[index] += 0.01;
            let above = total(&moved);
            moved[index] -= 0.02;
            let slope = (above - total(&moved)) / 0.02;
            assert!(
                (slope - slopes[index]).abs() < 1e-3,
                "number {index}: {slope} against {}",
                slopes[index]
            );
            compared += 1;
        }
        assert!(compared > 5, "{compared} numbers are used");
    }
}

#[test]
fn labellings_that_agree_with_gold_are_some_of_all() {
    let (shape, numbers, lesson) = (Shape::of_tagger(), lessons::hand_set(), Lesson::of(&short_page()));
    let kept = vec![true; shape.features];
    let total = |over| Chain::new(&shape, &numbers, &lesson, &kept, over).expect("labellings").total();
    assert!(total(Over::Gold) < total(Over::All(0.0)));
    assert!(total(Over::All(0.0)) < total(Over::All(1.0)), "mistakes have a head start");
}

#[test]
fn a_page_learnt_from_is_split_as_its_gold_says() {
    let (shape, start) = (Shape::of_tagger(), lessons::hand_set());
    let pages = [strange_page()];
    let lessons: Vec<Lesson> = pages.iter().map(Lesson::of).collect();
    let split_by =
        |numbers: &[f32]| measure(&pages, None, |text| lessons::split(text, numbers)).0.exact_articles;
    assert!(split_by(&start) < 1.0, "the page must be one that isn't known already");
    let numbers = learn(&shape, &start, &lessons, MANNER);
    assert!((split_by(&numbers) - 1.0).abs() < 1e-9);
    assert_eq!(numbers, learn(&shape, &start, &lessons, MANNER), "the same lessons teach the same");
}

fn plain(number: usize) -> Plain {
    let sentence = format!("第{number}篇的正文说的是河口镇的事情，镇上的人都知道，邻镇的人也来看过。");
    Plain {
        title: format!("河口镇第{number}件新鲜事"),
        paragraphs: vec![sentence.clone(), sentence.repeat(4)],
    }
}

#[test]
fn composed_pages_and_their_other_settings_keep_their_articles() {
    let articles: Vec<Plain> = (1..40).map(plain).collect();
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(5);
    for _ in 0..200 {
        let composed = compose::page(&articles, &mut chance);
        let set_anew = variants::variant(&composed, &mut chance);
        for page in [&composed, &set_anew] {
            let lines: Vec<&str> = page.text.split('\n').collect();
            let mut last = 0;
            for article in &page.gold.articles {
                assert!(last < article.from && article.from <= article.to && article.to <= lines.len());
                last = article.to;
                assert!(
                    !lines[article.from - 1].trim().is_empty() && !lines[article.to - 1].trim().is_empty()
                );
                if let Some(title) = article.title_line {
                    assert!(lines[title - 1].contains("河口镇第"), "{}", lines[title - 1]);
                }
            }
        }
        let kept = |page: &LabelledPage| {
            page.gold.articles.iter().map(|article| article.title_line.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(kept(&composed), kept(&set_anew));
    }
}
