//! What stands around articles on made-up pages: heads, names, menus, columns.

use rand::seq::SliceRandom;
use rand::{Rng, RngCore};

use super::compose::Plain;

/// Ways an article's text begins.
pub const LEADS: usize = 9;
/// So many of them, the first, are datelines.
pub const DATELINES: usize = 3;
/// Ways reporters are named above a text.
pub const BYLINES: usize = 8;
/// Ways an article ends.
pub const ENDS: usize = 10;

fn pick(from: &[&str], chance: &mut dyn RngCore) -> String {
    from.choose(chance).map(|text| (*text).to_owned()).unwrap_or_default()
}

fn name(chance: &mut dyn RngCore) -> String {
    let surnames: Vec<char> = "赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张孔曹严金魏陶姜".chars().collect();
    let given: Vec<char> = "明伟芳娜敏静丽强磊军洋勇艳杰涛超霞平刚英建国文辉玲志远晓东海燕".chars().collect();
    let mut name = String::from(*surnames.choose(chance).unwrap_or(&'李'));
    let gap = chance.gen_bool(0.1);
    for _ in 0..chance.gen_range(1..=2) {
        if gap {
            name.push('　');
        }
        name.push(*given.choose(chance).unwrap_or(&'明'));
    }
    name
}

fn names(chance: &mut dyn RngCore) -> String {
    let count = chance.gen_range(1..=2);
    let names: Vec<String> = (0..count).map(|_| name(chance)).collect();
    names.join(" ")
}

fn day(chance: &mut dyn RngCore) -> String {
    format!("{}月{}日", chance.gen_range(1..=12), chance.gen_range(1..=28))
}

fn date(chance: &mut dyn RngCore) -> String {
    let (year, month, day) =
        (chance.gen_range(2012..2026), chance.gen_range(1..=12), chance.gen_range(1..=28));
    match chance.gen_range(0..3) {
        0 => format!("{year}年{month}月{day}日"),
        1 => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{year}/{month:02}/{day:02} 09:1{}", day % 10),
    }
}

/// What stands before the first sentence.
pub fn lead(kind: usize, chance: &mut dyn RngCore) -> String {
    match kind {
        0 => "本报讯 ".to_owned(),
        1 => format!("本报讯（记者 {}）", names(chance)),
        2 => format!("本报讯(通讯员 {} 记者 {}) ", names(chance), name(chance)),
        3 => format!("{}，", day(chance)),
        4 => pick(&["日前，", "近日，", "连日来，", "昨天，"], chance),
        5 => format!("（记者 {}）", names(chance)),
        _ => String::new(),
    }
}

/// The line of names above a text.
pub fn byline(kind: usize, chance: &mut dyn RngCore) -> Option<String> {
    match kind {
        0 => Some(format!("本报记者 {}", names(chance))),
        1 => Some(format!("□ {}", names(chance))),
        2 => Some(format!("■ 本报记者 {} 通讯员 {}", name(chance), name(chance))),
        3 => Some(format!("记者 {} 文/图", names(chance))),
        _ => None,
    }
}

/// What stands after the last sentence.
pub fn end(kind: usize, chance: &mut dyn RngCore) -> String {
    match kind {
        0 | 1 => format!("（{}）", names(chance)),
        2 => format!("（记者 {}）", names(chance)),
        3 => format!("({})", names(chance)),
        4 => format!("　{}", names(chance)),
        5 => format!("（本报记者 {}）", names(chance)),
        _ => String::new(),
    }
}

/// Who took the photograph.
pub fn credit(chance: &mut dyn RngCore) -> String {
    let name = name(chance);
    match chance.gen_range(0..4) {
        0 => format!(" {name} 摄"),
        1 => format!("（{name} 摄）"),
        2 => format!("　　{name}摄"),
        _ => format!("（本报记者 {name} 摄影报道）"),
    }
}

/// The head of a row of short items.
pub fn briefs_head(chance: &mut dyn RngCore) -> String {
    pick(&["简讯", "短讯", "一句话新闻", "简明新闻", "新闻速递", "镇村动态"], chance)
}

/// What each of them begins with; empty for its title in brackets.
pub fn bullet(chance: &mut dyn RngCore) -> String {
    pick(&["● ", "◆", "■", "▲", ""], chance)
}

/// The source line of a web article.
pub fn source(chance: &mut dyn RngCore) -> String {
    let (date, name) = (date(chance), name(chance));
    match chance.gen_range(0..4) {
        0 => format!("发布时间：{date} 来源：县融媒体中心 浏览次数：{}", chance.gen_range(10..999)),
        1 => format!("{date} 来源：海州日报 作者：{name}"),
        2 => format!("时间：{date}　编辑：{name}"),
        _ => date,
    }
}

/// A line above a title.
pub fn overtitle(chance: &mut dyn RngCore) -> String {
    let name = name(chance);
    let own = format!("{name}在全县工作会议上强调");
    pick(&[&own, "我县召开项目推进会", "今年以来，各镇（街道）打好攻坚战", "办实事 解难题"], chance)
}

/// A line below a title.
pub fn subtitle(chance: &mut dyn RngCore) -> String {
    let own = format!("——记全县劳动模范{}", name(chance));
    pick(&[&own, "——全县推进农村改革纪实", "——来自项目一线的报道"], chance)
}

/// A heading inside a text.
pub fn subhead(index: usize, chance: &mut dyn RngCore) -> String {
    let number = ["一", "二", "三", "四", "五", "六", "七", "八"].get(index - 1).copied().unwrap_or("九");
    let own = format!("{number}、抓好重点任务落实");
    pick(&[&own, "把好事办到群众心坎上", "“小切口”做出“大文章”", "从“要我干”到“我要干”"], chance)
}

/// A slogan that the page's make-up left between a headline and its text.
pub fn banner(chance: &mut dyn RngCore) -> String {
    let slogan = format!(
        "{} {}",
        pick(&["砥砺前行", "实干担当", "凝心聚力谋发展", "决战决胜", "不忘初心"], chance),
        pick(&["再创佳绩", "走在前列", "同心同德开新局", "进位争先", "牢记使命"], chance),
    );
    match chance.gen_range(0..4) {
        0 => format!("**{slogan}**"),
        1 => format!("“**{slogan}**”"),
        2 => format!("★{slogan}★"),
        _ => slogan,
    }
}

/// A column's name.
pub fn column_head(chance: &mut dyn RngCore) -> String {
    let names = [
        "民生关注",
        "【一线传真】",
        "■ 记者走基层",
        "乡 镇 新 貌",
        "★ 百姓故事 ★",
        "**聚焦高质量发展**",
        "奋战四季度 全力冲全年",
        "全面推进乡村振兴",
        "身边好人",
        "法治在线",
        "我为群众办实事",
        "◆ 部门动态",
    ];
    pick(&names, chance)
}

const ENTRIES: [&str; 10] = [
    "首页",
    "政务公开",
    "新闻中心",
    "工作动态",
    "通知公告",
    "政策法规",
    "互动交流",
    "专题专栏",
    "办事大厅",
    "图片新闻",
];

fn menu(chance: &mut dyn RngCore) -> Vec<String> {
    let entries: Vec<&str> = ENTRIES.choose_multiple(chance, 6).copied().collect();
    match chance.gen_range(0..4) {
        0 => vec![entries.join("  ")],
        1 => vec![entries.join(" | ")],
        2 => entries.iter().map(|entry| format!("* {entry}")).collect(),
        _ => entries.iter().map(|entry| (*entry).to_owned()).collect(),
    }
}

fn links(articles: &[Plain], chance: &mut dyn RngCore) -> Vec<String> {
    let kind = chance.gen_range(0..3);
    let titles: Vec<&Plain> = articles.choose_multiple(chance, 4).collect();
    titles
        .iter()
        .filter(|article| !article.title.is_empty())
        .map(|article| match kind {
            0 => format!("{} {}", article.title, date(chance)),
            1 => format!("· {}", article.title),
            _ => article.title.clone(),
        })
        .collect()
}

/// The lines at the top of a page.
pub fn page_head(web: bool, articles: &[Plain], chance: &mut dyn RngCore) -> Vec<String> {
    if web {
        let mut lines = menu(chance);
        if chance.gen_bool(0.3) {
            lines.extend(links(articles, chance));
        }
        lines.push(pick(
            &["首页 > 新闻中心 > 部门动态", "当前位置：首页 >> 要闻 >> 正文", "您的位置: 首页 / 动态"],
            chance,
        ));
        return lines;
    }
    let (paper, date, name) =
        (pick(&["海州日报", "云阳晚报", "今日平川", "柳城周刊"], chance), date(chance), name(chance));
    let section = pick(&["要闻", "综合新闻", "民生", "社会", "本地"], chance);
    match chance.gen_range(0..4) {
        0 => vec![paper, format!("{date} 星期三 第2版 {section} 责任编辑：{name}")],
        1 => vec![format!("03版 {section} {date}"), format!("编辑：{name} 版式：{name}")],
        2 => vec![section, date],
        _ => vec![format!("{paper}　{date}　星期五　A3版")],
    }
}

/// The way to an article, or the window's title: a line that holds the headline before it stands by itself.
pub fn trail(title: &str, chance: &mut dyn RngCore) -> String {
    let (section, part) = (
        pick(&["新闻中心", "园区动态", "工作动态", "信息公开", "要闻"], chance),
        pick(&["部门动态", "综合新闻", "媒体聚焦", "图片新闻", "乡镇信息"], chance),
    );
    match chance.gen_range(0..5) {
        0 => format!("首页 > {section} > {title}"),
        1 => format!("{section} {part} {title}"),
        2 => format!("当前位置：首页>>{section}>>{part}>>{title}"),
        3 => format!("{title}_{section}_海州区人民政府"),
        _ => format!("{title} - 海州新闻网"),
    }
}

/// The lines at the bottom of a page.
pub fn page_foot(web: bool, articles: &[Plain], chance: &mut dyn RngCore) -> Vec<String> {
    if !web {
        let phone = format!("新闻热线：0515-8321{}", chance.gen_range(1000..9999));
        return vec![pick(
            &[&phone, "本报地址：人民路18号 邮编：224100", "印刷：海州日报印刷厂 零售价：1.00元"],
            chance,
        )];
    }
    let mut lines = Vec::new();
    if chance.gen_bool(0.5) {
        lines.push("【打印】 【关闭】 【返回顶部】".to_owned());
    }
    if chance.gen_bool(0.5) {
        lines.push(pick(&["相关阅读", "推荐阅读", "热点新闻"], chance));
        lines.extend(links(articles, chance));
    }
    lines.push(pick(
        &["主办单位：县人民政府办公室 承办：大数据中心", "版权所有 海州新闻网", "联系电话：0515-86000000"],
        chance,
    ));
    lines
}
