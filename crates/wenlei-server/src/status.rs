//! Errors on their way to the caller: the one place where they become gRPC statuses.

use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

use crate::models::{LoadError, Unserved};

/// Why a call can't be answered.
#[derive(Debug)]
pub(crate) enum RpcError {
    /// Fields of the request are wrong: INVALID_ARGUMENT with `google.rpc.BadRequest`.
    BadRequest(Vec<Violation>),
    /// No model has this name, NOT_FOUND, or none is loaded yet, UNAVAILABLE.
    Unserved(Unserved),
    /// A file can't be served: `FAILED_PRECONDITION` with the reason.
    Reload(LoadError),
    /// More calls or documents than the server takes on: `RESOURCE_EXHAUSTED` with `google.rpc.RetryInfo`.
    Overloaded {
        /// When to try again.
        retry: Duration,
    },
    /// The caller's time, or the longest the server gives, is over: DEADLINE_EXCEEDED.
    DeadlineExceeded,
    /// No token, or none that is known: UNAUTHENTICATED.
    Unauthenticated,
    /// The caller is known, or needn't be, and may not do this: `PERMISSION_DENIED` with the reason.
    Denied(&'static str),
    /// The server ends: UNAVAILABLE.
    Stopping,
    /// The work ended without an answer: INTERNAL. The cause is in the log, not in the answer.
    Lost(String),
}

/// A field and what is wrong with it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Path of the field in the request.
    pub(crate) field: String,
    /// What is wrong, with the limit it broke.
    pub(crate) problem: String,
}

impl Violation {
    pub(crate) fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }
}

impl From<Unserved> for RpcError {
    fn from(unserved: Unserved) -> Self {
        Self::Unserved(unserved)
    }
}

impl From<LoadError> for RpcError {
    fn from(error: LoadError) -> Self {
        Self::Reload(error)
    }
}

impl From<RpcError> for Status {
    fn from(error: RpcError) -> Self {
        match error {
            RpcError::BadRequest(violations) => bad_request(violations),
            RpcError::Unserved(Unserved::Loading) => Self::unavailable("the models are being loaded"),
            RpcError::Unserved(Unserved::Unknown { name, known }) => {
                Self::not_found(format!("no model is named {name:?}; there are: {}", known.join(", ")))
            }
            RpcError::Reload(error) => Self::failed_precondition(error.reason()),
            RpcError::Overloaded { retry } => Self::with_error_details(
                Code::ResourceExhausted,
                "the server has more to do than it takes on; try again later",
                ErrorDetails::with_retry_info(Some(retry)),
            ),
            RpcError::DeadlineExceeded => Self::deadline_exceeded("not done in time"),
            RpcError::Unauthenticated => {
                Self::unauthenticated("send a known token: authorization: Bearer TOKEN")
            }
            RpcError::Denied(reason) => Self::permission_denied(reason),
            RpcError::Stopping => Self::unavailable("the server is stopping; another one takes the rest"),
            RpcError::Lost(cause) => {
                tracing::error!(cause, "a call was lost");
                Self::internal("the server failed to answer this call")
            }
        }
    }
}

fn bad_request(violations: Vec<Violation>) -> Status {
    let message: Vec<String> =
        violations.iter().map(|violation| format!("{}: {}", violation.field, violation.problem)).collect();
    let violations: Vec<FieldViolation> = violations
        .into_iter()
        .map(|violation| FieldViolation::new(violation.field, violation.problem))
        .collect();
    Status::with_error_details(
        Code::InvalidArgument,
        message.join("; "),
        ErrorDetails::with_bad_request(violations),
    )
}

/// The name that gRPC gives a code.
pub(crate) fn code_name(code: Code) -> &'static str {
    const NAMES: [&str; 17] = [
        "OK",
        "CANCELLED",
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "DEADLINE_EXCEEDED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED",
    ];
    NAMES[code as usize]
}
