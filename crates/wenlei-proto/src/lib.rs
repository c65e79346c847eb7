//! The messages and services of `wenlei.v1`.
//!
//! Everything under `generated/` is made from `proto/` by the test `generated_code_is_current`, and committed, so that
//! a build needs no protobuf compiler. This crate must not know anything else.

pub mod codec;

/// Version 1 of the interface.
#[allow(clippy::all, clippy::pedantic, missing_docs, unreachable_pub)]
pub mod v1 {
    include!("generated/wenlei.v1.rs");
}

/// The descriptors of every file in `proto/`, as a serialised `google.protobuf.FileDescriptorSet`, for reflection.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!("generated/descriptor.binpb");
