//! Connections: from a bound listener to HTTP requests, over HTTP/1.1 and HTTP/2.
//!
//! tonic's own server can't spread the ends of connections, close idle ones, or return while one of them stays silent,
//! so the loop is here. This module must not know: what the requests ask for.

mod accept;
mod activity;
mod connection;
mod lingering;
mod peer;

pub use self::accept::Acceptor;
pub use self::peer::Peer;
