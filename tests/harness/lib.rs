//! What every end-to-end test needs: the real programs, built once, started on a free port and stopped at the end.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a harness fails by panicking")]

pub mod credentials;
pub mod http;
pub mod load;
pub mod model_file;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};

use tonic::Status;
use tonic::transport::Channel;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;
use wenlei_proto::v1::model_service_client::ModelServiceClient;
use wenlei_proto::v1::{Document, Prediction};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file of `tests/data`.
pub fn data(name: &str) -> String {
    std::fs::read_to_string(repository().join("tests/data").join(name)).unwrap()
}

static PROGRAMS: LazyLock<PathBuf> = LazyLock::new(|| {
    let packages = ["-p", "wenlei-server", "-p", "wenlei-train", "-p", "wenlei-cli"];
    let features: &[&str] = if cfg!(feature = "otlp") { &["--features", "wenlei-server/otlp"] } else { &[] };
    let profile: &[&str] = if cfg!(debug_assertions) { &[] } else { &["--release"] };
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--bins"])
        .args(packages)
        .args([profile, features].concat())
        .current_dir(repository())
        .status()
        .unwrap();
    assert!(built.success(), "the programs can't be built");
    // target/debug/deps/test -> target/debug, or release
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
    admin: String,
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts `wenlei-server` with these arguments on free ports and waits until it serves.
    pub fn start(arguments: &[&str]) -> Self {
        let server = Self::start_listening(arguments);
        server.wait_for_log("serving on ");
        server
    }

    /// As [`Server::start`], but on the first core only.
    pub fn start_on_one_core(arguments: &[&str]) -> Self {
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]).arg(program("wenlei-server").get_program());
        let server = Self::spawn(command, arguments);
        server.wait_for_log("serving on ");
        server
    }

    /// As [`Server::start`], but waits only until it listens.
    pub fn start_listening(arguments: &[&str]) -> Self {
        Self::spawn(program("wenlei-server"), arguments)
    }

    fn spawn(mut command: Command, arguments: &[&str]) -> Self {
        let mut process = command
            .args(["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--drain-pause", "0s"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines_of = log.clone();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| lines_of.lock().unwrap().push(line));
        });
        let mut server = Self { process, address: String::new(), admin: String::new(), log };
        let after = |line: &str, mark| line.split_once(mark).unwrap().1.split('"').next().unwrap().to_owned();
        server.admin = after(&server.wait_for_log("admin on "), "admin on ");
        server.address = after(&server.wait_for_log("listening on "), "listening on ");
        server
    }

    /// The log so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Waits for a line of the log with this text.
    pub fn wait_for_log(&self, text: &str) -> String {
        let start = Instant::now();
        loop {
            let found = self.log.lock().unwrap().iter().find(|line| line.contains(text)).cloned();
            if let Some(line) = found {
                return line;
            }
            assert!(start.elapsed() < PATIENCE, "no {text:?} in the log:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Host and port of the admin server.
    pub fn admin(&self) -> &str {
        &self.admin
    }

    /// Memory of the process that is not shared and not paged out, in bytes.
    pub fn resident_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// Processor time that the server has used.
    pub fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap();
        // After the name in brackets; user and system time are the fields 14 and 15 of all, in hundredths of a second.
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let hundredths = |field: usize| fields[field - 3].parse::<u64>().unwrap();
        Duration::from_millis(10 * (hundredths(14) + hundredths(15)))
    }

    /// Sends a signal, named as `kill` does.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status();
        assert!(status.unwrap().success());
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
        self.signal("TERM");
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

/// Whether the client's own transport says that the server never took the call: it wasn't sent, or came after what the
/// server's GOAWAY named as its last. gRPC clients try such a call again by themselves; tonic's doesn't. A call that the
/// server took and lost would have another source.
pub fn never_taken(status: &Status) -> bool {
    let text = format!("{status:?}");
    let sources = [
        "ConnectError",
        "Canceled, \"connection closed\"",
        "Canceled, \"connection was not ready\"",
        "GoAway(b\"\", NO_ERROR, Remote)",
    ];
    sources.iter().any(|source| text.contains(source))
}
