//! How much is taken on at once.

use std::time::Duration;

use super::checker::Checker;
use crate::arguments::flags;

/// How much is taken on at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Calls held at once.
    pub calls: usize,
    /// Documents admitted at once.
    pub documents: usize,
    /// Time to wait for admission.
    pub wait: Duration,
    /// Longest a call may take, streams aside.
    pub call_timeout: Duration,
}

impl Admission {
    pub(super) fn check(checker: &mut Checker, typed: &flags::Admission) -> Self {
        Self {
            calls: checker.count("admission-calls", &typed.admission_calls),
            documents: checker.count("admission-documents", &typed.admission_documents),
            wait: checker.time("admission-wait", &typed.admission_wait),
            call_timeout: checker.time("call-timeout", &typed.call_timeout),
        }
    }
}
