"""Calls BatchClassify from eight threads until standard input ends, with gRPC's own client and a service config.

usage: retrying_client.py ADDRESS SERVICE_CONFIG REQUEST

Prints {"answers": N, "errors": [...]}. The request is a file with the encoded message.
"""

import json
import sys
import threading

import grpc

METHOD = "/wenlei.v1.ClassificationService/BatchClassify"
PERIOD = 0.05


def call(channel, request, done, account):
    method = channel.unary_unary(METHOD)
    while not done.wait(PERIOD):
        try:
            method(request)
            account["answers"] += 1
        except grpc.RpcError as error:
            account["errors"].append(f"{error.code()}: {error.details()}")


def main(address, service_config, request):
    with open(service_config) as file:
        options = [("grpc.service_config", file.read())]
    with open(request, "rb") as file:
        message = file.read()
    done = threading.Event()
    accounts = [{"answers": 0, "errors": []} for _ in range(8)]
    with grpc.insecure_channel(address, options=options) as channel:
        callers = [threading.Thread(target=call, args=(channel, message, done, account)) for account in accounts]
        for caller in callers:
            caller.start()
        sys.stdin.read()
        done.set()
        for caller in callers:
            caller.join()
    answers = sum(account["answers"] for account in accounts)
    print(json.dumps({"answers": answers, "errors": sum((account["errors"] for account in accounts), [])}))


if __name__ == "__main__":
    main(*sys.argv[1:])
