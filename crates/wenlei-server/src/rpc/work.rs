//! Where the work of a call runs.
//!
//! One ordinary text takes less than the way to another thread and back, so it runs where it arrived. Batches and long
//! texts go to the blocking pool: they would keep other calls of the same worker waiting.

use super::status::RpcError;

/// Bytes of text from which work leaves the async worker: about two milliseconds of it.
const LONG: usize = 64 * 1024;

/// Runs `work` on `bytes` bytes of text.
pub(super) async fn run<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, RpcError> {
    if bytes < LONG {
        return Ok(work());
    }
    tokio::task::spawn_blocking(work).await.map_err(|error| RpcError::Lost(error.to_string()))
}
