//! What to tell people when a server can't be reached or refuses.

use std::error::Error;

use anyhow::{Error as Failure, anyhow};
use tonic::{Code, Status};
use tonic_types::StatusExt;

/// There is no connection.
pub(super) fn unreached(url: &str, error: &(dyn Error + 'static)) -> Failure {
    anyhow!(
        "can't reach {url}: {}\n  Is a server running there, and does it speak TLS (https://) or not (http://)? \
         `wenlei-server` starts one.\n  Without --server and WENLEI_SERVER, wenlei answers by itself.",
        cause(error)
    )
}

/// There is no answer to a call.
pub(super) fn unanswered(url: &str, status: &Status) -> Failure {
    // What went wrong on the way has a source; what the server itself says has none.
    if let Some(error) = status.source() {
        return anyhow!(
            "{url} gave no answer: {}\n  Is it a wenlei server, and does it speak TLS (https://) or not (http://)?",
            cause(error)
        );
    }
    let mut told = format!("{url} answers {:?}: {}", status.code(), status.message());
    let details = status.get_error_details();
    let violations = details.bad_request().map(|bad| bad.field_violations.as_slice()).unwrap_or_default();
    // Servers repeat them in the message, but needn't.
    for violation in
        violations.iter().filter(|violation| !told.contains(&violation.description)).collect::<Vec<_>>()
    {
        told += &format!("\n  {}: {}", violation.field, violation.description);
    }
    if status.code() == Code::Unauthenticated {
        told += "\n  wenlei sends the token that stands in the environment variable WENLEI_TOKEN.";
    }
    if let Some(delay) = details.retry_info().and_then(|retry| retry.retry_delay) {
        told += &format!("\n  It asks to try again in {delay:?}.");
    }
    anyhow!(told)
}

/// The innermost error: those around it only say that the transport failed.
fn cause(error: &(dyn Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
