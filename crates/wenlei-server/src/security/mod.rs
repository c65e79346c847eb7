//! Who may call, and what: TLS, client certificates, bearer tokens and their scopes. Each is read again when its files change.
//!
//! This module must not know: what calls ask for.

mod access;
mod error;
mod tls;
mod tokens;
mod watch;

pub use self::access::Access;
pub use self::error::SecurityError;
pub use self::tls::Tls;
pub use self::tokens::Tokens;
pub use self::watch::watch;
