//! Telling calls apart.

use tonic::codegen::http::{HeaderMap, HeaderValue};

use crate::random;

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
    let id = format!("{:016x}", random::number());
    HeaderValue::try_from(id).unwrap_or_else(|_| HeaderValue::from_static("none"))
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
}
