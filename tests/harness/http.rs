//! Plain HTTP/1.1, as curl would speak it.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::PATIENCE;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The status line and the headers.
    pub head: String,
    /// The body.
    pub body: String,
}

/// Asks `address` with this method and path, further header lines, and a body.
pub fn ask(address: &str, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let headers = headers.join("\r\n");
    let headers = if headers.is_empty() { headers } else { headers + "\r\n" };
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{headers}");
    stream.write_all(format!("{head}content-length: {length}\r\n\r\n").as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

/// Asks for a path.
pub fn get(address: &str, path: &str) -> Answer {
    ask(address, "GET", path, &[], &[])
}

/// Calls a method with one message as gRPC frames it, with no clock on this side. An error's code is in the header
/// `grpc-status`.
pub fn grpc(address: &str, path: &str, headers: &[&str], message: &[u8]) -> Answer {
    let frame = [&[0], &(message.len() as u32).to_be_bytes()[..], message].concat();
    let headers = [&["content-type: application/grpc", "te: trailers"], headers].concat();
    ask(address, "POST", path, &headers, &frame)
}
