//! A unary call in JSON: `POST /package.Service/Method`, as protobuf's own JSON mapping has it.

use std::sync::{Arc, OnceLock};

use futures_util::stream;
use http_body::Frame;
use http_body_util::{BodyExt, Full, Limited, StreamBody};
use prost::Message;
use prost_reflect::{DynamicMessage, MessageDescriptor, SerializeOptions};
use tonic::body::Body;
use tonic::codegen::Bytes;
use tonic::codegen::http::header::{CONTENT_LENGTH, CONTENT_TYPE, TE};
use tonic::codegen::http::{HeaderValue, Request, Response};
use tonic::{Code, Status};

use super::error;
use crate::observe::REQUEST_ID;

/// JSON that can be longer than the message it stands for, by this factor: escapes and names take room.
const JSON_FACTOR: usize = 2;

/// Bytes before a message: whether it is compressed, and its length.
const FRAME_HEADER: usize = 5;

/// What is wrong with the JSON of a request, once it was read. It quotes the caller's own text, which is for the caller
/// and not for the log; tonic logs what ends a body.
pub(super) type Mistake = Arc<OnceLock<Status>>;

/// The same request as a gRPC call. Its body is read when the call is, after tokens and admission were checked.
pub(super) fn request(
    request: Request<Body>,
    input: MessageDescriptor,
    message_bytes: usize,
) -> (Request<Body>, Mistake) {
    let mistake = Mistake::default();
    let mistake_of = mistake.clone();
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    parts.headers.insert(TE, HeaderValue::from_static("trailers"));
    let frame = async move {
        let body = Limited::new(body, message_bytes.saturating_mul(JSON_FACTOR)).collect().await;
        let json = body.map_err(|error| Status::out_of_range(error.to_string()))?.to_bytes();
        let message = parse(&json, input).map_err(|error| {
            mistake_of.get_or_init(|| Status::invalid_argument(error.to_string()));
            Status::invalid_argument("not this message in JSON")
        })?;
        Ok::<_, Status>(Frame::data(frame(&message.encode_to_vec())))
    };
    (Request::from_parts(parts, Body::new(StreamBody::new(stream::once(Box::pin(frame))))), mistake)
}

fn parse(json: &[u8], input: MessageDescriptor) -> Result<DynamicMessage, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let message = DynamicMessage::deserialize(input, &mut reader)?;
    reader.end()?;
    Ok(message)
}

fn frame(message: &[u8]) -> Bytes {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    [&[0], &length.to_be_bytes()[..], message].concat().into()
}

/// The answer of a gRPC call in JSON.
pub(super) async fn response(
    response: Response<Body>,
    output: MessageDescriptor,
    mistake: &Mistake,
) -> Response<Body> {
    let (parts, body) = response.into_parts();
    let result = match Status::from_header_map(&parts.headers) {
        Some(status) => Err(mistake.get().cloned().unwrap_or(status)),
        None => message(body, output).await,
    };
    let mut response = result.map_or_else(|status| refusal(&status), |text| json_response(Code::Ok, text));
    if let Some(id) = parts.headers.get(REQUEST_ID) {
        response.headers_mut().insert(REQUEST_ID, id.clone());
    }
    response
}

/// A status in JSON.
pub(super) fn refusal(status: &Status) -> Response<Body> {
    json_response(status.code(), error::json(status).to_string().into_bytes())
}

fn json_response(code: Code, text: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::new(Full::from(text).map_err(|never| match never {})));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    *response.status_mut() = error::http_status(code).try_into().unwrap_or_default();
    response
}

async fn message(body: Body, output: MessageDescriptor) -> Result<Vec<u8>, Status> {
    let body = body.collect().await?;
    if let Some(status) = body.trailers().and_then(Status::from_header_map)
        && status.code() != Code::Ok
    {
        return Err(status);
    }
    let bytes = body.to_bytes();
    let broken = |error: &dyn std::fmt::Display| Status::internal(error.to_string());
    let message = bytes.get(FRAME_HEADER..).ok_or_else(|| broken(&"an answer without a message"))?;
    let message = DynamicMessage::decode(output, message).map_err(|error| broken(&error))?;
    // Fields that hold their default are written too: a probability of zero is an answer.
    let options = SerializeOptions::new().skip_default_fields(false);
    let mut writer = serde_json::Serializer::new(Vec::new());
    message.serialize_with_options(&mut writer, &options).map_err(|error| broken(&error))?;
    Ok(writer.into_inner())
}
