//! W3C Trace Context, level 1: which trace a caller's request belongs to. <https://www.w3.org/TR/trace-context-1/>

use tonic::codegen::http::HeaderMap;

/// Where a caller says which of its own spans asks.
const HEADER: &str = "traceparent";

/// Version, trace, span and flags, with the dashes between them.
const LENGTH: usize = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".len();

/// The caller's span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TraceContext {
    /// The trace that it belongs to; never zero.
    pub(crate) trace_id: u128,
    /// The span itself; never zero.
    pub(crate) span_id: u64,
    /// Bit 0: whether the caller records it.
    pub(crate) flags: u8,
}

impl TraceContext {
    /// What the caller says. A header that is malformed, or there twice, says nothing.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(HEADER).iter();
        let (value, more) = (values.next()?, values.next());
        if more.is_some() { None } else { parse(value.to_str().ok()?) }
    }
}

fn parse(text: &str) -> Option<TraceContext> {
    let (known, future) = text.split_at_checked(LENGTH)?;
    let [version, trace_id, span_id, flags] = known.split('-').collect::<Vec<_>>().try_into().ok()?;
    let version = number(version, 2)?;
    // Later versions may add fields at the end; 255 is no version.
    let fits = if version == 0 { future.is_empty() } else { future.is_empty() || future.starts_with('-') };
    let trace_id = number(trace_id, 32).filter(|id| *id != 0)?;
    let span_id = number(span_id, 16).filter(|id| *id != 0)? as u64;
    let flags = number(flags, 2)? as u8;
    (fits && version != 255).then_some(TraceContext { trace_id, span_id, flags })
}

/// Reads exactly so many digits, lower case as the standard has it.
fn number(text: &str, digits: usize) -> Option<u128> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let fits = text.len() == digits && text.bytes().all(is_digit);
    fits.then(|| u128::from_str_radix(text, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_parent_is_read_as_w3c_writes_it() {
        let trace_id = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;
        let expected = TraceContext { trace_id, span_id: 0xb7ad_6b71_6920_3331, flags: 1 };
        assert_eq!(parse(GOOD), Some(expected));
        assert_eq!(parse(&GOOD.replacen("00", "cc", 1)), Some(expected), "a later version");
        assert_eq!(parse(&format!("cc{}-more", &GOOD[2..])), Some(expected));
    }

    #[test]
    fn what_is_malformed_says_nothing() {
        for wrong in [
            "",
            "00",
            "安全",
            &GOOD[..54],
            &format!("{GOOD}-more"),
            &format!("{GOOD}0"),
            &format!("cc{}more", &GOOD[2..]),
            &GOOD.replacen("00", "ff", 1),
            &GOOD.to_uppercase(),
            &GOOD.replace("0af7651916cd43dd8448eb211c80319c", &"0".repeat(32)),
            &GOOD.replace("b7ad6b7169203331", &"0".repeat(16)),
            &GOOD.replace("b7ad6b7169203331", "+7ad6b716920333g"),
            &GOOD.replace('-', "_"),
            &GOOD.replacen('-', "", 1),
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn two_headers_contradict_each_other() {
        let mut headers = HeaderMap::new();
        headers.append(HEADER, GOOD.parse().unwrap());
        assert!(TraceContext::read(&headers).is_some());
        headers.append(HEADER, GOOD.parse().unwrap());
        assert_eq!(TraceContext::read(&headers), None);
    }
}
