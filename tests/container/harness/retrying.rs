//! A caller that retries as `docs/operations.md` shows: gRPC's own client, given the service config of that page.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use prost::Message;
use serde_json::Value;
use tempfile::TempDir;
use wenlei_tests::load::request;
use wenlei_tests::repository;

/// The client under way.
pub(crate) struct RetryingClient {
    process: Child,
    _folder: TempDir,
}

impl RetryingClient {
    /// Starts it.
    pub(crate) fn start(address: &str, documents: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("service-config.json");
        std::fs::write(&config, documented_config()).unwrap();
        let message = folder.path().join("request.binpb");
        std::fs::write(&message, request(documents).encode_to_vec()).unwrap();
        let process = Command::new(std::env::var("WENLEI_PYTHON").unwrap())
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("container/retrying_client.py"))
            .args([Path::new(address), &config, &message])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self { process, _folder: folder }
    }

    /// Ends it: how many calls were answered, and the errors of the others.
    pub(crate) fn finish(mut self) -> (u64, Vec<String>) {
        drop(self.process.stdin.take());
        let mut text = String::new();
        self.process.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        assert!(self.process.wait().unwrap().success());
        let account: Value = serde_json::from_str(&text).unwrap();
        let errors = account["errors"].as_array().unwrap();
        (account["answers"].as_u64().unwrap(), errors.iter().map(ToString::to_string).collect())
    }
}

impl Drop for RetryingClient {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The service config as the document has it.
fn documented_config() -> String {
    let page = std::fs::read_to_string(repository().join("docs/operations.md")).unwrap();
    let mut blocks = page.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.find(|block| block.contains("retryPolicy")).expect("a service config").to_owned()
}
