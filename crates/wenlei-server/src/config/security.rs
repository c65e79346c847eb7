//! Who may call.

use std::path::PathBuf;

use tonic::codegen::http::HeaderValue;

use super::checker::Checker;
use crate::arguments::flags;

/// Where TLS is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// The authority of clients, when they need a certificate.
    pub client_authority: Option<PathBuf>,
}

impl Tls {
    pub(super) fn check(checker: &mut Checker, typed: &flags::Security) -> Option<Self> {
        let client_authority = typed.tls_client_authority.clone();
        match (typed.tls_certificate.clone(), typed.tls_key.clone()) {
            (Some(certificate), Some(key)) => return Some(Self { certificate, key, client_authority }),
            (None, None) if client_authority.is_none() => {}
            (Some(_), None) => checker.wrong("tls-certificate", "", "needs --tls-key"),
            (None, Some(_)) => checker.wrong("tls-key", "", "needs --tls-certificate"),
            (None, None) => {
                checker.wrong("tls-client-authority", "", "needs --tls-certificate and --tls-key");
            }
        }
        None
    }
}

/// Where the server may be changed from when no token says who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReloadFrom {
    /// This machine only.
    Loopback,
    /// Everywhere.
    Anywhere,
    /// Nowhere.
    Nowhere,
}

impl ReloadFrom {
    pub(super) fn check(checker: &mut Checker, typed: &flags::Security) -> Self {
        match typed.reload_from.as_str() {
            "loopback" => Self::Loopback,
            "anywhere" => Self::Anywhere,
            "nowhere" => Self::Nowhere,
            other => {
                checker.wrong("reload-from", other, "none of loopback, anywhere, nowhere");
                Self::Loopback
            }
        }
    }
}

/// An origin of pages that may call from a browser.
pub(super) fn origin(checker: &mut Checker, typed: &str) -> HeaderValue {
    // The wildcard would let any page call with what it finds on the loopback interface.
    let is_origin = typed.split_once("://").is_some_and(|(_, host)| !host.is_empty() && !host.contains('/'));
    if !is_origin {
        checker.wrong("cors-origin", typed, "not an origin, such as https://news.example");
    }
    HeaderValue::from_str(typed).unwrap_or_else(|_| HeaderValue::from_static(""))
}
