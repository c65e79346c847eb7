//! `wenlei-server probe`: asks a running server whether it is serving.

use std::process::ExitCode;
use std::time::Duration;

use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

const TIMEOUT: Duration = Duration::from_secs(3);

/// Succeeds when the server at `address` says SERVING within three seconds; otherwise says why not.
pub fn run(address: &str) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(status(address)));
    match result {
        Ok(ServingStatus::Serving) => ExitCode::SUCCESS,
        Ok(status) => failure(address, status.as_str_name()),
        Err(error) => failure(address, &format!("{error:#}")),
    }
}

fn failure(address: &str, reason: &str) -> ExitCode {
    eprintln!("wenlei-server probe: {address}: {reason}");
    ExitCode::FAILURE
}

async fn status(address: &str) -> anyhow::Result<ServingStatus> {
    let endpoint =
        Endpoint::from_shared(format!("http://{address}"))?.connect_timeout(TIMEOUT).timeout(TIMEOUT);
    let mut client = HealthClient::new(endpoint.connect().await?);
    let response = client.check(HealthCheckRequest { service: String::new() }).await?;
    Ok(response.into_inner().status())
}
