//! How the server starts, says how it is, and ends.
#![allow(clippy::unwrap_used)]

use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use wenlei_tests::{Server, program};

#[tokio::test]
async fn health_is_serving_for_all_and_each_service() {
    let server = Server::start(&[]);
    let mut client = HealthClient::new(server.channel().await);
    for service in ["", "wenlei.v1.ClassificationService", "wenlei.v1.ModelService"] {
        let request = HealthCheckRequest { service: service.into() };
        assert_eq!(client.check(request).await.unwrap().into_inner().status(), ServingStatus::Serving);
    }
}

#[test]
fn probe_succeeds_while_serving_and_fails_afterwards() {
    let mut server = Server::start(&[]);
    let probe = || program("wenlei-server").args(["probe", "--addr", server.address()]).output().unwrap();
    assert!(probe().status.success());
    let address = server.address().to_owned();
    server.terminate();
    assert!(server.wait().success(), "SIGTERM must end in exit code 0");
    let after = program("wenlei-server").args(["probe", "--addr", &address]).output().unwrap();
    assert_eq!(after.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&after.stderr).contains(&address));
}

#[test]
fn a_wrong_command_line_reports_every_mistake_and_exits_64() {
    let output =
        program("wenlei-server").args(["--listen", "nowhere", "--model", "/no/such"]).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("--listen nowhere") && text.contains("/no/such"), "{text}");
}

#[test]
fn a_file_that_is_no_model_is_refused_with_the_reason() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("broken.safetensors");
    std::fs::write(&path, b"not a model").unwrap();
    let output = program("wenlei-server").arg("--model").arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("broken.safetensors") && text.contains("safetensors file"), "{text}");
}
