//! The server's image: small, and content with very little.

use std::process::Command;

use wenlei_tests::repository;

use super::harness::{Container, Engine, docker};

/// The most the image may weigh.
const LARGEST: u64 = 45_000_000;

/// What gcr.io/distroless/cc-debian12 weighs, rounded up. It can't be had everywhere, so what is measured is what the
/// build adds to its base.
const DEFAULT_BASE: u64 = 24_000_000;

fn size(image: &str) -> u64 {
    docker(&["image", "inspect", "--format", "{{.Size}}", image]).parse().unwrap()
}

#[test]
fn the_image_is_small() {
    let Some(engine) = Engine::take() else { return };
    let added = size(&engine.server_image) - size(&engine.runtime_image);
    eprintln!("the server adds {added} bytes to its base, {} with the default base", added + DEFAULT_BASE);
    assert!(added + DEFAULT_BASE <= LARGEST, "{added} bytes and a base of {DEFAULT_BASE}");
}

#[test]
fn it_serves_read_only_without_rights_in_128_megabytes() {
    let Some(engine) = Engine::take() else { return };
    let container = Container::start(&engine.server_image, &[]);
    assert_eq!(container.inspect("{{.Config.User}}"), "65532:65532");
    assert_eq!(container.inspect("{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}"), "true [ALL]");
    let request = r#"{"document": {"title": "三个亿元项目签约落户开发区", "text": "开发区举行招商推介会，三个项目现场签约。"}}"#;
    let output = Command::new(std::env::var("GRPCURL").unwrap_or("grpcurl".into()))
        .args(["-plaintext", "-d", request, container.address(), "wenlei.v1.ClassificationService/Classify"])
        .output()
        .expect("grpcurl");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(answer["prediction"]["primaryTopic"], "investment_attraction", "{answer:#}");
    container.stop(10);
    assert_eq!(container.inspect("{{.State.ExitCode}} {{.State.OOMKilled}}"), "0 false");
}

#[test]
fn a_mounted_model_is_served() {
    let Some(engine) = Engine::take() else { return };
    let mount = format!("{}:/models:ro", repository().join("models/local-news").display());
    let container =
        Container::start(&engine.server_image, &["--volume", &mount, "--env", "WENLEI_MODEL=/models"]);
    assert!(container.log().contains("serving on"), "{}", container.log());
}

#[test]
fn its_label_is_the_version() {
    let Some(engine) = Engine::take() else { return };
    let label = r#"{{index .Config.Labels "org.opencontainers.image.version"}}"#;
    let version = docker(&["image", "inspect", "--format", label, &engine.server_image]);
    assert_eq!(version, env!("CARGO_PKG_VERSION"), "VERSION in the Dockerfile");
}

#[test]
fn there_is_no_shell() {
    let Some(engine) = Engine::take() else { return };
    let run = ["run", "--rm", "--entrypoint", "/bin/sh", &engine.server_image, "-c", "true"];
    assert!(!Command::new("docker").args(run).output().unwrap().status.success());
}
