//! `wenlei-server probe`: asks a running server whether it is serving.
//!
//! The admin port answers in the clear whatever the main port speaks, so it is asked first.

use std::io::ErrorKind;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::arguments::flags::Probe;

const TIMEOUT: Duration = Duration::from_secs(3);

/// Succeeds when the server says within three seconds that it is serving; otherwise says why not.
pub fn run(flags: &Probe) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = runtime.map_err(Into::into).and_then(|runtime| {
        let in_time = async { timeout(TIMEOUT, ask(flags)).await };
        runtime.block_on(in_time).unwrap_or_else(|_| bail!("no answer within {TIMEOUT:?}"))
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wenlei-server probe: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn ask(flags: &Probe) -> anyhow::Result<()> {
    if let Some(address) = &flags.addr {
        return ask_main(address).await;
    }
    if flags.admin_addr == "off" {
        return ask_main(&flags.listen).await;
    }
    match TcpStream::connect(&flags.admin_addr).await {
        Ok(stream) => ask_admin(stream).await.with_context(|| flags.admin_addr.clone()),
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => ask_main(&flags.listen).await,
        Err(error) => Err(error).with_context(|| flags.admin_addr.clone()),
    }
}

async fn ask_admin(stream: TcpStream) -> anyhow::Result<()> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = Request::get("/readyz").header("host", "localhost").body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    let status = response.status();
    let reason = response.into_body().collect().await?.to_bytes();
    if status.is_success() { Ok(()) } else { bail!("{status}: {}", String::from_utf8_lossy(&reason).trim()) }
}

async fn ask_main(address: &str) -> anyhow::Result<()> {
    let hint = "it can't be asked in the clear; if it speaks TLS, ask the admin port: leave --addr out";
    let endpoint = Endpoint::from_shared(format!("http://{address}")).context(address.to_owned())?;
    let channel = endpoint.connect().await.with_context(|| address.to_owned())?;
    let response = HealthClient::new(channel).check(HealthCheckRequest::default()).await;
    let status = response.with_context(|| format!("{address}: {hint}"))?.into_inner().status();
    match status {
        ServingStatus::Serving => Ok(()),
        other => bail!("{address}: {}", other.as_str_name()),
    }
}
