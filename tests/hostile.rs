//! Peers that are careless or mean: each ends in a clean error, and the server stays well.
#![allow(clippy::unwrap_used)]

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use prost::Message;
use tonic::Code;
use tonic::codec::CompressionEncoding;
use wenlei_proto::v1::ClassifyRequest;
use wenlei_tests::http::ask;
use wenlei_tests::{PATIENCE, Server, document, never_taken};

const CLASSIFY: &str = "/wenlei.v1.ClassificationService/Classify";

/// The start of an HTTP/2 connection: preface and an empty SETTINGS frame.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

async fn assert_well(server: &Server) {
    let request = ClassifyRequest { document: document("", "安全生产检查"), ..Default::default() };
    server.classification().await.classify(request).await.expect("the server stays well");
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

/// Waits until the peer closes the connection; how long that took.
fn closed(mut stream: &TcpStream) -> Duration {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let (start, mut buffer) = (Instant::now(), [0; 4096]);
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return start.elapsed(),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return start.elapsed(),
            Ok(_) => {}
            Err(error) => panic!("the connection isn't closed: {error}"),
        }
    }
}

#[tokio::test]
async fn a_decompression_bomb_is_refused_before_it_goes_off() {
    let server = Server::start(&["--message-bytes", "1000000"]);
    let before = server.resident_memory();
    for encoding in [CompressionEncoding::Gzip, CompressionEncoding::Zstd] {
        let mut client = server.classification().await.send_compressed(encoding);
        // 300 MB of one character are a few hundred kilobytes on the wire.
        let text = "安".repeat(100 << 20);
        let request = ClassifyRequest { document: document("", &text), ..Default::default() };
        let error = client.classify(request).await.unwrap_err();
        assert!([Code::OutOfRange, Code::ResourceExhausted].contains(&error.code()), "{error}");
    }
    let grown = server.resident_memory().saturating_sub(before);
    assert!(grown < 50 << 20, "{grown} bytes more");
    assert_well(&server).await;
}

#[tokio::test]
async fn an_oversized_message_is_refused_by_its_header_alone() {
    let server = Server::start(&[]);
    // A frame that says it has four gigabytes, and has nothing.
    let frame = [&[0][..], &u32::MAX.to_be_bytes()].concat();
    let headers = ["content-type: application/grpc", "te: trailers"];
    let answer = ask(server.address(), "POST", CLASSIFY, &headers, &frame);
    assert!(answer.head.contains("grpc-status: 11"), "{}", answer.head);
    assert_well(&server).await;
}

/// A body that comes a byte at a time ends with the longest time that a call may take.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_drip_of_a_message_ends_with_the_call_timeout() {
    let server = Server::start(&["--call-timeout", "500ms"]);
    let request = ClassifyRequest { document: document("", &"安".repeat(1000)), ..Default::default() };
    let message = request.encode_to_vec();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let head = format!("POST {CLASSIFY} HTTP/1.1\r\nhost: a\r\ncontent-type: application/grpc\r\n");
    let length = message.len() + 5;
    stream.write_all(format!("{head}te: trailers\r\ncontent-length: {length}\r\n\r\n").as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let (start, mut answer) = (Instant::now(), [0; 1024]);
    let read = loop {
        let _ = stream.write_all(&[0]);
        match stream.read(&mut answer) {
            Ok(read) => break read,
            Err(_) => assert!(start.elapsed() < Duration::from_secs(5), "it drips for ever"),
        }
    };
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(answer.contains("grpc-status: 4"), "{answer}");
    assert_well(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_drip_of_a_head_is_closed() {
    let server = Server::start(&["--handshake-timeout", "500ms"]);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nx-drip: ").unwrap();
    assert!(closed(&stream) < Duration::from_secs(5));
    assert_well(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_idle_connections_are_carried_and_then_closed() {
    let server = Server::start(&["--connection-idle", "3s"]);
    let before = server.resident_memory();
    let mut idle = Vec::new();
    for index in 0..2000 {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        // Half of them say that they speak HTTP/2, half say nothing.
        if index % 2 == 0 {
            stream.write_all(PREFACE).unwrap();
        }
        idle.push(stream);
    }
    assert_well(&server).await;
    let grown = server.resident_memory().saturating_sub(before);
    assert!(grown < 100 << 20, "{grown} bytes more for 2000 idle connections");
    for stream in [&idle[0], &idle[1], &idle[1998], &idle[1999]] {
        assert!(closed(stream) < Duration::from_secs(10));
    }
    assert_well(&server).await;
}

#[tokio::test]
async fn connections_beyond_the_limit_are_closed_and_the_others_served() {
    let server = Server::start(&["--connections", "2"]);
    let mut first = server.classification().await;
    let _second = server.channel().await;
    let third = TcpStream::connect(server.address()).unwrap();
    assert!(closed(&third) < Duration::from_secs(5));
    let request = ClassifyRequest { document: document("", "安全"), ..Default::default() };
    first.classify(request).await.unwrap();
}

/// A peer whose machine went away without a word: the connection stays open, and nobody answers a ping.
#[tokio::test(flavor = "multi_thread")]
async fn a_half_open_connection_is_found_out_by_pings() {
    let server = Server::start(&["--keepalive-interval", "300ms", "--keepalive-timeout", "300ms"]);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(PREFACE).unwrap();
    assert!(closed(&stream) < Duration::from_secs(5), "pings are not answered, and yet it lives");
    assert_well(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_connection_is_asked_to_go_and_calls_go_on() {
    let server = Server::start(&["--connection-age", "300ms"]);
    let mut client = server.classification().await;
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(1500) {
        let request = ClassifyRequest { document: document("", "安全"), ..Default::default() };
        if let Err(status) = client.classify(request).await {
            assert!(never_taken(&status), "a call is lost to the age of its connection: {status:?}");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let stream = TcpStream::connect(server.address()).unwrap();
    assert!(closed(&stream) < Duration::from_secs(5));
}
