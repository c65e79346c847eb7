//! The protobuf codec, with one difference: bytes that are no message are the caller's fault.
//!
//! tonic's own codec answers them INTERNAL, which sends people looking for a fault in the server.

use prost::Message;
use tonic::codec::{Codec, DecodeBuf, Decoder};
use tonic::{Code, Status};
use tonic_prost::{ProstCodec, ProstDecoder};

/// Encodes and decodes protobuf messages; a message that can't be decoded is INVALID_ARGUMENT.
#[derive(Debug, Default)]
pub struct MessageCodec<T, U>(ProstCodec<T, U>);

impl<T: Message + Send + 'static, U: Message + Default + Send + 'static> Codec for MessageCodec<T, U> {
    type Encode = T;
    type Decode = U;
    type Encoder = <ProstCodec<T, U> as Codec>::Encoder;
    type Decoder = MessageDecoder<U>;

    fn encoder(&mut self) -> Self::Encoder {
        self.0.encoder()
    }

    fn decoder(&mut self) -> Self::Decoder {
        MessageDecoder(self.0.decoder())
    }
}

/// Decodes protobuf messages.
#[derive(Debug)]
pub struct MessageDecoder<U>(ProstDecoder<U>);

impl<U: Message + Default> Decoder for MessageDecoder<U> {
    type Item = U;
    type Error = Status;

    fn decode(&mut self, source: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        self.0.decode(source).map_err(|status| match status.code() {
            // prost's message names the field: "Document.text: invalid string value: data is not UTF-8 encoded".
            Code::Internal => Status::invalid_argument(status.message()),
            _ => status,
        })
    }
}
