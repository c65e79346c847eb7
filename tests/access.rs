//! Who may change the server: `ReloadModel` takes more than a call that reads.
#![allow(clippy::unwrap_used)]

use std::process::Command;

use tonic::{Code, Request, Status};
use wenlei_proto::v1::{GetModelRequest, ReloadModelRequest};
use wenlei_tests::http::ask;
use wenlei_tests::{Server, program};

/// The SHA-256 of a token, as an operator makes it.
fn sha256(token: &str) -> String {
    let output = Command::new("sh").args(["-c", &format!("printf %s '{token}' | sha256sum")]).output();
    String::from_utf8(output.unwrap().stdout).unwrap().split_whitespace().next().unwrap().to_owned()
}

/// A server that knows a token that reads, and one that may change it.
fn server_with_tokens(directory: &tempfile::TempDir, more: &[&str]) -> Server {
    let path = directory.path().join("tokens");
    let lines = format!("newsroom {}\noperator {} admin\n", sha256("reader"), sha256("changer"));
    std::fs::write(&path, lines).unwrap();
    Server::start(&[&["--tokens", path.to_str().unwrap()], more].concat())
}

fn with_token<T>(message: T, token: &str) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    request
}

async fn reload(server: &Server, token: Option<&str>) -> Result<(), Status> {
    let message = ReloadModelRequest::default();
    let request = match token {
        Some(token) => with_token(message, token),
        None => Request::new(message),
    };
    server.models().await.reload_model(request).await.map(drop)
}

#[tokio::test]
async fn a_reload_takes_a_token_with_the_scope_for_it() {
    let directory = tempfile::tempdir().unwrap();
    // With tokens the place doesn't matter: the scope says who may.
    for more in [&[][..], &["--reload-from", "anywhere"]] {
        let server = server_with_tokens(&directory, more);
        assert_eq!(reload(&server, None).await.unwrap_err().code(), Code::Unauthenticated);
        assert_eq!(reload(&server, Some("guess")).await.unwrap_err().code(), Code::Unauthenticated);
        let error = reload(&server, Some("reader")).await.unwrap_err();
        assert_eq!(error.code(), Code::PermissionDenied, "{error}");
        assert!(error.message().contains("scope admin"), "{error}");
        reload(&server, Some("changer")).await.unwrap();
        for token in ["reader", "changer"] {
            let request = with_token(GetModelRequest::default(), token);
            server.models().await.get_model(request).await.expect("both may read");
        }
    }
}

#[test]
fn json_is_no_way_around_the_scope() {
    let directory = tempfile::tempdir().unwrap();
    let server = server_with_tokens(&directory, &[]);
    let path = "/wenlei.v1.ModelService/ReloadModel";
    let status = |token: &str| {
        let token = format!("authorization: Bearer {token}");
        ask(server.address(), "POST", path, &["content-type: application/json", &token], b"{}").status
    };
    assert_eq!(status("reader"), 403);
    assert_eq!(status("changer"), 200);
}

/// That other machines may not is tested in the server's own crate, where requests can come from anywhere.
#[tokio::test]
async fn without_tokens_a_reload_is_for_this_machine_unless_told_otherwise() {
    reload(&Server::start(&[]), None).await.expect("from this machine");
    reload(&Server::start(&["--reload-from", "anywhere"]), None).await.unwrap();
    let error = reload(&Server::start(&["--reload-from", "nowhere"]), None).await.unwrap_err();
    assert_eq!(error.code(), Code::PermissionDenied, "{error}");
    assert!(error.message().contains("--reload-from"), "{error}");
}

#[test]
fn a_scope_or_place_that_is_not_known_stops_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens");
    std::fs::write(&path, format!("operator {} root\n", sha256("t"))).unwrap();
    let tokens = ["--tokens", path.to_str().unwrap(), "--admin-listen", "off", "--listen", "127.0.0.1:0"];
    let output = program("wenlei-server").args(tokens).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 1"));
    let output = program("wenlei-server").args(["--reload-from", "moon"]).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
}
