//! `StreamClassify`: documents as they come.
//!
//! The next request is read when there is room for its answer, so a caller that doesn't read is not read either.

use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use tokio::task::JoinSet;
use tonic::{Status, Streaming};
use tonic_types::StatusExt;
use tracing::Instrument;
use wenlei_proto::v1;
use wenlei_proto::v1::stream_classify_response::Result as StreamResult;

use super::classification::Classification;
use super::classifying::Classifying;
use super::request::size;
use super::work::Work;
use crate::admission::Deadline;
use crate::status::RpcError;

/// What one stream is read with.
#[derive(Clone)]
pub(super) struct Reader {
    pub(super) service: Classification,
    pub(super) work: Work,
}

type Answer = Result<v1::StreamClassifyResponse, Status>;

/// The answers to `requests`, until these end, `deadline` passes, or the server drains.
pub(super) fn answers(
    reader: Reader,
    requests: Streaming<v1::StreamClassifyRequest>,
    deadline: Deadline,
) -> BoxStream<'static, Answer> {
    let draining = reader.service.draining.clone();
    let drained = move || {
        let draining = draining.clone();
        async move { draining.begun().await }
    };
    // Requests that were read before the server drains are still answered.
    let requests = until(requests.boxed(), drained, RpcError::Stopping);
    // The first request, if any, says whether order matters. It may come long after the call began.
    let answers = stream::once(requests.into_future()).flat_map(move |(first, rest)| {
        let any_order = first.as_ref().is_some_and(|first| first.as_ref().is_ok_and(|first| first.any_order));
        in_order(reader.clone(), stream::iter(first).chain(rest).boxed(), any_order)
    });
    until(answers.boxed(), move || deadline.passed(), RpcError::DeadlineExceeded)
}

fn in_order(
    reader: Reader,
    requests: BoxStream<'static, Result<v1::StreamClassifyRequest, Status>>,
    any_order: bool,
) -> BoxStream<'static, Answer> {
    let at_once = reader.service.limits.stream_documents;
    let answers = requests.map(move |request| apart(answer(reader.clone(), request)));
    if any_order { answers.buffer_unordered(at_once).boxed() } else { answers.buffered(at_once).boxed() }
}

/// Works in a task of its own, given up when the stream is. A stream whose caller doesn't read isn't polled: left to it,
/// a document that was given its turn would keep the turn for ever.
fn apart(work: impl Future<Output = Answer> + Send + 'static) -> impl Future<Output = Answer> + Send {
    let mut task = JoinSet::new();
    task.spawn(work.in_current_span());
    async move {
        let done = task.join_next().await.unwrap_or_else(|| Ok(Err(RpcError::Stopping.into())));
        done.unwrap_or_else(|error| Err(RpcError::Lost(error.to_string()).into()))
    }
}

async fn answer(reader: Reader, request: Result<v1::StreamClassifyRequest, Status>) -> Answer {
    let v1::StreamClassifyRequest { key, request, .. } = request?;
    let result = match classify(&reader, request.unwrap_or_default()).await {
        Ok(response) => StreamResult::Response(response),
        Err(error) => StreamResult::Error(stream_error(&error.into())),
    };
    Ok(v1::StreamClassifyResponse { key, result: Some(result) })
}

async fn classify(
    Reader { service, work }: &Reader,
    request: v1::ClassifyRequest,
) -> Result<v1::ClassifyResponse, RpcError> {
    let served = service.model(&request.model)?;
    let (settings, document) = Classifying::check(request, &served, &service.limits)?;
    // A stream waits where a call would be turned away: its caller is held back by not being read.
    let _admitted = work.admit_in_time().await?;
    service.count(&served, 1);
    work.do_in_turn(size(&document), move |stages| settings.classify(&served, &document, stages)).await
}

fn stream_error(status: &Status) -> v1::StreamError {
    let violations = status.get_details_bad_request().map(|details| details.field_violations);
    let violations = violations.unwrap_or_default().into_iter();
    v1::StreamError {
        code: status.code().into(),
        message: status.message().to_owned(),
        field_violations: violations
            .map(|violation| v1::StreamFieldViolation {
                field: violation.field,
                description: violation.description,
            })
            .collect(),
    }
}

/// The items until `end`, then the error. An error among the items is the last of them: tonic's stream of requests gives
/// the same error again and again when a caller stops in the middle of a message.
fn until<T: Send + 'static, F: Future<Output = ()> + Send>(
    items: BoxStream<'static, Result<T, Status>>,
    end: impl Fn() -> F + Clone + Send + 'static,
    error: RpcError,
) -> BoxStream<'static, Result<T, Status>> {
    stream::unfold((Some(items), Some(error)), move |(items, error)| {
        let end = end.clone();
        async move {
            let mut items = items?;
            tokio::select! {
                item = items.next() => item.map(|item| {
                    let items = item.is_ok().then_some(items);
                    (item, (items, error))
                }),
                () = end() => error.map(|error| (Err(error.into()), (None, None))),
            }
        }
    })
    .fuse()
    .boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stream of answers had no end, and whoever read it to its end never came there.
    #[tokio::test]
    async fn nothing_follows_an_error() {
        let broken = stream::repeat_with(|| Err::<(), _>(Status::internal("stopped in the middle")));
        let items = stream::iter([Ok(())]).chain(broken).boxed();
        let items = until(items, std::future::pending, RpcError::Stopping);
        assert_eq!(items.take(10).collect::<Vec<_>>().await.len(), 2);
    }

    /// The stream of requests is asked for its first and then for the rest, and asking on after the end panicked.
    #[tokio::test]
    async fn a_stream_without_items_may_be_asked_again() {
        let mut items = until(stream::empty::<Answer>().boxed(), std::future::pending, RpcError::Stopping);
        assert!(items.next().await.is_none());
        assert!(items.next().await.is_none());
    }
}
