"""Servers of the tests' own that a daemon is told to ask: receivers, models, object stores."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Companion:
    """An HTTP server on a port of loopback, in a thread."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], port: int = 0):
        self.server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.server.companion = self
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Quiet(BaseHTTPRequestHandler):
    # One request a connection, so that a server that was closed is silent.
    protocol_version = "HTTP/1.0"

    def log_message(self, *_):
        pass

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status: int, value) -> None:
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


class Receiver(Companion):
    """Takes webhooks; `status` is what it answers, `received` what came."""

    def __init__(self, port: int = 0, status: int = 200):
        self.received: list[dict] = []
        self.headers: list[dict] = []
        self.status = status
        super().__init__(_ReceiverHandler, port)


class _ReceiverHandler(_Quiet):
    def do_POST(self):
        receiver = self.server.companion
        value = json.loads(self.body())
        if receiver.status < 300:
            receiver.received.append(value)
            receiver.headers.append(dict(self.headers))
        self.answer(receiver.status, {})


class Model(Companion):
    """An ML backend that finds a car in everything."""

    RESULT = [{"id": "m1", "from_name": "kind", "to_name": "image", "type": "choices",
               "value": {"choices": ["car"]}}]

    def __init__(self, port: int = 0):
        self.calls: list[tuple[str, dict | None]] = []
        super().__init__(_ModelHandler, port)

    def predict(self, body: dict) -> tuple[int, dict]:
        """Status and answer to `/predict`."""
        result = {"result": self.RESULT, "score": 0.5, "model_version": "cars-2"}
        return 200, {"results": [result for _ in body["tasks"]]}


class _ModelHandler(_Quiet):
    def do_GET(self):
        self.server.companion.calls.append((self.path, None))
        if self.path == "/health":
            return self.answer(200, {"status": "UP", "model_class": "Cars"})
        if self.path == "/versions":
            return self.answer(200, {"versions": ["cars-1", "cars-2"]})
        return self.answer(404, {})

    def do_POST(self):
        value = json.loads(self.body() or b"null")
        self.server.companion.calls.append((self.path, value))
        if self.path == "/setup":
            return self.answer(200, {"model_version": "cars-2"})
        if self.path == "/predict":
            return self.answer(*self.server.companion.predict(value))
        if self.path == "/webhook":
            return self.answer(201, {"result": {}, "status": "ok"})
        return self.answer(404, {})
