//! The methods and their messages, from the descriptors.

use prost_reflect::{DescriptorError, DescriptorPool, MethodDescriptor};
use wenlei_proto::FILE_DESCRIPTOR_SET;

/// All methods that can be called.
#[derive(Debug)]
pub(super) struct Methods(DescriptorPool);

impl Methods {
    pub(super) fn new() -> Result<Self, DescriptorError> {
        let mut pool = DescriptorPool::decode(FILE_DESCRIPTOR_SET)?;
        pool.decode_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)?;
        Ok(Self(pool))
    }

    /// The method at `/package.Service/Method`, unless it streams.
    pub(super) fn unary(&self, path: &str) -> Option<MethodDescriptor> {
        let (service, method) = path.strip_prefix('/')?.split_once('/')?;
        let service = self.0.get_service_by_name(service)?;
        let method = service.methods().find(|found| found.name() == method)?;
        (!method.is_client_streaming() && !method.is_server_streaming()).then_some(method)
    }
}
