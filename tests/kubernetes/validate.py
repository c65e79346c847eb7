"""Checks rendered manifests on standard input against the schemas of the Kubernetes API, and what no schema can say.

Custom resources are printed, one JSON object a line, for whoever knows their schemas.
"""

import json
import sys

import kubernetes_validate
import yaml

VERSION = "1.34"


def seconds(text):
    return int(text.removesuffix("s"))


def check_drain(deployment):
    """The kubelet has to wait as long as the server may take to end."""
    pod = deployment["spec"]["template"]["spec"]
    [container] = pod["containers"]
    environment = {variable["name"]: variable["value"] for variable in container["env"]}
    pre_stop = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    needed = pre_stop + seconds(environment["WENLEI_DRAIN_PAUSE"]) + seconds(environment["WENLEI_DRAIN_LIMIT"])
    grace = pod["terminationGracePeriodSeconds"]
    assert grace > needed, f"terminationGracePeriodSeconds is {grace}, but the end may take {needed} seconds"


def check_selectors(manifests):
    """Whatever selects the pods selects them by a label that they have."""
    [deployment] = [manifest for manifest in manifests if manifest["kind"] == "Deployment"]
    labels = deployment["spec"]["template"]["metadata"]["labels"].items()
    for manifest in manifests:
        spec = manifest["spec"]
        selector = {
            "Service": lambda: spec["selector"],
            "Deployment": lambda: spec["selector"]["matchLabels"],
            "PodDisruptionBudget": lambda: spec["selector"]["matchLabels"],
            "NetworkPolicy": lambda: spec["podSelector"]["matchLabels"],
        }.get(manifest["kind"])
        if selector:
            assert selector() and selector().items() <= labels, f"{manifest['kind']} selects other pods"


def main():
    manifests = list(yaml.safe_load_all(sys.stdin))
    for manifest in manifests:
        if manifest["apiVersion"].startswith("monitoring.coreos.com/"):
            print(json.dumps(manifest))
            continue
        kubernetes_validate.validate(manifest, VERSION, strict=True)
        print(f"  {manifest['kind']} {manifest['metadata']['name']}", file=sys.stderr)
        if manifest["kind"] == "Deployment":
            check_drain(manifest)
    check_selectors(manifests)


if __name__ == "__main__":
    main()
