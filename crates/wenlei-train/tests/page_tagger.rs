//! How the page splitter's numbers are learnt.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use wenlei_text::page::lessons::{self, Part, Shape, Wording};
use wenlei_train::page_tagger::chain::{Chain, Over};
use wenlei_train::page_tagger::compose::{self, Plain};
use wenlei_train::page_tagger::gold::Lesson;
use wenlei_train::page_tagger::learn::{Manner, gradient};
use wenlei_train::page_tagger::network::{self, Kept};
use wenlei_train::page_tagger::study::Splitter;
use wenlei_train::page_tagger::{variants, wording};
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

/// A table that says something of every gram.
fn some_wording() -> Wording {
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(4);
    let rows: Vec<_> = (0..lessons::ROWS)
        .map(|_| std::array::from_fn(|_| f32::from(chance.gen_range(-2_i8..=2)) * 0.1))
        .collect();
    Wording::of(&rows)
}

fn short_lesson() -> Lesson {
    Lesson::of(&short_page(), &some_wording())
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
    let (shape, numbers, wording) = (Shape::of_tagger(), numbers(), some_wording());
    let learning = outputs(&shape, &numbers, &short_lesson());
    assert_eq!(learning, lessons::outputs(&short_page().text, &wording, &numbers));
}

#[test]
fn the_sum_over_all_labellings_is_that_of_every_labelling_written_out() {
    let (shape, numbers, lesson) = (Shape::of_tagger(), numbers(), short_lesson());
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
    let (shape, numbers, lesson) = (Shape::of_tagger(), numbers(), short_lesson());
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
    let (shape, numbers, lesson) = (Shape::of_tagger(), numbers(), short_lesson());
    let total = |over| total(&shape, &numbers, &lesson, over);
    assert!(total(Over::Gold) < total(Over::All(0.0)));
    assert!(total(Over::All(0.0)) < total(Over::All(1.0)), "mistakes have a head start");
}

#[test]
fn a_page_learnt_from_is_split_as_its_gold_says() {
    let page = strange_page();
    let exact = |splitter: &Splitter| measure([(&page, splitter.split(&page.text))], None).0.exact_articles;
    assert!(exact(&Splitter::hand_set()) < 1.0, "the page must be one that isn't known already");
    let learn = || Splitter::learn(&[std::slice::from_ref(&page)], &[], MANNER);
    let splitter = learn();
    assert!((exact(&splitter) - 1.0).abs() < 1e-9);
    assert_eq!(splitter, learn(), "the same lessons teach the same");
}

/// Pages that begin with a column's name or not; nothing but its words tells which.
fn worded_page(number: usize, column: bool) -> LabelledPage {
    let place = ["河口镇", "石桥乡", "柳溪村", "东塘街道"][number % 4];
    let head = if column { "新时代新作为新篇章" } else { "新水厂昨日开闸通水" };
    let text = format!("{place}的消息说，第{number}批居民已经受益，大家都很高兴。");
    let from = if column { 2 } else { 1 };
    page(&[head, &format!("{place}两万居民受益"), &text], vec![GoldArticle::of_lines(from, 3, Some(2))])
}

#[test]
fn wording_tells_a_slogan_from_an_over_title() {
    let pages: Vec<LabelledPage> = (0..40).map(|number| worded_page(number, number % 2 == 0)).collect();
    let wording = wording::learn(pages.iter(), 1);
    let firsts = |column| {
        let page = worded_page(99, column);
        let seen = lessons::see(&page.text, &wording);
        let of_first = |part: Part| {
            let score = |(input, score): &(usize, f32)| {
                (*input == Shape::of_tagger().flags + part as usize).then_some(*score)
            };
            seen[0].inputs.iter().find_map(score).expect("every line has scores")
        };
        of_first(Part::Outside) - of_first(Part::Head)
    };
    assert!(firsts(true) > 0.3, "a slogan is outside: {}", firsts(true));
    assert!(firsts(false) < -0.3, "an over-title is a head: {}", firsts(false));
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
