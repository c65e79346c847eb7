//! The way to a server: address, TLS, token, time limits.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::time::timeout;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Uri};
use tonic::{Request, Status};
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;

use super::failure;

/// How long a connection may take, TLS included.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a call may take.
const CALL: Duration = Duration::from_secs(60);
/// Bytes of the longest answer taken: that to a page, explained, is many times as long as the page.
const ANSWER: usize = 256 << 20;

/// A client that sends the token along.
pub(super) type Client = ClassificationServiceClient<InterceptedService<Channel, Caller>>;

/// How to reach a server.
pub(crate) struct Connection {
    /// Checked by [`url`].
    pub(crate) url: String,
    /// PEM file with the authority of its certificate, instead of the system's.
    pub(crate) authority: Option<PathBuf>,
    /// Sent with each call.
    pub(crate) token: Option<String>,
}

/// Adds to each call what it needs besides its message.
#[derive(Clone)]
pub(super) struct Caller {
    authorization: Option<MetadataValue<Ascii>>,
}

/// Checks the address of a server.
pub(crate) fn url(text: &str) -> Result<String, String> {
    let uri = text.parse::<Uri>().ok();
    let well_formed = uri.is_some_and(|uri| {
        let schemes = [Some("http"), Some("https")];
        schemes.contains(&uri.scheme_str()) && matches!(uri.path(), "" | "/") && uri.query().is_none()
    });
    let expected =
        "a server's address begins with http:// or https:// and has no path, such as http://127.0.0.1:50051";
    if well_formed { Ok(text.trim_end_matches('/').to_owned()) } else { Err(expected.into()) }
}

impl Connection {
    /// Connects.
    pub(super) async fn open(&self) -> anyhow::Result<Client> {
        let caller = Caller { authorization: self.authorization()? };
        let endpoint = self.endpoint()?;
        let connected = match timeout(CONNECT, endpoint.connect()).await {
            Ok(connected) => connected.map_err(|error| failure::cause(&error)),
            Err(_) => Err(format!("no connection within {CONNECT:?}")),
        };
        let channel = connected.map_err(|cause| failure::unreached(&self.url, &cause))?;
        let client = ClassificationServiceClient::with_interceptor(channel, caller);
        Ok(client.max_decoding_message_size(ANSWER))
    }

    fn endpoint(&self) -> anyhow::Result<Endpoint> {
        let endpoint = Endpoint::from_shared(self.url.clone())?;
        match (&self.authority, self.url.starts_with("https://")) {
            (None, false) => Ok(endpoint),
            (None, true) => Ok(endpoint.tls_config(ClientTlsConfig::new().with_native_roots())?),
            (Some(_), false) => bail!("{} is asked in the clear: --tls-ca goes with https://", self.url),
            (Some(path), true) => {
                let pem = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
                let tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem));
                endpoint.tls_config(tls).with_context(|| format!("can't use {}", path.display()))
            }
        }
    }

    fn authorization(&self) -> anyhow::Result<Option<MetadataValue<Ascii>>> {
        let Some(token) = &self.token else { return Ok(None) };
        let value = MetadataValue::try_from(format!("Bearer {token}"));
        let mut value = value.ok().context("WENLEI_TOKEN holds characters that no token has")?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

impl Interceptor for Caller {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.set_timeout(CALL);
        if let Some(authorization) = &self.authorization {
            request.metadata_mut().insert("authorization", authorization.clone());
        }
        Ok(request)
    }
}
