//! One container.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::engine::PREFIX;
use super::{docker, free_port, wait_until};

/// A running container; it is removed when dropped.
pub(crate) struct Container {
    name: String,
    address: String,
}

impl Container {
    /// Starts `image` as strictly as one can: read-only, with no capability, 128 MB, the port published on loopback; and
    /// waits until it is healthy.
    pub(crate) fn start(image: &str, options: &[&str]) -> Self {
        let port = free_port();
        let publish = format!("--publish=127.0.0.1:{port}:50051");
        Self::run(image, port, &[&[publish.as_str()], options].concat())
    }

    /// As [`Container::start`], but without Docker's proxy in between, which accepts connections in the name of a server
    /// that has closed its port, and resets them.
    pub(crate) fn start_on_host_network(image: &str) -> Self {
        let port = free_port();
        let listen = format!("--env=WENLEI_LISTEN=127.0.0.1:{port}");
        Self::run(image, port, &["--network=host", &listen, "--env=WENLEI_ADMIN_LISTEN=off"])
    }

    fn run(image: &str, port: u16, options: &[&str]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}-{}-{number}", std::process::id());
        let container = Self { name: name.clone(), address: format!("127.0.0.1:{port}") };
        let strict = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory=128m"];
        docker(&[&["run", "--detach", "--name", &name], &strict[..], options, &[image]].concat());
        wait_until("healthy", || container.inspect("{{.State.Health.Status}}") == "healthy");
        container
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What docker knows about it, as a Go template picks it.
    pub(crate) fn inspect(&self, template: &str) -> String {
        docker(&["inspect", "--format", template, &self.name])
    }

    /// Runs `docker stop` with this many seconds of grace.
    pub(crate) fn stop(&self, grace: u32) {
        docker(&["stop", "--time", &grace.to_string(), &self.name]);
    }

    /// What it wrote.
    pub(crate) fn log(&self) -> String {
        let output = Command::new("docker").args(["logs", &self.name]).output().unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.log());
        }
        let _ = Command::new("docker").args(["rm", "--force", "--volumes", &self.name]).output();
    }
}
