//! The trainer's image.

use std::os::unix::fs::PermissionsExt;

use wenlei_tests::model_file::committed;
use wenlei_tests::repository;

use super::harness::{Engine, docker};

#[test]
fn it_makes_the_committed_model() {
    let Some(engine) = Engine::take() else { return };
    let out = tempfile::tempdir().unwrap();
    std::fs::set_permissions(out.path(), PermissionsExt::from_mode(0o777)).unwrap();
    let corpus = format!("{}:/work/local-news:ro", repository().join("models/local-news").display());
    let result = format!("{}:/out", out.path().display());
    let run = [
        "run",
        "--rm",
        "--read-only",
        "--cap-drop=ALL",
        "--network=none",
        "--volume",
        &corpus,
        "--volume",
        &result,
    ];
    let fit = ["fit", "local-news", "--out", "/out/model.safetensors"];
    docker(&[&run[..], &[&engine.train_image], &fit].concat());
    assert!(std::fs::read(out.path().join("model.safetensors")).unwrap() == committed(), "another model");
}
