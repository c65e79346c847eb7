//! Telling calls apart.

use std::hash::{BuildHasher, RandomState};

use tonic::codegen::http::{HeaderMap, HeaderValue};

/// Where callers send a request id, and read it.
pub(crate) const HEADER: &str = "x-request-id";

/// Longest id taken from a caller.
const LONGEST: usize = 128;

/// The caller's id if it is one that a log can show, or a new one.
pub(super) fn of(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(HEADER).filter(|value| {
        let bytes = value.as_bytes();
        (1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic)
    });
    given.cloned().unwrap_or_else(new)
}

fn new() -> HeaderValue {
    // Fresh keys differ by one within a thread and are random between threads and processes: enough to be unique.
    let id = format!("{:016x}", RandomState::new().hash_one(0_u8));
    HeaderValue::try_from(id).unwrap_or_else(|_| HeaderValue::from_static("none"))
}

/// The trace that a caller's W3C `traceparent` names.
pub(super) fn trace(headers: &HeaderMap) -> Option<&str> {
    let mut parts = headers.get("traceparent")?.to_str().ok()?.split('-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (version.len() == 2 && trace.len() == 32 && is_hex(trace)).then_some(trace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_id_is_kept_and_an_unfit_one_replaced() {
        let id = |value: &'static str| {
            let headers = HeaderMap::from_iter([(HEADER.parse().unwrap(), HeaderValue::from_static(value))]);
            of(&headers).to_str().unwrap().to_owned()
        };
        assert_eq!(id("abc-1"), "abc-1");
        assert_ne!(id("a b"), "a b");
        assert_ne!(id(""), id(""));
    }

    #[test]
    fn a_trace_is_read_as_w3c_writes_it() {
        let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let headers = HeaderMap::from_iter([("traceparent".parse().unwrap(), text.parse().unwrap())]);
        assert_eq!(trace(&headers), Some("0af7651916cd43dd8448eb211c80319c"));
    }
}
