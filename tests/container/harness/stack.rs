//! The stack of `deploy/compose.yaml`.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use wenlei_tests::repository;

use super::engine::{Engine, PREFIX};
use super::{docker, free_port, wait_until};

/// The replicas.
const REPLICAS: [&str; 3] = ["wenlei-1", "wenlei-2", "wenlei-3"];

/// The running stack, without Grafana, on free ports; it is removed when dropped.
pub(crate) struct Stack {
    project: String,
    image: String,
    models: Option<String>,
    port: u16,
    started: bool,
}

impl Stack {
    /// Starts replicas and balancer, and waits until every replica is healthy and the balancer answers. With a folder of
    /// `models`, the replicas serve what is in there.
    pub(crate) fn start(engine: &Engine, models: Option<&Path>) -> Self {
        let mut stack = Self::new(engine, models);
        stack.started = true;
        stack.compose(&[&["up", "--detach", "--no-build", "balancer"][..], &REPLICAS].concat());
        for replica in REPLICAS {
            stack.wait_until_healthy(replica);
        }
        stack
    }

    /// A stack that isn't started.
    pub(crate) fn new(engine: &Engine, models: Option<&Path>) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        Self {
            project: format!(
                "{PREFIX}-{}-stack-{}",
                std::process::id(),
                NUMBER.fetch_add(1, Ordering::Relaxed)
            ),
            image: engine.server_image.clone(),
            models: models.map(|path| path.to_str().unwrap().to_owned()),
            port: free_port(),
            started: false,
        }
    }

    /// Runs `docker compose` with the committed files.
    pub(crate) fn compose(&self, arguments: &[&str]) -> String {
        let mut command = self.command();
        let output = command.args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "compose {arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn command(&self) -> Command {
        // Debian 12 has Compose as a program of its own, later ones as a plugin.
        let mut words = std::env::var("WENLEI_COMPOSE").unwrap_or("docker compose".into());
        words += " --file deploy/compose.yaml";
        if self.models.is_some() {
            words += " --file deploy/compose.models.yaml";
        }
        let mut words = words.split(' ');
        let mut command = Command::new(words.next().unwrap());
        command.args(words).args(["--project-name", &self.project]).current_dir(repository());
        command.env("WENLEI_IMAGE", &self.image).env("WENLEI_MODELS", self.models.as_deref().unwrap_or(""));
        command.env("WENLEI_PORT", self.port.to_string());
        command.env("PROMETHEUS_PORT", "0");
        command
    }

    /// Host and port of the balancer.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Runs promtool beside Prometheus.
    pub(crate) fn promtool(&self, arguments: &[&str]) -> String {
        docker(&[&["exec", &self.id("prometheus"), "promtool"], arguments].concat())
    }

    /// Replaces the replicas one after another, as `docs/operations.md` says.
    pub(crate) fn replace_all(&mut self, image: &str, models: &Path) {
        image.clone_into(&mut self.image);
        self.models = Some(models.to_str().unwrap().to_owned());
        for replica in REPLICAS {
            let before = self.id(replica);
            self.compose(&["up", "--detach", "--no-build", "--no-deps", replica]);
            assert_ne!(self.id(replica), before, "{replica} was not replaced");
            self.wait_until_healthy(replica);
        }
    }

    /// Kills a replica without warning.
    pub(crate) fn kill(&self, replica: &str) {
        docker(&["kill", "--signal", "KILL", &self.id(replica)]);
    }

    /// The container of a service.
    pub(crate) fn id(&self, service: &str) -> String {
        self.compose(&["ps", "--quiet", service]).trim().to_owned()
    }

    /// Waits until every replica says that it serves the model with this digest.
    pub(crate) fn wait_for_digest(&self, digest: &str) {
        let line = format!("\"digest\":\"{digest}\"");
        for replica in REPLICAS {
            wait_until(replica, || self.compose(&["logs", "--no-color", replica]).contains(&line));
        }
    }

    fn wait_until_healthy(&self, replica: &str) {
        let id = self.id(replica);
        wait_until(replica, || {
            docker(&["inspect", "--format", "{{.State.Health.Status}}", &id]) == "healthy"
        });
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        if !self.started {
            return;
        }
        if std::thread::panicking() {
            let logs = self.command().args(["logs", "--no-color", "--tail", "40"]).output();
            eprintln!("{}", String::from_utf8_lossy(&logs.unwrap().stdout));
        }
        let _ = self.command().args(["down", "--volumes", "--timeout", "1"]).output();
    }
}
