"""Between a client that cannot sign and the skill: signs each body as Alexa would and passes it on, good or spoilt."""

import base64
import http.client
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.alexa.verify.pki import sign

Spoil = Callable[[bytes], bytes]


@contextmanager
def signing_proxy(skill_port: int, key: Any, url: str, spoil: Spoil = bytes) -> Iterator[int]:
    """Listens on loopback; signs with `key`, names the chain at `url`, and passes on what `spoil` makes of the body."""
    handler = _handler(skill_port, key, url, spoil)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(skill_port: int, key: Any, url: str, spoil: Spoil) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signature = base64.b64encode(sign(key, body)).decode()
            headers = {"SignatureCertChainUrl": url, "Signature-256": signature}
            connection = http.client.HTTPConnection("127.0.0.1", skill_port, timeout=20)
            connection.request("POST", "/alexa", spoil(body), headers | {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            connection.close()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    return Handler
