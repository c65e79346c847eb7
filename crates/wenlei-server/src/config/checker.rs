//! Checking one setting at a time, collecting what is wrong.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

/// Everything wrong with a configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<String>);

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "wenlei-server: the configuration has {} mistake(s):", self.0.len())?;
        self.0.iter().try_for_each(|mistake| write!(formatter, "\n  {mistake}"))
    }
}

impl std::error::Error for Mistakes {}

/// Collects mistakes; a setting that is wrong gets some value that is never used.
#[derive(Debug, Default)]
pub(super) struct Checker {
    mistakes: Vec<String>,
}

impl Checker {
    /// The value, or every mistake there was.
    pub(super) fn finish<T>(self, value: T) -> Result<T, Mistakes> {
        if self.mistakes.is_empty() { Ok(value) } else { Err(Mistakes(self.mistakes)) }
    }

    pub(super) fn wrong(&mut self, flag: &str, typed: &str, problem: impl fmt::Display) {
        self.mistakes.push(format!("--{flag} {typed}: {problem}"));
    }

    /// A whole number from 1.
    pub(super) fn count(&mut self, flag: &str, typed: &str) -> usize {
        match typed.parse() {
            Ok(0) => self.wrong(flag, typed, "must be at least 1"),
            Ok(number) => return number,
            Err(_) => self.wrong(flag, typed, "not a whole number"),
        }
        1
    }

    /// A whole number.
    pub(super) fn number(&mut self, flag: &str, typed: &str) -> usize {
        typed.parse().unwrap_or_else(|_| {
            self.wrong(flag, typed, "not a whole number");
            0
        })
    }

    /// A time such as `10s`.
    pub(super) fn time(&mut self, flag: &str, typed: &str) -> Duration {
        duration(typed).unwrap_or_else(|| {
            self.wrong(flag, typed, "not a time, such as 250ms, 10s, 5m or 1h");
            Duration::ZERO
        })
    }

    /// A time, of which zero means never.
    pub(super) fn time_or_never(&mut self, flag: &str, typed: &str) -> Option<Duration> {
        Some(self.time(flag, typed)).filter(|time| !time.is_zero())
    }

    /// An address with a port.
    pub(super) fn address(&mut self, flag: &str, typed: &str) -> SocketAddr {
        typed.parse().unwrap_or_else(|_| {
            self.wrong(flag, typed, "not an address and port, such as 127.0.0.1:50051");
            SocketAddr::from(([127, 0, 0, 1], 0))
        })
    }
}

/// Reads a whole number with its unit.
fn duration(typed: &str) -> Option<Duration> {
    let digits = typed.find(|character: char| !character.is_ascii_digit())?;
    let number: u64 = typed[..digits].parse().ok()?;
    match &typed[digits..] {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(number.checked_mul(60)?)),
        "h" => Some(Duration::from_secs(number.checked_mul(3600)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        assert_eq!(duration("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(duration("5m"), Some(Duration::from_secs(300)));
        for wrong in ["", "10", "s", "-1s", "1.5s", "10 s", "99999999999999999999s", "18446744073709551615h"]
        {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }
}
