"""A transport that calls WSGI applications in the same thread: for tests of several services at once."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from .transport import Exchange, Reply, TransportError

WsgiApp = Callable[..., Iterable[bytes]]


class Headers(dict[str, str]):
    """Header names in any case."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__((name.lower(), value) for name, value in pairs)

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or the default."""
        return super().get(name.lower(), default)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())


class InProcessTransport:
    """Answers from applications by `host:port`; a missing one refuses connections."""

    def __init__(self, applications: Mapping[str, WsgiApp]) -> None:
        self.applications = dict(applications)

    def send(self, exchange: Exchange) -> Reply:
        """See `Transport`."""
        address = urlsplit(exchange.base_url).netloc
        app = self.applications.get(address)
        if app is None:
            raise TransportError(f"connection to {address} refused", False, False, "NewConnectionError")
        started: list[Any] = []
        chunks = app(_environ(exchange, address), lambda *given: started.append(given))
        body = b"".join(chunks)
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
        status, headers = started[-1][:2]
        return Reply(int(status.split()[0]), Headers(headers), body)

    def close(self) -> None:
        """See `Transport`."""


def _environ(exchange: Exchange, address: str) -> dict[str, Any]:
    parts = urlsplit(exchange.base_url + exchange.target)
    host, _, port = address.partition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": exchange.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": host,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": address,
        "CONTENT_LENGTH": str(len(exchange.body or b"")),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(exchange.body or b""),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in exchange.headers.items():
        key = name.upper().replace("-", "_")
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ
