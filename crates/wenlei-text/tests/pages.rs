//! Splitting pages: a table of small pages, and properties of any text whatever.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use wenlei_text::page::{Article, Kind, Reason, Role, split};

/// A report of some length, so that it can't be taken for a heading.
const REPORT: &str = "全县化工企业安全环保整治提升推进会召开，会议通报了前一阶段隐患排查情况，要求各镇各园区对照清单逐项整改，\
     按时销号，月底前组织一次回头看，对整改不到位的企业停产整顿。";
/// Another with other words.
const OTHER: &str = "入夏以来，镇里的葡萄陆续成熟，合作社请来城里的主播在田头卖货，三天卖出四千多箱，果农老周说，价钱比往年每斤高出\
     一块多，明年还要再添五个大棚，让孙子也回来帮忙。";

/// An article in short: title, first and last characters of its text, kind.
fn summary(page: &str, article: &Article) -> (String, String, String, Kind) {
    let text = article.text(page);
    let ends = |characters: Vec<char>| characters.into_iter().collect::<String>();
    let first = ends(text.chars().take(6).collect());
    let last = ends(text.chars().skip(text.chars().count().saturating_sub(4)).collect());
    (article.title(page), first, last, article.kind)
}

fn titles(page: &str) -> Vec<String> {
    split(page).articles.iter().map(|article| article.title(page)).collect()
}

#[test]
fn a_plain_article_is_one_article() {
    let table = [
        REPORT.to_owned(),
        format!("{REPORT}\n{OTHER}\n{REPORT}"),
        format!("县里开会部署安全生产\n\n{REPORT}\n\n{OTHER}"),
        format!("县里开会部署安全生产\n\n{REPORT}\n一、突出重点\n{OTHER}\n二、压实责任\n{REPORT}"),
        format!("关于开展专项检查的通知\n各镇（街道）：\n{REPORT}\n县安全生产委员会办公室\n2020年6月1日"),
    ];
    for page in table {
        let found = split(&page);
        assert_eq!(found.articles.len(), 1, "{page}");
        assert_eq!(found.articles[0].range(), 0..page.len(), "{page}");
        assert!(found.furniture.is_empty(), "{page}");
    }
}

#[test]
fn articles_in_a_row_are_told_apart() {
    let page = format!(
        "某某日报\n2020年6月11日 星期四 第2版 要闻 责任编辑：张三\n\n\
         县里部署安全整治\n\n本报讯 {REPORT}（李明 王强）\n\n葡萄熟了\n\n本报讯（记者 赵云）{OTHER}"
    );
    let found = split(&page);
    let articles: Vec<_> = found.articles.iter().map(|article| summary(&page, article)).collect();
    assert_eq!(
        articles,
        [
            ("县里部署安全整治".into(), "全县化工企业".into(), "产整顿。".into(), Kind::Article),
            ("葡萄熟了".into(), "入夏以来，镇".into(), "来帮忙。".into(), Kind::Article)
        ]
    );
    let roles: Vec<Role> = found.articles[0].parts.iter().map(|part| part.role).collect();
    assert_eq!(roles, [Role::Title, Role::Dateline, Role::Body, Role::Byline]);
    assert_eq!(&page[found.articles[1].parts[1].range.clone()], "本报讯（记者 赵云）");
    assert!(found.furniture.iter().any(|furniture| furniture.reason == Reason::Banner));
}

#[test]
fn a_sentence_cut_by_the_column_is_joined() {
    let (before, after) = REPORT
        .split_at("全县化工企业安全环保整治提升推进会召开，会议通报了前一阶段隐患排查情况，要求各".len());
    let page = format!("县里部署安全整治\n\n本报讯 {before}\n\n{after}（李明）");
    let found = split(&page);
    assert_eq!(found.articles.len(), 1);
    assert_eq!(found.articles[0].text(&page), REPORT);
}

#[test]
fn a_title_below_its_text_is_its_title() {
    let page =
        format!("本报讯 {REPORT}（李明）\n\n县里部署安全整治\n\n\n\n葡萄熟了\n\n本报讯 {OTHER}（王强）");
    assert_eq!(titles(&page), ["县里部署安全整治", "葡萄熟了"]);
}

#[test]
fn a_caption_is_an_item_of_its_own() {
    let page = format!(
        "县里部署安全整治\n\n本报讯 {REPORT}（李明）\n\n\n6月8日，朝阳村施工现场一片繁忙，工人正在砌墙。单小泉 摄\n\n\n\
         葡萄熟了\n\n本报讯 {OTHER}"
    );
    let kinds: Vec<Kind> = split(&page).articles.iter().map(|article| article.kind).collect();
    assert_eq!(kinds, [Kind::Article, Kind::Caption, Kind::Article]);
    assert_eq!(titles(&page)[1], "");
}

#[test]
fn a_slogan_between_articles_is_furniture() {
    let page = format!(
        "县里部署安全整治\n\n本报讯 {REPORT}（李明）\n\n比学赶超 进位争先\n\n葡萄熟了\n\n本报讯 {OTHER}"
    );
    assert_eq!(titles(&page), ["县里部署安全整治", "葡萄熟了"]);
    let furniture: Vec<_> =
        split(&page).furniture.iter().map(|item| page[item.range.clone()].to_owned()).collect();
    assert_eq!(furniture, ["比学赶超 进位争先"]);
}

#[test]
fn a_banner_between_title_and_text_is_furniture() {
    let page = format!(
        "县里部署安全整治\n\n**砥砺前行 再创佳绩**\n\n本报讯 {REPORT}（李明）\n\n比学赶超 进位争先\n\n葡萄熟了\n\n本报讯 {OTHER}"
    );
    assert_eq!(titles(&page), ["县里部署安全整治", "葡萄熟了"]);
    let furniture: Vec<_> =
        split(&page).furniture.iter().map(|item| page[item.range.clone()].to_owned()).collect();
    assert_eq!(furniture, ["**砥砺前行 再创佳绩**", "比学赶超 进位争先"]);
}

/// Both lines above the headline have one build; only what they say tells them apart.
#[test]
fn a_line_above_a_headline_belongs_to_it_when_it_speaks_of_the_news() {
    let page = |above: &str| {
        format!("县里部署安全整治\n\n本报讯 {REPORT}（李明）\n\n{above}\n\n葡萄熟了\n\n本报讯 {OTHER}")
    };
    let second = |above: &str| {
        let page = page(above);
        let article = split(&page).articles[1].range();
        page[article].chars().take(4).collect::<String>()
    };
    assert_eq!(second("三天卖出四千多箱"), "三天卖出");
    assert_eq!(second("喜看农村新变化"), "葡萄熟了");
}

#[test]
fn headings_of_one_build_head_the_sections_of_one_article() {
    let page = format!(
        "湖滨日报 2021年3月2日 第3版\n\n柳湖镇的三本账\n\n{REPORT}\n\n算好生态账\n\n{OTHER}\n\n算好发展账\n\n{REPORT}\n\n\
         算好民生账\n\n{OTHER}（李明）"
    );
    assert_eq!(titles(&page), ["柳湖镇的三本账"]);
}

#[test]
fn a_web_page_gives_its_article_without_navigation() {
    let page = format!(
        "首页 | 新闻中心 | 政务公开 | 联系我们\n当前位置：首页 > 新闻中心 > 县里部署安全整治\n县里部署安全整治\n\
         发布时间：2020-06-11 来源：县应急管理局 浏览次数：18\n{REPORT}\n{OTHER}\n上一篇：停水通知\n\
         【打印本页】【关闭窗口】\n主办：县人民政府 电话：0515-83000000\n苏ICP备00000000号"
    );
    let found = split(&page);
    assert_eq!(titles(&page), ["县里部署安全整治"]);
    let article = &page[found.articles[0].range()];
    assert!(article.starts_with("县里部署") && article.ends_with("回来帮忙。"), "{article}");
    let reasons: Vec<Reason> = found.furniture.iter().map(|item| item.reason).collect();
    assert!(reasons.contains(&Reason::Navigation) && reasons.contains(&Reason::Contact), "{reasons:?}");
}

#[test]
fn half_width_punctuation_and_narrow_columns_change_nothing() {
    let page = format!("县里部署安全整治\n本报讯 {REPORT}（李明 王强）\n葡萄熟了\n本报讯 {OTHER}（赵云）");
    let half: String = page
        .chars()
        .map(|c| match c {
            '，' => ',',
            '（' => '(',
            '）' => ')',
            _ => c,
        })
        .collect();
    let narrow: String = half.lines().map(|line| wrapped(line, 16)).collect();
    for page in [page, half, narrow] {
        let found = titles(&page);
        assert_eq!(found, ["县里部署安全整治", "葡萄熟了"], "{page}");
    }
}

fn wrapped(line: &str, width: usize) -> String {
    let characters: Vec<char> = line.chars().collect();
    characters.chunks(width).map(|chunk| chunk.iter().collect::<String>() + "\n").collect()
}

#[test]
fn an_empty_page_has_nothing() {
    for page in ["", " \n\u{3000}\n\t", "\u{85}\u{2028}"] {
        assert_eq!(split(page), wenlei_text::page::Page::default());
    }
}

/// Pages made of what pages are made of.
fn pages() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "本报讯 ",
        "6月1日，",
        REPORT,
        "（李明 王强）",
        "张三 摄",
        "县里开会",
        "——记全县安全生产会议",
        "\n",
        "\n\n\n",
        "\r\n",
        "首页 | 新闻 | 联系我们",
        "电话：0515-83000000",
        "【标题】",
        "● ",
        "，",
        "。",
        "\u{3000}",
        "&nbsp;",
        "\u{200b}",
        "\0",
        "e\u{301}",
        "\u{2028}",
        "(",
        "）",
        "摄",
        "**",
    ]);
    prop_oneof![
        ".{0,80}",
        "[\\PC\n]{0,120}",
        prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_is_held_exactly_once(page in pages()) {
        let found = split(&page);
        let mut holders = vec![0; page.len()];
        let parts = found.articles.iter().flat_map(|article| &article.parts).map(|part| &part.range);
        for range in parts.chain(found.furniture.iter().map(|furniture| &furniture.range)) {
            prop_assert!(page.get(range.clone()).is_some_and(|text| !text.trim().is_empty()));
            for holder in &mut holders[range.clone()] {
                *holder += 1;
            }
        }
        for (at, c) in page.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            prop_assert_eq!(holders[at], 1, "{:?} at {}", c, at);
        }
    }

    #[test]
    fn parts_follow_one_another(page in pages()) {
        let mut end = 0;
        for article in split(&page).articles {
            prop_assert!(!article.parts.is_empty());
            for part in &article.parts {
                prop_assert!(part.range.start >= end);
                end = part.range.end;
            }
            let (title, text) = (article.title(&page), article.text(&page));
            prop_assert!(title.len() + text.len() <= page.len() + article.parts.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_megabytes_of_anything_take_no_longer_than_their_size_allows(piece in pages()) {
        prop_assume!(!piece.is_empty());
        let page = piece.repeat(2_000_000 / piece.len() + 1);
        let start = Instant::now();
        split(&page);
        prop_assert!(start.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn two_megabytes_are_split_in_linear_time() {
    let line = format!("{REPORT}\n");
    let table = [
        "a",
        "\n",
        "字\n",
        "，",
        "（",
        "摄",
        "1\n\n",
        " | ",
        "&",
        "*",
        "】",
        "本报讯",
        "字\u{2028}",
        "字\r",
        line.as_str(),
        "\u{301}",
    ];
    for piece in table {
        let page = piece.repeat(2_000_000 / piece.len());
        let start = Instant::now();
        let found = split(&page);
        for article in &found.articles {
            article.text(&page);
            article.title(&page);
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{piece:?} took {:?}", start.elapsed());
    }
}
