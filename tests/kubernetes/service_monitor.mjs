// Checks ServiceMonitors, one JSON object a line on standard input, against the Prometheus operator's schema.
import { readFileSync } from "node:fs";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
    const manifest = JSON.parse(line);
    if (manifest.kind !== "ServiceMonitor") throw new Error(`no schema for ${manifest.kind}`);
    new ServiceMonitor(manifest).validate();
    console.error(`  ServiceMonitor ${manifest.metadata.name}`);
}
