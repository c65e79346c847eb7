//! The trainer's programs on small data, and its model in the server.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use wenlei_proto::v1::ClassifyRequest;
use wenlei_tests::{Server, assigned, document, program};

const SPORTS: [&str; 8] = [
    "球队客场取胜",
    "前锋梅开二度",
    "教练点评球赛",
    "球迷庆祝夺冠",
    "联赛补时绝杀",
    "门将扑出点球",
    "主场球迷助威",
    "球赛战成平局",
];
const STOCKS: [&str; 8] = [
    "股市收盘上涨",
    "基金净值回落",
    "股指盘中跳水",
    "券商股票领涨",
    "两市成交放量",
    "股民追高被套",
    "基金经理调仓",
    "股票停牌核查",
];

/// A recipe and data of two exclusive classes.
fn write_recipe(directory: &Path) {
    let mut data = String::new();
    for (sports, stocks) in SPORTS.iter().zip(STOCKS) {
        writeln!(data, "{sports}\tsports\n{stocks}\tstocks").unwrap();
    }
    fs::write(directory.join("train.tsv"), data).unwrap();
    let recipe = "name = \"small\"\ndata = [\"train.tsv\"]\ndecision = \"exclusive\"\n[features]\nmin_documents = 1\n[validation]\nfolds = 4\n";
    fs::write(directory.join("recipe.toml"), recipe).unwrap();
}

fn train(arguments: &[&str]) -> Output {
    program("wenlei-train").args(arguments).output().unwrap()
}

#[tokio::test]
async fn a_small_model_is_fitted_measured_inspected_and_served() {
    let directory = tempfile::tempdir().unwrap();
    write_recipe(directory.path());
    let path = |name: &str| directory.path().join(name).display().to_string();
    let output = train(&["fit", directory.path().to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    for name in ["model.safetensors", "MODEL_CARD.md", "report.html"] {
        assert!(fs::metadata(path(name)).unwrap().len() > 0);
    }

    let output =
        train(&["evaluate", "--model", &path("model.safetensors"), "--data", &path("train.tsv"), "--json"]);
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (figures["documents"].as_u64(), figures["accuracy"].as_f64()),
        (Some(16), Some(1.0)),
        "{figures}"
    );
    for key in ["macro_f1", "micro_f1", "exact", "ece"] {
        assert!(figures[key].is_f64(), "{key} in {figures}");
    }
    for key in ["precision", "recall", "f1", "support"] {
        assert!(figures["topics"]["sports"][key].is_number(), "{key} in {figures}");
    }
    let output = train(&["inspect", &path("model.safetensors")]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("股票"));

    let server = Server::start(&["--model", &format!("news={}", path("model.safetensors"))]);
    let request =
        ClassifyRequest {
            document: document("", "股市放量"), model: "news".into(), ..Default::default()
        };
    let response = server.classification().await.classify(request).await.unwrap().into_inner();
    assert_eq!(assigned(&response.prediction.unwrap()), ["stocks"]);
}

#[test]
fn the_same_corpus_makes_the_same_bytes_whatever_the_threads() {
    let directory = tempfile::tempdir().unwrap();
    write_recipe(directory.path());
    let models = ["1", "2", "2"].map(|threads| {
        let out = directory.path().join("again.safetensors");
        let status = program("wenlei-train")
            .env("RAYON_NUM_THREADS", threads)
            .arg("fit")
            .arg(directory.path())
            .arg("--out")
            .arg(&out)
            .output()
            .unwrap()
            .status;
        assert!(status.success());
        fs::read(out).unwrap()
    });
    assert!(models[0] == models[1] && models[1] == models[2]);
    assert!(!directory.path().join("report.html").exists(), "--out writes the model only");
}

#[test]
fn mistakes_in_recipe_and_data_are_named() {
    let directory = tempfile::tempdir().unwrap();
    let fit = || {
        let output = train(&["fit", directory.path().to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(fit().contains("recipe.toml"));
    write_recipe(directory.path());
    fs::write(directory.path().join("train.tsv"), "球赛\tsports\n没有标签\n").unwrap();
    assert!(fit().contains("train.tsv:2: expected text, a tab and a label"));
    fs::write(directory.path().join("train.tsv"), "球赛\tsports\n股市\tstocks\n").unwrap();
    assert!(fit().contains("topic sports has 1 articles; 4 are needed"));
}
