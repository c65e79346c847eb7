//! What to tell people when a server can't be reached or refuses.

use std::error::Error;

use anyhow::anyhow;
use tonic::{Code, Status};
use tonic_types::StatusExt;

/// There is no connection.
pub(super) fn unreached(url: &str, cause: &str) -> anyhow::Error {
    anyhow!(
        "can't reach {url}: {cause}\n  Is a server running there, and does it speak TLS (https://) or not (http://)? \
         `wenlei-server` starts one.\n  Without --server and WENLEI_SERVER, wenlei answers by itself."
    )
}

/// There is no answer to a call.
pub(super) fn unanswered(url: &str, status: &Status) -> anyhow::Error {
    // What went wrong on the way has a source; what the server itself says has none.
    if let Some(error) = status.source() {
        return anyhow!(
            "{url} gave no answer: {}\n  Is it a wenlei server, and does it speak TLS (https://) or not (http://)?",
            cause(error)
        );
    }
    let message = status.message();
    let mut told = vec![format!("{url} answers {:?}: {message}", status.code())];
    let details = status.get_error_details();
    let violations = details.bad_request().map(|bad| bad.field_violations.as_slice()).unwrap_or_default();
    // A server's message often repeats them, but needn't.
    let untold = violations.iter().filter(|violation| !message.contains(&violation.description));
    told.extend(untold.map(|violation| format!("{}: {}", violation.field, violation.description)));
    if status.code() == Code::Unauthenticated {
        told.push("wenlei sends the token that stands in the environment variable WENLEI_TOKEN.".into());
    }
    if let Some(delay) = details.retry_info().and_then(|retry| retry.retry_delay) {
        told.push(format!("It asks to try again in {delay:?}."));
    }
    anyhow!(told.join("\n  "))
}

/// The innermost error: those around it only say that the transport failed.
pub(super) fn cause(error: &(dyn Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tonic_types::ErrorDetails;

    use super::*;

    fn told(code: Code, details: ErrorDetails) -> String {
        unanswered("http://a", &Status::with_error_details(code, "text: is long", details)).to_string()
    }

    #[test]
    fn fields_are_told_once() {
        let mut details = ErrorDetails::with_bad_request_violation("text", "is long");
        details.add_bad_request_violation("top_k", "is 9");
        let expected = "http://a answers InvalidArgument: text: is long\n  top_k: is 9";
        assert_eq!(told(Code::InvalidArgument, details), expected);
    }

    #[test]
    fn an_overloaded_server_is_tried_again_when_it_says() {
        let details = ErrorDetails::with_retry_info(Some(Duration::from_millis(1500)));
        assert!(told(Code::ResourceExhausted, details).ends_with("try again in 1.5s."));
    }
}
