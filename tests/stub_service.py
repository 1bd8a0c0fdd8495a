"""A local stub of a service compatible with OpenAI's: it keeps what it receives, and fails as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


class Service(BaseHTTPRequestHandler):
    """A stub of an OpenAI-compatible service. `plan` gives the codes of the next answers; then all is well. `pieces` is what it says."""

    plan: ClassVar[list[int]] = []
    seen: ClassVar[list[tuple[str, dict, bytes]]] = []
    delay = 0.0
    pieces: ClassVar[tuple[str, ...]] = ("Bon", "jour")

    def log_message(self, *_):
        pass

    def _take(self) -> int:
        length = int(self.headers.get("content-length", 0))
        type(self).seen.append(
            (self.path, {k.lower(): v for k, v in self.headers.items()}, self.rfile.read(length))
        )
        time.sleep(type(self).delay)
        return type(self).plan.pop(0) if type(self).plan else 200

    def _reply(self, code: int, kind: str, content: bytes) -> None:
        self.send_response(code)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.send_header("retry-after-ms", "1")
        if code == 307:
            self.send_header("location", "http://ailleurs.example/v1/chat/completions")
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        code = self._take()
        data = {"object": "list", "data": [{"id": name, "object": "model"} for name in ("petit", "grand")]}
        self._reply(code, "application/json", json.dumps(data).encode())

    def do_POST(self):
        code = self._take()
        if code != 200:
            return self._reply(code, "application/json", b'{"error": {"message": "no"}}')
        pieces = [{"choices": [{"index": 0, "delta": {"content": text}}]} for text in type(self).pieces]
        lines = [*(json.dumps({"id": "1", "object": "chat.completion.chunk", **p}) for p in pieces), "[DONE]"]
        self._reply(200, "text/event-stream", "".join(f"data: {line}\n\n" for line in lines).encode())


@contextmanager
def serving() -> Iterator[str]:
    """Give the address of a fresh stub."""
    Service.plan, Service.seen, Service.delay = [], [], 0.0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
