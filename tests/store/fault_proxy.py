"""A proxy between the AWS SDK and the emulator that records the calls and misbehaves on demand."""

import json
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

THROTTLED = json.dumps(
    {
        "__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException",
        "message": "Throughput exceeds the current capacity of your table",
    }
).encode()


class FaultProxy:
    """`calls` has the operation of every request that came in; the counters are used up one request each."""

    def __init__(self, target: str) -> None:
        self.calls: list[str] = []
        self.throttle = 0
        self.lose_answers_of_writes = 0
        self.old_reads = 0
        self.undone = 0
        self._old_answers: dict[bytes, bytes] = {}
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                operation = self.headers["X-Amz-Target"].partition(".")[2]
                proxy.calls.append(operation)
                if (refused := proxy.refusal(operation, body)) is not None:
                    self.answer(*refused)
                    return
                status, answer = self.forward(body)
                if operation == "GetItem":
                    old = proxy._old_answers.setdefault(body, answer)
                    if proxy.old_reads > 0:
                        proxy.old_reads -= 1
                        answer = old
                elif proxy.lose_answers_of_writes > 0:
                    proxy.lose_answers_of_writes -= 1
                    self.close_connection = True
                    return
                self.answer(status, answer)

            def forward(self, body: bytes) -> tuple[int, bytes]:
                headers = {
                    name: value
                    for name, value in self.headers.items()
                    if name.lower() not in ("host", "content-length", "connection")
                }
                request = urllib.request.Request(target, body, headers)
                try:
                    with urllib.request.urlopen(request, timeout=60) as answer:
                        return answer.status, answer.read()
                except urllib.error.HTTPError as fault:
                    with fault:
                        return fault.code, fault.read()

            def answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/x-amz-json-1.0")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def refusal(self, operation: str, body: bytes) -> tuple[int, bytes] | None:
        """The answer of a table that does nothing just now."""
        if self.throttle > 0:
            self.throttle -= 1
            return 400, THROTTLED
        if operation == "BatchWriteItem" and self.undone > 0:
            self.undone -= 1
            return 200, json.dumps({"UnprocessedItems": json.loads(body)["RequestItems"]}).encode()
        return None

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
