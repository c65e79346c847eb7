//! Statuses as JSON, in the shape of Google's APIs.

use serde_json::{Value, json};
use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::status::code_name;

/// The HTTP status that goes with a code (google/rpc/code.proto).
pub(super) fn http_status(code: Code) -> u16 {
    match code {
        Code::Ok => 200,
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => 400,
        Code::Unauthenticated => 401,
        Code::PermissionDenied => 403,
        Code::NotFound => 404,
        Code::AlreadyExists | Code::Aborted => 409,
        Code::ResourceExhausted => 429,
        Code::Cancelled => 499,
        Code::Unimplemented => 501,
        Code::Unavailable => 503,
        Code::DeadlineExceeded => 504,
        Code::Unknown | Code::Internal | Code::DataLoss => 500,
    }
}

/// `{"error": {"code", "status", "message", "details"}}`.
pub(super) fn json(status: &Status) -> Value {
    let mut details = Vec::new();
    if let Some(bad) = status.get_details_bad_request() {
        let violations = bad.field_violations.into_iter();
        let violations: Vec<Value> = violations
            .map(|violation| json!({"field": violation.field, "description": violation.description}))
            .collect();
        details.push(
            json!({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}),
        );
    }
    if let Some(delay) = status.get_details_retry_info().and_then(|retry| retry.retry_delay) {
        let delay = format!("{}s", delay.as_secs_f64());
        details.push(json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}));
    }
    json!({"error": {
        "code": http_status(status.code()),
        "status": code_name(status.code()),
        "message": status.message(),
        "details": details,
    }})
}
