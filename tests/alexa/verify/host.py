"""A certificate host on loopback, with TLS of its own, that answers well or badly as a case asks."""

import contextlib
import http.server
import ssl
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cryptography import x509

from tests.alexa.verify.pki import Made, issue
from tests.alexa.verify.table import Served


class CertificateHost:
    """Serves `files` by the last part of the path; `asked` lists what was asked for, as (host, path)."""

    def __init__(
        self,
        files: Mapping[str, Served],
        folder: Path,
        now: datetime,
        root: Made | None = None,
        port: int = 0,
    ) -> None:
        names = (x509.DNSName("localhost"), x509.DNSName("s3.amazonaws.com"))
        root = root or issue("web-root", None, now, ca=True)
        leaf = issue("web-leaf", root, now, sans=names)
        self.roots = folder / "web-roots.pem"
        self.roots.write_bytes(root.pem)
        pair = folder / "web-leaf.pem"
        pair.write_bytes(leaf.pem + leaf.key_pem)
        self.asked: list[tuple[str, str]] = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), self._handler(files))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that hang up
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> "CertificateHost":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self, files: Mapping[str, Served]) -> type[http.server.BaseHTTPRequestHandler]:
        asked = self.asked

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append((self.headers.get("Host", "").split(":")[0], self.path))
                _answer(self, files.get(self.path.split("/")[-1], Served(status=404)))

            def log_message(self, *_: object) -> None:
                """Nothing: a test's output is its own."""

        return Handler


def _answer(handler: http.server.BaseHTTPRequestHandler, served: Served) -> None:
    handler.send_response(served.status)
    if served.location:
        handler.send_header("Location", served.location)
    handler.send_header("Content-Length", str(len(served.text) + (100 if served.cut_short else 0)))
    handler.end_headers()
    last = min(served.drips, len(served.text)) if served.drip_s else 0
    handler.wfile.write(served.text[: len(served.text) - last])
    with contextlib.suppress(OSError):  # the client has hung up
        for byte in served.text[len(served.text) - last :]:
            time.sleep(served.drip_s)
            handler.wfile.write(bytes([byte]))
