//! When a caller stops waiting.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tonic::codegen::http::HeaderMap;

/// The header in which gRPC clients say how long they wait.
const HEADER: &str = "grpc-timeout";

/// When a caller stops waiting, if ever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// What the caller says, `longest` at most. A header that can't be read says nothing, as in gRPC's own servers.
    pub(super) fn read(headers: &HeaderMap, longest: Option<Duration>) -> Self {
        let said = headers.get(HEADER).and_then(|value| value.to_str().ok()).and_then(parse);
        let shortest = said.into_iter().chain(longest).min();
        Self(shortest.and_then(|time| Instant::now().checked_add(time)))
    }

    /// Ends when the deadline has passed.
    pub async fn passed(self) {
        match self.0 {
            Some(instant) => sleep_until(instant).await,
            None => std::future::pending().await,
        }
    }
}

/// Reads up to eight digits and a unit, as in gRPC's HTTP/2 mapping.
fn parse(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(number * 3600)),
        "M" => Some(Duration::from_secs(number * 60)),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_are_read_as_grpc_writes_them() {
        assert_eq!(parse("100m"), Some(Duration::from_millis(100)));
        assert_eq!(parse("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        for wrong in ["", "m", "1", "1x", "123456789S", "-1S", "1.5S", "1秒"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
