"""A config server made of a dictionary, to see what the client sends and how it takes each answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class StubConfigServer:
    """Answers every path from ``answers``; ``status`` overrides; ``etag`` is honoured when set."""

    def __init__(self) -> None:
        self.answers: dict[str, Mapping[str, Any]] = {}
        self.status = 200
        self.etag: str | None = None
        self.raw: bytes | None = None
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.port = 0
        self._server: ThreadingHTTPServer | None = None

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, path: str, sources: Mapping[str, Mapping[str, Any]], version: str = "c0ffee") -> None:
        self.answers[path] = {
            "name": "x", "profiles": ["default"], "label": None, "version": version, "state": "",
            "propertySources": [{"name": name, "source": source} for name, source in sources.items()],
        }  # fmt: skip

    def start(self) -> None:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stub.requests.append((self.path, dict(self.headers.items())))
                answer = stub.answers.get(self.path)
                status = stub.status if answer is not None or stub.status != 200 else 404
                if status == 200 and stub.etag and self.headers.get("If-None-Match") == stub.etag:
                    status = 304
                body = (
                    stub.raw
                    or json.dumps(answer if status == 200 else {"status": status, "message": "no"}).encode()
                )
                self.send_response(status)
                if stub.etag:
                    self.send_header("ETag", stub.etag)
                self.send_header("Content-Length", str(0 if status == 304 else len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
