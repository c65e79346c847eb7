//! How the page splitter's numbers are learnt.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use wenlei_text::page::lessons::{self, Shape};
use wenlei_train::page_tagger::chain::{Chain, Over};
use wenlei_train::page_tagger::compose::{self, Plain};
use wenlei_train::page_tagger::gold::Lesson;
use wenlei_train::page_tagger::learn::{Manner, gradient, learn};
use wenlei_train::page_tagger::network::{self, Kept};
use wenlei_train::page_tagger::variants;
use wenlei_train::pages::{GoldArticle, GoldPage, LabelledPage, measure};

const MANNER: Manner = Manner {
    rounds: 60,
    batch: 1,
    rate: 0.02,
    pull: 0.0,
    dropout: 0.0,
    forgetting: 0.0,
    cost: 1.0,
    scale: 0.5,
    seed: 1,
};

fn page(lines: &[&str], articles: Vec<GoldArticle>) -> LabelledPage {
    LabelledPage { gold: GoldPage { page: "page.txt".to_owned(), articles }, text: lines.join("\n") }
}

fn short_page() -> LabelledPage {
    page(
        &["要闻", "河口建成新水厂", "河口镇新水厂昨日通水，两万人受益。"],
        vec![GoldArticle::of_lines(2, 3, Some(2))],
    )
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
    page(&lines, vec![GoldArticle::of_lines(1, 3, None), GoldArticle::of_lines(4, 6, None)])
}

/// The hand-set numbers, and units and memories that do something.
fn numbers() -> Vec<f32> {
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(3);
    lessons::hand_set().iter().map(|number| number * 0.3 + chance.gen_range(-0.1_f32..0.1)).collect()
}

fn outputs(shape: &Shape, numbers: &[f32], lesson: &Lesson) -> Vec<Vec<f32>> {
    network::run(shape, numbers, lesson.seen.iter().map(|seen| &seen.inputs), &Kept::all(shape)).outputs
}

fn total(shape: &Shape, numbers: &[f32], lesson: &Lesson, over: Over) -> f64 {
    let outputs = outputs(shape, numbers, lesson);
    let outputs: Vec<&[f32]> = outputs.iter().map(Vec::as_slice).collect();
    let chain = Chain::new(shape, &outputs, &numbers[shape.edge(0)..], &lesson.known, over);
    chain.expect("a page has labellings").total()
}

#[test]
fn learning_and_serving_run_one_network() {
    let (shape, numbers, page) = (Shape::of_tagger(), numbers(), short_page());
    let learning = outputs(&shape, &numbers, &Lesson::of(&page));
    assert_eq!(learning, lessons::outputs(&page.text, &numbers));
}

#[test]
fn the_sum_over_all_labellings_is_that_of_every_labelling_written_out() {
    let (shape, numbers, lesson) = (Shape::of_tagger(), numbers(), Lesson::of(&short_page()));
    let outputs = outputs(&shape, &numbers, &lesson);
    let node = |line: usize, state: usize| f64::from(outputs[line][shape.states[state].tag]);
    let mut ways: Vec<(usize, f64)> = (0..shape.states.len())
        .filter(|state| shape.states[*state].first)
        .map(|state| (state, node(0, state)))
        .collect();
    for (line, outputs) in outputs.iter().enumerate().skip(1) {
        let mut longer = Vec::new();
        for (state, score) in &ways {
            let steps = shape.edges.iter().enumerate().filter(|(_, edge)| edge.from == *state);
            longer.extend(steps.map(|(index, edge)| {
                let step = numbers[shape.edge(index)] + outputs[shape.tags + edge.kind];
                (edge.to, score + f64::from(step) + node(line, edge.to))
            }));
        }
        ways = longer;
    }
    let sum: f64 =
        ways.iter().filter(|(state, _)| shape.states[*state].last).map(|(_, score)| score.exp()).sum();
    let total = total(&shape, &numbers, &lesson, Over::All(0.0));
    assert!((total - sum.ln()).abs() < 1e-4, "{total} against {}", sum.ln());
}

#[test]
fn the_gradient_is_the_slope_of_golds_likelihood() {
    let (shape, numbers, lesson) = (Shape::of_tagger(), numbers(), Lesson::of(&short_page()));
    let kept = Kept::all(&shape);
    let gradient = gradient(&shape, &numbers, &lesson, &kept, 0.5).expect("gold is possible");
    let likelihood = |numbers: &[f32]| {
        total(&shape, numbers, &lesson, Over::Gold) - total(&shape, numbers, &lesson, Over::All(0.5))
    };
    let parts = [
        0,
        shape.unit(0),
        shape.memory(0, 0),
        shape.memory(1, 0),
        shape.output(0),
        shape.edge(0),
        numbers.len(),
    ];
    for part in parts.windows(2) {
        let steep = (part[0]..part[1]).filter(|index| gradient[*index].abs() > 0.02);
        let mut compared = 0;
        for index in steep.take(8) {
            let mut moved = numbers.clone();
            moved[index] += 0.002;
            let above = likelihood(&moved);
            moved[index] -= 0.004;
            let slope = (above - likelihood(&moved)) / 0.004;
            let given = f64::from(gradient[index]);
            assert!(
                (slope - given).abs() < 0.02 + 0.05 * given.abs(),
                "number {index}: {slope} against {given}"
            );
            compared += 1;
        }
        assert!(compared > 3, "{compared} numbers of {part:?} have slopes");
    }
}

#[test]
fn labellings_that_agree_with_gold_are_some_of_all() {
    let (shape, numbers, lesson) = (Shape::of_tagger(), numbers(), Lesson::of(&short_page()));
    let total = |over| total(&shape, &numbers, &lesson, over);
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
