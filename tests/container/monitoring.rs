//! Prometheus and what is drawn and alerted on from it. Grafana itself isn't started: what could go wrong is that a panel
//! asks for what isn't there.

use serde_json::Value;
use tonic::transport::Endpoint;
use wenlei_proto::v1::ClassifyRequest;
use wenlei_proto::v1::classification_service_client::ClassificationServiceClient;
use wenlei_tests::load::Load;
use wenlei_tests::{document, repository};

use super::harness::{Engine, PERIOD, Stack, wait_until};

fn committed(path: &str) -> String {
    std::fs::read_to_string(repository().join("deploy").join(path)).unwrap()
}

/// Every query of the dashboard, with its panel.
fn panels() -> Vec<(String, String)> {
    let dashboard: Value = serde_json::from_str(&committed("grafana/dashboards/wenlei.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap().iter();
    panels
        .flat_map(|panel| {
            let title = panel["title"].as_str().unwrap().to_owned();
            let targets = panel["targets"].as_array().unwrap().clone();
            targets
                .into_iter()
                .map(move |target| (title.clone(), target["expr"].as_str().unwrap().to_owned()))
        })
        .collect()
}

/// Whether the query finds anything.
fn finds(stack: &Stack, query: &str) -> bool {
    let query = query.replace("$__rate_interval", "1m");
    let command = ["query", "instant", "--format=json", "http://127.0.0.1:9090", &query];
    let found: Value = serde_json::from_str(&stack.promtool(&command)).unwrap();
    found.as_array().is_some_and(|series| !series.is_empty())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_panel_has_something_to_draw_and_every_alert_can_be_asked() {
    let Some(engine) = Engine::take() else { return };
    let stack = Stack::start(&engine, None);
    stack.compose(&["up", "--detach", "--no-build", "--no-deps", "prometheus"]);
    // The stages are timed for single documents.
    let channel =
        Endpoint::from_shared(format!("http://{}", stack.address())).unwrap().connect().await.unwrap();
    let single = ClassifyRequest { document: document("", "安全生产检查"), ..Default::default() };
    ClassificationServiceClient::new(channel).classify(single).await.unwrap();
    let load = Load::start(&stack.address(), PERIOD, 10).await;
    tokio::task::block_in_place(|| {
        stack.promtool(&["check", "config", "/etc/prometheus/prometheus.yml"]);
        wait_until("all replicas are scraped", || finds(&stack, "sum(up{job=\"wenlei\"}) == 3"));
        for (title, query) in panels() {
            wait_until(&format!("{title}: {query}"), || finds(&stack, &query));
        }
        for alert in
            committed("prometheus/alerts.yml").lines().filter_map(|line| line.trim().strip_prefix("expr: "))
        {
            let (measured, _limit) = alert.rsplit_once([' ']).unwrap();
            let measured = measured.trim_end_matches([' ', '>', '=']);
            // A condition finds nothing while all is well. What it compares has to be there, in the form of a success where
            // it takes a failure.
            let healthy = measured.replace("failed", "unchanged").replace("INTERNAL|", "OK|");
            assert!(finds(&stack, &healthy), "{healthy}");
            assert!(!finds(&stack, alert), "alerts although all is well: {alert}");
        }
    });
    load.finish().await;
}
