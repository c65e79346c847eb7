//! TLS and mutual TLS.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

use super::SecurityError;
use crate::config;

/// The certificate in force. Connections made before a reload keep theirs.
#[derive(Debug)]
pub struct Tls {
    files: config::Tls,
    config: ArcSwap<ServerConfig>,
}

impl Tls {
    /// Reads certificate, key and the authority of clients.
    ///
    /// # Errors
    /// A file can't be read or used, or certificate and key don't belong together.
    pub fn load(files: &config::Tls) -> Result<Self, SecurityError> {
        Ok(Self { files: files.clone(), config: ArcSwap::from_pointee(read(files)?) })
    }

    /// Reads the files again.
    ///
    /// # Errors
    /// As [`Tls::load`]; the certificate in force stays.
    pub fn reload(&self) -> Result<(), SecurityError> {
        self.config.store(Arc::new(read(&self.files)?));
        Ok(())
    }

    /// The files it is read from.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        let config::Tls { certificate, key, client_authority } = &self.files;
        [certificate, key].into_iter().chain(client_authority).map(AsRef::as_ref)
    }

    /// Shakes hands.
    pub(crate) async fn accept(&self, stream: TcpStream) -> std::io::Result<TlsStream<TcpStream>> {
        TlsAcceptor::from(self.config.load_full()).accept(stream).await
    }
}

fn read(files: &config::Tls) -> Result<ServerConfig, SecurityError> {
    // Named, not installed for the whole process: with two providers in the tree the default would be a panic.
    let provider = Arc::new(ring::default_provider());
    let chain = certificates(&files.certificate)?;
    let key =
        PrivateKeyDer::from_pem_file(&files.key).map_err(|error| SecurityError::new(&files.key, error))?;
    let wrong = |error| SecurityError::new(&files.certificate, error);
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(wrong)?;
    let builder = match &files.client_authority {
        Some(path) => builder.with_client_cert_verifier(verifier(path, provider)?),
        None => builder.with_no_client_auth(),
    };
    let mut config = builder.with_single_cert(chain, key).map_err(wrong)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn verifier(
    path: &Path,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn tokio_rustls::rustls::server::danger::ClientCertVerifier>, SecurityError> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(path)? {
        roots.add(certificate).map_err(|error| SecurityError::new(path, error))?;
    }
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|error| SecurityError::new(path, error))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, SecurityError> {
    let wrong = |error| SecurityError::new(path, error);
    let certificates: Vec<_> =
        CertificateDer::pem_file_iter(path).map_err(wrong)?.collect::<Result<_, _>>().map_err(wrong)?;
    if certificates.is_empty() {
        return Err(SecurityError::new(path, "holds no certificate"));
    }
    Ok(certificates)
}
