//! Who may call.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use wenlei_proto::v1::ClassifyRequest;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;
use wenlei_tests::credentials::{Authority, token_line};
use wenlei_tests::{PATIENCE, Server, document, program};

/// A client that trusts `authority` and knows the server by `name`.
fn trusting(authority: &Authority, name: &str) -> ClientTlsConfig {
    ClientTlsConfig::new().ca_certificate(Certificate::from_pem(authority.pem())).domain_name(name)
}

async fn classify_over(channel: Channel) -> Result<(), Status> {
    let request = ClassifyRequest { document: document("", "安全"), ..Default::default() };
    ClassificationServiceClient::new(channel).classify(request).await.map(drop)
}

async fn classify_with_tls(server: &Server, tls: ClientTlsConfig) -> Result<(), String> {
    let endpoint = Endpoint::from_shared(format!("https://{}", server.address())).unwrap();
    let endpoint = endpoint.tls_config(tls).unwrap().timeout(PATIENCE);
    let channel = endpoint.connect().await.map_err(|error| format!("{error:?}"))?;
    classify_over(channel).await.map_err(|error| format!("{error:?}"))
}

#[tokio::test]
async fn tls_is_spoken_and_the_certificate_is_reloaded_without_a_restart() {
    let authority = Authority::default();
    authority.sign("old.example");
    let server = authority.server(&[]);
    classify_with_tls(&server, trusting(&authority, "old.example")).await.unwrap();
    assert!(classify_with_tls(&server, trusting(&authority, "new.example")).await.is_err());
    authority.sign("new.example");
    let start = Instant::now();
    while classify_with_tls(&server, trusting(&authority, "new.example")).await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(10), "{}", server.log());
    }
    fs::write(authority.path("certificate.pem"), "broken").unwrap();
    server.wait_for_log("the old stays");
    classify_with_tls(&server, trusting(&authority, "new.example")).await.unwrap();
}

/// kubelet and container engines can't present certificates, nor can they know a token.
#[test]
fn probe_works_with_mutual_tls_and_tokens_too() {
    let authority = Authority::default();
    authority.sign("a.example");
    write_tokens(&authority.path("tokens"), &[token_line("newsroom", "secret")]);
    let (clients, tokens) = (authority.argument("authority.pem"), authority.argument("tokens"));
    let server = authority.server(&["--tls-client-authority", &clients, "--tokens", &tokens]);
    let probe = |arguments: &[&str]| program("wenlei-server").arg("probe").args(arguments).output().unwrap();
    assert!(probe(&["--admin-addr", server.admin()]).status.success());
    let refused = probe(&["--addr", server.address()]);
    assert_eq!(refused.status.code(), Some(1));
    let text = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(text.contains("if it speaks TLS, ask the admin port"), "{text}");
}

#[tokio::test]
async fn mutual_tls_asks_for_a_certificate_of_the_authority() {
    let authority = Authority::default();
    let (certificate, key) = authority.sign("a.example");
    let server = authority.server(&["--tls-client-authority", &authority.argument("authority.pem")]);
    let stranger = Authority::default();
    let (other_certificate, other_key) = stranger.sign("a.example");
    let client = || trusting(&authority, "a.example");
    assert!(classify_with_tls(&server, client()).await.is_err(), "without a certificate");
    let other = client().identity(Identity::from_pem(other_certificate, other_key));
    assert!(classify_with_tls(&server, other).await.is_err(), "with a stranger's");
    classify_with_tls(&server, client().identity(Identity::from_pem(certificate, key))).await.unwrap();
}

async fn classify_with_token(server: &Server, token: &str) -> Result<(), Status> {
    let mut request =
        Request::new(ClassifyRequest { document: document("", "安全"), ..Default::default() });
    request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    server.classification().await.classify(request).await.map(drop)
}

fn write_tokens(path: &Path, lines: &[String]) {
    fs::write(path, format!("# name and hash\n{}", lines.concat())).unwrap();
}

#[tokio::test]
async fn a_call_needs_a_token_and_health_does_not() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens");
    write_tokens(&path, &[token_line("newsroom", "secret-1")]);
    let server = Server::start(&["--tokens", path.to_str().unwrap(), "--log-level", "debug"]);
    let error = classify_over(server.channel().await).await.unwrap_err();
    assert_eq!(error.code(), Code::Unauthenticated, "{error}");
    assert_eq!(classify_with_token(&server, "guess").await.unwrap_err().code(), Code::Unauthenticated);
    classify_with_token(&server, "secret-1").await.unwrap();
    server.wait_for_log("newsroom");
    assert!(!server.log().contains("secret-1"), "a token in the log");
    HealthClient::new(server.channel().await).check(HealthCheckRequest::default()).await.unwrap();
}

#[tokio::test]
async fn tokens_are_rotated_without_a_restart_and_both_are_valid_meanwhile() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens");
    let (old, new) = (token_line("newsroom", "old"), token_line("newsroom", "new"));
    write_tokens(&path, std::slice::from_ref(&old));
    let server = Server::start(&["--tokens", path.to_str().unwrap(), "--reload-poll", "50ms"]);
    write_tokens(&path, &[old, new.clone()]);
    server.wait_for_log("read again");
    classify_with_token(&server, "old").await.unwrap();
    classify_with_token(&server, "new").await.unwrap();
    write_tokens(&path, &[new]);
    let start = Instant::now();
    while classify_with_token(&server, "old").await.is_ok() {
        assert!(start.elapsed() < Duration::from_secs(10), "the old token lives on");
    }
    classify_with_token(&server, "new").await.unwrap();
}

/// With two providers compiled in, rustls panics at first use.
#[test]
fn there_is_one_crypto_provider() {
    let lock = std::fs::read_to_string(wenlei_tests::repository().join("Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"ring\"") && !lock.contains("name = \"aws-lc-rs\""));
}

#[test]
fn a_listener_exposed_in_the_clear_is_warned_of() {
    let server = Server::start(&["--listen", "0.0.0.0:0"]);
    assert!(server.log().contains("reached from the network, in the clear"), "{}", server.log());
    assert!(server.log().contains("reached from the network, by anybody"));
    assert!(!Server::start(&[]).log().contains("reached from the network"));
}

#[test]
fn a_missing_key_or_an_unreadable_token_file_stops_the_start() {
    let output = program("wenlei-server").args(["--tls-certificate", "/a.pem"]).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    let output =
        program("wenlei-server").args(["--tokens", "/no/such", "--admin-listen", "off"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/no/such"));
}
