//! Closing without a reset.
//!
//! A socket that is closed while bytes from the peer are unread sends a reset, and at a reset the peer forgets what it has
//! received and not yet read: the last answers, and the GOAWAY that tells it which calls were never taken. So whoever
//! closes first reads on until the peer has closed as well.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// How long the peer may take to close.
const PATIENCE: Duration = Duration::from_secs(1);

/// A stream whose shutdown waits for the peer's.
#[derive(Debug)]
pub(super) struct Lingering<I> {
    io: I,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<I> Lingering<I> {
    pub(super) fn new(io: I) -> Self {
        Self { io, waiting: None }
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Lingering<I> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_read(context, buffer)
    }
}

impl<I: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Lingering<I> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().io).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().io).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.waiting.is_none() {
            ready!(Pin::new(&mut this.io).poll_shutdown(context))?;
        }
        let waiting = this.waiting.get_or_insert_with(|| Box::pin(sleep(PATIENCE)));
        while waiting.as_mut().poll(context).is_pending() {
            let mut space = [0; 1024];
            let mut rest = ReadBuf::new(&mut space);
            let read = ready!(Pin::new(&mut this.io).poll_read(context, &mut rest));
            if read.is_err() || rest.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    #[tokio::test]
    async fn what_comes_late_is_read_until_the_peer_closes() {
        let (ours, mut theirs) = duplex(16);
        let mut ours = Lingering::new(ours);
        let peer = async move {
            let mut end = Vec::new();
            theirs.read_to_end(&mut end).await.unwrap();
            theirs.write_all(&[0; 4096]).await.unwrap();
        };
        let start = Instant::now();
        let (closed, ()) = tokio::join!(ours.shutdown(), peer);
        closed.unwrap();
        assert!(start.elapsed() < PATIENCE);
    }

    #[tokio::test]
    async fn a_peer_that_never_closes_is_not_waited_for_long() {
        let (ours, theirs) = duplex(16);
        let start = Instant::now();
        Lingering::new(ours).shutdown().await.unwrap();
        assert!((PATIENCE..PATIENCE * 2).contains(&start.elapsed()));
        drop(theirs);
    }
}
