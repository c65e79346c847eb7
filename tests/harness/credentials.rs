//! Certificates and tokens.

use std::path::PathBuf;
use std::{fs, process};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::Server;

/// An authority that signs certificates into a directory. Its own certificate is `authority.pem` there.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    directory: tempfile::TempDir,
}

impl Default for Authority {
    fn default() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let authority = Self { issuer, directory: tempfile::tempdir().unwrap() };
        fs::write(authority.path("authority.pem"), authority.pem()).unwrap();
        authority
    }
}

impl Authority {
    /// The authority's own certificate.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A file of the directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The same as a program's argument.
    pub fn argument(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Writes `certificate.pem` for a host and `key.pem`; both texts.
    pub fn sign(&self, host: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        fs::write(self.path("key.pem"), key.serialize_pem()).unwrap();
        fs::write(self.path("certificate.pem"), certificate.pem()).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    /// Starts a server with the certificate signed last.
    pub fn server(&self, more: &[&str]) -> Server {
        let (certificate, key) = (self.argument("certificate.pem"), self.argument("key.pem"));
        let tls = ["--tls-certificate", &certificate, "--tls-key", &key, "--reload-poll", "50ms"];
        Server::start(&[&tls, more].concat())
    }
}

/// A line of a server's token file, with SHA-256 as an operator makes it.
pub fn token_line(name: &str, token: &str) -> String {
    let command = format!("printf %s '{token}' | sha256sum");
    let output = process::Command::new("sh").args(["-c", &command]).output().unwrap();
    let hash = String::from_utf8(output.stdout).unwrap();
    format!("{name} {}\n", hash.split_whitespace().next().unwrap())
}
