//! Numbers that tell things apart; nothing is kept secret with them.

use std::hash::{BuildHasher, RandomState};

/// A random number. The keys of a fresh `RandomState` differ by one within a thread and are random between threads and
/// processes, which is enough for that, and needs no generator.
pub(crate) fn number() -> u64 {
    RandomState::new().hash_one(0_u8)
}
