"""Calls BatchClassify from eight threads until standard input ends, with gRPC's own client, a service config, and one more
try when an answer broke off.

usage: retrying_client.py ADDRESS SERVICE_CONFIG REQUEST

Prints {"answers": N, "errors": [...]}. The request is a file with the encoded message.
"""

import json
import sys
import threading

import grpc

METHOD = "/wenlei.v1.ClassificationService/BatchClassify"
PERIOD = 0.05
# What a connection that breaks in the middle of an answer looks like: the library doesn't retry then.
BROKEN = (grpc.StatusCode.UNKNOWN, grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL)


def ask(method, request):
    try:
        return method(request)
    except grpc.RpcError as error:
        if error.code() not in BROKEN:
            raise
        return method(request)


def call(channel, request, done, account):
    method = channel.unary_unary(METHOD)
    while not done.wait(PERIOD):
        try:
            ask(method, request)
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
