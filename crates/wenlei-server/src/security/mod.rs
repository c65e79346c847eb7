//! Who may call: TLS, client certificates, bearer tokens. Each is read again when its files change.
//!
//! This module must not know: what calls ask for.

mod authenticate;
mod error;
mod tls;
mod tokens;
mod watch;

pub use self::authenticate::{Authenticate, AuthenticateLayer};
pub use self::error::SecurityError;
pub use self::tls::Tls;
pub use self::tokens::Tokens;
pub use self::watch::watch;
