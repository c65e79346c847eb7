//! The operations manual says what there is, all of it and nothing else.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use wenlei_tests::{program, repository};

fn manual() -> String {
    std::fs::read_to_string(repository().join("docs/operations.md")).unwrap()
}

/// The words of a text that consist of these characters and begin with `start`.
fn words(text: &str, start: &str, is_inside: impl Fn(char) -> bool) -> BTreeSet<String> {
    let words = text.split(|character| !is_inside(character)).filter(|word| word.starts_with(start));
    words
        .map(|word| word.trim_end_matches(['-', '_']).to_owned())
        .filter(|word| word.len() > start.len())
        .collect()
}

fn flags(text: &str) -> BTreeSet<String> {
    words(text, "--", |character| character.is_ascii_lowercase() || character == '-')
}

fn help(arguments: &[&str]) -> String {
    String::from_utf8(program("wenlei-server").args(arguments).output().unwrap().stdout).unwrap()
}

#[test]
fn every_flag_is_in_the_manual_and_no_other() {
    let there_are = flags(&(help(&["--help"]) + &help(&["probe", "--help"])));
    assert!(there_are.len() > 35, "{there_are:?}");
    let manual = flags(&manual());
    let missing: Vec<_> = there_are.difference(&manual).collect();
    assert!(missing.is_empty(), "not in docs/operations.md: {missing:?}");
    // Flags of other programs that the manual calls.
    let others =
        ["--test", "--features", "--release", "--ignored", "--nocapture", "--test-threads", "--data-binary"];
    // Deployment is told in the commands of Docker and kubectl.
    let text = self::manual();
    let (before, deployment) = text.split_once("\n## Deployment\n").unwrap();
    let manual = flags(&(before.to_owned() + deployment.split_once("\n## ").unwrap().1));
    let invented: Vec<_> =
        manual.difference(&there_are).filter(|flag| !others.contains(&flag.as_str())).collect();
    assert!(invented.is_empty(), "only in docs/operations.md: {invented:?}");
}

#[test]
fn every_metric_is_in_the_manual_and_no_other() {
    let list = std::fs::read_to_string(repository().join("crates/wenlei-server/metrics.txt")).unwrap();
    let kinds = |line: &str| line.split_once(' ').map(|(name, kind)| (name.to_owned(), kind.to_owned()));
    let (mut there_are, mut series) = (BTreeSet::new(), BTreeSet::new());
    for (name, kind) in list.lines().filter_map(kinds) {
        let suffixes: &[&str] = match kind.as_str() {
            "counter" => &["_total"],
            "histogram" => &["_bucket", "_count", "_sum"],
            _ => &[""],
        };
        series.extend(suffixes.iter().map(|suffix| name.clone() + suffix));
        there_are.insert(name);
    }
    let named = |text: &str| words(text, "wenlei_", |c| c.is_ascii_lowercase() || c == '_');
    let manual = manual();
    let missing: Vec<_> = there_are.iter().filter(|name| !manual.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "not in docs/operations.md: {missing:?}");
    let invented: Vec<_> = named(&manual)
        .into_iter()
        .filter(|name| {
            !there_are.contains(name) && !series.contains(name) && !name.starts_with("wenlei_server")
        })
        .collect();
    assert!(invented.is_empty(), "only in docs/operations.md: {invented:?}");
}

#[test]
fn every_code_and_stage_is_in_the_manual() {
    let manual = manual();
    let source = |name: &str| {
        std::fs::read_to_string(repository().join("crates/wenlei-server/src").join(name)).unwrap()
    };
    let status = source("status.rs");
    let constructors =
        words(&status, "Self::", |c| c.is_ascii_lowercase() || c == '_' || "Self:".contains(c));
    let codes: BTreeSet<String> = constructors.iter().map(|name| name[6..].to_uppercase()).collect();
    assert!(codes.contains("PERMISSION_DENIED") && codes.len() >= 8, "{codes:?}");
    // Beside these, what tonic answers by itself.
    let tonics = ["CANCELLED", "INVALID_ARGUMENT", "OUT_OF_RANGE", "RESOURCE_EXHAUSTED", "UNIMPLEMENTED"];
    for code in codes.iter().map(String::as_str).filter(|code| *code != "WITH_ERROR_DETAILS").chain(tonics) {
        assert!(manual.contains(&format!("`{code}`")), "{code} is not in docs/operations.md");
    }
    for stage in ["queue", "split", "normalize", "segment", "features", "score"] {
        assert!(source("metrics/labels.rs").contains(&format!("\"{stage}\"")), "no stage {stage} any more");
        assert!(manual.contains(&format!("`{stage}`")), "{stage} is not in docs/operations.md");
    }
}
