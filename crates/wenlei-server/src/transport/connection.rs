//! One connection, from its first byte to its end.

use std::pin::pin;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tonic::body::Body;
use tonic::codegen::http::Request;

use super::Peer;
use super::activity::Activity;
use super::lingering::Lingering;
use crate::body::Holding;
use crate::config::Connections;
use crate::draining::Draining;
use crate::middleware::HttpService;
use crate::random;

/// Bytes of all headers of a request.
const HEADER_BYTES: u32 = 16 << 10;

/// How long a connection is left alone after it was made: hyper drops one of which it has read nothing yet, and the peer,
/// whose first call is on the way, would see a reset instead of a GOAWAY.
const SETTLING: Duration = Duration::from_millis(100);

/// How long calls may go on after their connection was asked to end.
const GRACE: Duration = Duration::from_secs(60);

/// How long a connection that was asked to end may take to do so when there is no call.
const QUIET: Duration = Duration::from_secs(1);

/// Serves a connection until the peer leaves, it grew old or idle, or the server drains.
pub(super) async fn serve<I, S>(io: I, peer: Peer, service: S, settings: &Connections, draining: Draining)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: HttpService,
{
    let activity = Activity::new();
    let calls = activity.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let (call, mut service) = (calls.begin(), service.clone());
        async move {
            std::future::poll_fn(|context| service.poll_ready(context)).await?;
            let response = service.call(request.map(Body::new)).await?;
            Ok::<_, S::Error>(response.map(|body| Holding::new(body, call)))
        }
    });
    let builder = builder(settings);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(Lingering::new(io)), service));
    let settled = Instant::now() + SETTLING;
    let asked_to_end = async {
        tokio::select! {
            () = draining.begun() => {}
            () = after(settings.age.map(spread)) => {}
            () = idle(&activity, settings.idle) => {}
        }
        sleep_until(settled).await;
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = asked_to_end => None,
    };
    let ended = if let Some(ended) = ended {
        ended
    } else {
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            ended = timeout(GRACE, connection) => ended.unwrap_or(Ok(())),
            // A peer that is gone, or deaf, would never close.
            () = quiet(&activity) => Ok(()),
        }
    };
    if let Err(error) = ended {
        tracing::debug!(error, "connection ended");
    }
}

fn builder(settings: &Connections) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(settings.handshake_timeout)
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(settings.keepalive_interval)
        .keep_alive_timeout(settings.keepalive_timeout)
        .max_concurrent_streams(settings.calls)
        .max_header_list_size(HEADER_BYTES);
    builder
}

async fn quiet(activity: &Activity) {
    sleep(QUIET).await;
    activity.idle(QUIET).await;
}

async fn after(time: Option<Duration>) {
    match time {
        Some(time) => sleep(time).await,
        None => std::future::pending().await,
    }
}

async fn idle(activity: &Activity, limit: Option<Duration>) {
    match limit {
        Some(limit) => activity.idle(limit).await,
        None => std::future::pending().await,
    }
}

/// Up to a tenth more or less, so that connections made together don't end together (gRPC's own rule).
fn spread(time: Duration) -> Duration {
    let share = random::number() as f64 / u64::MAX as f64;
    time.mul_f64(0.9 + 0.2 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_spread_over_a_tenth() {
        let ages: Vec<Duration> = (0..100).map(|_| spread(Duration::from_secs(100))).collect();
        assert!(ages.iter().all(|age| (90..=110).contains(&age.as_secs())));
        assert!(ages.iter().any(|age| age.as_secs() < 98) && ages.iter().any(|age| age.as_secs() >= 102));
    }
}
