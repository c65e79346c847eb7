//! What every end-to-end test needs: the real programs, built once, started on a free port and stopped at the end.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a harness fails by panicking")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tonic::transport::Channel;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;
use wenlei_proto::v1::model_service_client::ModelServiceClient;
use wenlei_proto::v1::{Document, Prediction};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// The repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file of `tests/data`.
pub fn data(name: &str) -> String {
    std::fs::read_to_string(repository().join("tests/data").join(name)).unwrap()
}

static PROGRAMS: LazyLock<PathBuf> = LazyLock::new(|| {
    let packages = ["-p", "wenlei-server", "-p", "wenlei-train"];
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--bins"])
        .args(packages)
        .current_dir(repository())
        .status()
        .unwrap();
    assert!(built.success(), "the programs can't be built");
    // target/debug/deps/test -> target/debug
    std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned()
});

/// A program of the workspace, built if need be.
pub fn program(name: &str) -> Command {
    Command::new(PROGRAMS.join(name))
}

/// A running server; it is killed when dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts `wenlei-server` with these arguments on a free port and waits until it serves.
    pub fn start(arguments: &[&str]) -> Self {
        let mut process = program("wenlei-server")
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = loop {
            let line = lines.next().expect("the server ended before it served").unwrap();
            if let Some((_, address)) = line.split_once("serving on ") {
                break address.trim().to_owned();
            }
        };
        // Keep reading: a full pipe would block the server.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { process, address }
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A connection.
    pub async fn channel(&self) -> Channel {
        let endpoint = Channel::from_shared(format!("http://{}", self.address)).unwrap();
        endpoint.connect_timeout(PATIENCE).timeout(PATIENCE).connect().await.unwrap()
    }

    /// A client of the classification service.
    pub async fn classification(&self) -> ClassificationServiceClient<Channel> {
        ClassificationServiceClient::new(self.channel().await)
    }

    /// A client of the model service.
    pub async fn models(&self) -> ModelServiceClient<Channel> {
        ModelServiceClient::new(self.channel().await)
    }

    /// Sends SIGTERM.
    pub fn terminate(&self) {
        let status = Command::new("kill").arg(self.process.id().to_string()).status().unwrap();
        assert!(status.success());
    }

    /// Waits for the process to end.
    pub fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A document.
pub fn document(title: &str, text: &str) -> Option<Document> {
    Some(Document { title: title.into(), text: text.into() })
}

/// The ids of the assigned topics.
pub fn assigned(prediction: &Prediction) -> Vec<&str> {
    let topics = prediction.topics.iter().filter(|topic| topic.assigned);
    topics.map(|topic| topic.topic.as_str()).collect()
}
