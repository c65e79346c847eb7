//! The methods that there are.

use std::collections::HashSet;

use prost::Message;
use prost_types::FileDescriptorSet;
use wenlei_proto::FILE_DESCRIPTOR_SET;

/// What a method is called that isn't there: labels must not grow with what callers invent.
const UNKNOWN: &str = "unknown";

/// The paths of all methods.
#[derive(Debug)]
pub(super) struct Methods(HashSet<String>);

impl Methods {
    pub(super) fn new() -> Self {
        let sets = [
            FILE_DESCRIPTOR_SET,
            tonic_health::pb::FILE_DESCRIPTOR_SET,
            tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
            tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
        ];
        let files =
            sets.into_iter().filter_map(|set| FileDescriptorSet::decode(set).ok()).flat_map(|set| set.file);
        let paths = files.flat_map(|file| {
            let package = file.package().to_owned();
            file.service.into_iter().flat_map(move |service| {
                let prefix = format!("/{package}.{}/", service.name());
                service.method.into_iter().map(move |method| format!("{prefix}{}", method.name()))
            })
        });
        Self(paths.collect())
    }

    /// The path if it is a method's.
    pub(super) fn name<'a>(&self, path: &'a str) -> &'a str {
        if self.0.contains(path) { path } else { UNKNOWN }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_methods_that_exist_are_named() {
        let methods = Methods::new();
        for path in ["/wenlei.v1.ClassificationService/Classify", "/grpc.health.v1.Health/Check"] {
            assert_eq!(methods.name(path), path);
        }
        assert_eq!(methods.name("/wenlei.v1.ClassificationService/Invented"), UNKNOWN);
    }
}
