//! How the server starts, says how it is, and ends.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use tonic::Code;
use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;
use wenlei_proto::v1::{BatchClassifyRequest, ClassifyRequest};
use wenlei_tests::http::get;
use wenlei_tests::load::Load;
use wenlei_tests::model_file::committed;
use wenlei_tests::{Server, document, never_taken, program};

fn request() -> ClassifyRequest {
    ClassifyRequest { document: document("", "安全生产检查"), ..Default::default() }
}

async fn health(server: &Server) -> Option<ServingStatus> {
    let mut client = HealthClient::new(server.channel().await);
    let response = client.check(HealthCheckRequest { service: String::new() }).await.ok()?;
    Some(response.into_inner().status())
}

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

/// A container's health check is the same whatever its main port speaks, and it knows no token.
#[test]
fn probe_asks_the_admin_port_when_not_told_otherwise() {
    let probe = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = program("wenlei-server");
        command.arg("probe").args(arguments).envs(environment.iter().copied()).output().unwrap()
    };
    let mut server = Server::start(&["--drain-pause", "1s"]);
    let admin = server.admin().to_owned();
    assert!(probe(&["--admin-addr", &admin], &[]).status.success());
    assert!(probe(&[], &[("WENLEI_ADMIN_LISTEN", &admin)]).status.success());
    // Without an admin port the main port is asked.
    let main = ("WENLEI_LISTEN", server.address());
    assert!(probe(&[], &[("WENLEI_ADMIN_LISTEN", "off"), main]).status.success());
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    assert!(probe(&[], &[("WENLEI_ADMIN_LISTEN", &nobody), main]).status.success());
    assert_eq!(
        probe(&[], &[("WENLEI_ADMIN_LISTEN", &nobody), ("WENLEI_LISTEN", &nobody)]).status.code(),
        Some(1)
    );
    server.terminate();
    server.wait_for_log("no longer ready");
    let stopping = probe(&["--admin-addr", &admin], &[]);
    assert_eq!(stopping.status.code(), Some(1));
    let reason = String::from_utf8_lossy(&stopping.stderr).into_owned();
    assert!(reason.contains("503") && reason.contains("stopping"), "{reason}");
    assert!(server.wait().success());
}

#[test]
fn probe_gives_up_on_a_port_that_says_nothing() {
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = deaf.local_addr().unwrap().to_string();
    for flag in ["--addr", "--admin-addr"] {
        let start = Instant::now();
        let output = program("wenlei-server").args(["probe", flag, &address]).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(start.elapsed() < Duration::from_secs(6), "{flag} {:?}", start.elapsed());
    }
}

#[test]
fn two_servers_on_one_machine_are_told_how_to_live_together() {
    let first = Server::start(&[]);
    let start = |listen: &str, admin: &str| {
        program("wenlei-server").args(["--listen", listen, "--admin-listen", admin]).output().unwrap()
    };
    for (listen, admin, flag) in
        [("127.0.0.1:0", first.admin(), "--admin-listen"), (first.address(), "127.0.0.1:0", "--listen")]
    {
        let output = start(listen, admin);
        assert_eq!(output.status.code(), Some(1));
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains("perhaps another wenlei-server"), "{text}");
        assert!(text.contains(&format!("choose another port with {flag}")), "{text}");
    }
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

/// `tonic-health` by itself says SERVING before anything is loaded.
#[tokio::test]
async fn health_is_not_serving_until_a_model_passed_its_self_test() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("model.safetensors");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let arguments = ["--model", pipe.to_str().unwrap(), "--reload-poll", "0s"];
    let server = Server::start_listening(&arguments);
    assert_eq!(health(&server).await, Some(ServingStatus::NotServing));
    assert_eq!(get(server.admin(), "/livez").status, 200);
    let ready = get(server.admin(), "/readyz");
    assert_eq!((ready.status, ready.body.as_str()), (503, "loading\n"));
    let error = server.classification().await.classify(request()).await.unwrap_err();
    assert_eq!(error.code(), Code::Unavailable);
    std::fs::write(&pipe, committed()).unwrap();
    server.wait_for_log("serving on ");
    assert_eq!(health(&server).await, Some(ServingStatus::Serving));
    assert_eq!(get(server.admin(), "/readyz").status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_drops_first_and_calls_are_answered_during_the_pause() {
    let mut server = Server::start(&["--drain-pause", "1s"]);
    let mut client = server.classification().await;
    server.terminate();
    server.wait_for_log("no longer ready");
    let start = Instant::now();
    while get(server.admin(), "/readyz").status == 200 {
        assert!(start.elapsed() < Duration::from_millis(900), "still ready");
    }
    assert_eq!(health(&server).await, Some(ServingStatus::NotServing));
    client.classify(request()).await.expect("calls are still answered");
    assert!(server.wait().success());
}

/// hyper's graceful shutdown waits for ever for a connection that never sent a byte.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_connection_does_not_hold_up_the_end() {
    let mut server = Server::start(&["--drain-limit", "2s"]);
    let silent = TcpStream::connect(server.address()).unwrap();
    let mut half = TcpStream::connect(server.address()).unwrap();
    half.write_all(b"PRI * HTTP/2.0\r\n").unwrap();
    server.classification().await.classify(request()).await.unwrap();
    let start = Instant::now();
    server.terminate();
    assert!(server.wait().success());
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    drop((silent, half));
}

/// A call whose body never ends: held open until it is dropped.
fn endless_call(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let head =
        "POST /wenlei.v1.ClassificationService/Classify HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"content-type: application/grpc\r\nte: trailers\r\n\r\n\0").unwrap();
    stream
}

#[test]
fn the_drain_is_capped_while_a_call_never_ends() {
    let mut server = Server::start(&["--drain-limit", "1s"]);
    let call = endless_call(&server);
    std::thread::sleep(Duration::from_millis(200));
    let start = Instant::now();
    server.terminate();
    assert!(server.wait().success(), "the end is clean all the same");
    assert!((1..5).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    server.wait_for_log("not finished in time");
    drop(call);
}

#[test]
fn after_the_pause_nobody_new_is_let_in() {
    let mut server = Server::start(&["--drain-pause", "500ms", "--drain-limit", "3s"]);
    let call = endless_call(&server);
    server.terminate();
    server.wait_for_log("no longer ready");
    assert!(TcpStream::connect(server.address()).is_ok(), "during the pause they are");
    server.wait_for_log("no new connections");
    let start = Instant::now();
    // Slowly, lest the queue of the listener be full: that would look like nobody accepting.
    while TcpStream::connect(server.address()).is_ok() {
        assert!(start.elapsed() < Duration::from_secs(2), "still accepting");
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(call);
    assert!(server.wait().success());
}

#[tokio::test]
async fn a_second_signal_ends_the_process_at_once() {
    let mut server = Server::start(&["--drain-pause", "30s"]);
    server.terminate();
    server.wait_for_log("no longer ready");
    server.signal("INT");
    let start = Instant::now();
    assert_eq!(server.wait().code(), Some(1));
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_under_load_answers_every_accepted_request() {
    let mut server = Server::start(&["--drain-pause", "200ms"]);
    let channel = server.channel().await;
    let ask = |channel: Channel| async move {
        let mut client = ClassificationServiceClient::new(channel);
        let mut answers = 0;
        loop {
            let documents =
                vec![document("安全检查", &"开展安全生产检查。".repeat(50)).unwrap(); 20];
            match client.batch_classify(BatchClassifyRequest { documents, ..Default::default() }).await {
                Ok(_) => answers += 1,
                Err(status) => return (answers, status),
            }
        }
    };
    let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(ask(channel.clone()))).collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    server.terminate();
    for task in tasks {
        let (answers, status) = task.await.unwrap();
        assert!(answers > 0);
        assert!(never_taken(&status), "{status:?}");
    }
    assert!(server.wait().success());
    assert!(!server.log().contains("not finished in time"), "{}", server.log());
}

/// A socket closed with something unread, or dropped before it was accepted, is reset: the peer then loses the GOAWAY, and
/// with it the knowledge that its call was never taken. One end in eight or so went wrong that way.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_calls_at_the_end_learns_that_the_call_was_never_taken() {
    for _ in 0..6 {
        let mut server = Server::start(&["--drain-pause", "100ms"]);
        let load = Load::start(server.address(), Duration::from_millis(3), 10).await;
        server.terminate();
        assert!(server.wait().success());
        let ledger = load.finish().await;
        for failure in ledger.failures() {
            let status = failure.result.as_ref().unwrap_err();
            assert!(never_taken(status), "{status:?}");
        }
    }
}
