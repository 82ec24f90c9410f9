"""WSGI behind the core (PEP 3333): bodies are collected, the application runs in a thread pool.

For pages and cold calls; what is hot answers on the loop. Bodies above 1 MiB wait in a temporary file.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from ressort.server.exchange import Exchange, Header

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_log = logging.getLogger("ressort.server")
_IN_MEMORY_BYTES = 1 << 20
_NOT_OURS = frozenset((b"connection", b"transfer-encoding", b"keep-alive"))
_WRITE_WAIT_S = 60.0


class ClientGoneError(OSError):
    """The client closed before the application had finished answering."""


class WsgiBridge:
    """Runs a WSGI application for exchanges of one listener."""

    def __init__(
        self,
        application: WSGIApplication,
        loop: asyncio.AbstractEventLoop,
        threads: int,
        address: tuple[str, int],
        name: str,
    ) -> None:
        self._application = application
        self._loop = loop
        self._address = address
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"{name}-exec")

    def serve(self, exchange: Exchange) -> None:
        """Collect the body, then run the application in a thread."""
        exchange.send_continue()
        exchange.attach(_Call(self, exchange))

    def submit(self, call: _Call) -> None:
        self._pool.submit(self._run, call)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self, call: _Call) -> None:
        try:
            self._answer(call)
        except ClientGoneError:
            _log.debug("The client of %s left before the answer", call.exchange.path.decode("latin-1"))
        except Exception:  # noqa: BLE001 - the boundary between any application and the loop
            _log.exception("The application failed outside its own error handling")
            self._loop.call_soon_threadsafe(call.fail)
        finally:
            call.body.close()

    def _answer(self, call: _Call) -> None:
        result = self._application(_environ(call.exchange, call.body, self._address), call.start_response)
        try:
            call.send_all(result)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()

    def run_on_loop(self, action: Callable[..., None], *arguments: object) -> None:
        self._loop.call_soon_threadsafe(action, *arguments)


class _Call:
    """One request on its way through the application; ``Sink`` on the loop, writer in the thread."""

    def __init__(self, bridge: WsgiBridge, exchange: Exchange) -> None:
        self.exchange = exchange
        self.body: IO[bytes] = io.BytesIO()
        self._bridge = bridge
        self._in_memory = True
        self._status = 0
        self._lines = b""
        self._length: int | None = None
        self._sent = False
        self._gone = False
        self._writable = threading.Event()
        self._writable.set()

    # -- on the loop ----------------------------------------

    def on_body(self, data: bytes) -> None:
        if self._in_memory and self.body.tell() + len(data) > _IN_MEMORY_BYTES:
            spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the bridge when the call ends
            spool.write(self.body.getvalue())  # type: ignore[attr-defined]
            self.body = spool
            self._in_memory = False
        self.body.write(data)

    def on_body_end(self) -> None:
        self.body.seek(0)
        self._bridge.submit(self)

    def on_lost(self) -> None:
        self._gone = True
        self._writable.set()

    def pause(self) -> None:
        self._writable.clear()

    def resume(self) -> None:
        self._writable.set()

    def fail(self) -> None:
        if self.exchange.started:
            self.exchange.abort()
        else:
            self.exchange.respond(500)

    def _whole(self, status: int, lines: bytes, length: int | None, body: bytes) -> None:
        self.exchange.start(status, (lines,), len(body) if length is None else length)
        self.exchange.write(body)
        self.exchange.end()

    def _begin(self, status: int, lines: bytes, length: int | None, first: bytes) -> None:
        self.exchange.start(status, (lines,), length)
        self.exchange.write(first)
        self.exchange.flush()

    # -- in the thread --------------------------------------

    def start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        """PEP 3333's ``start_response``; raises when called twice without ``exc_info``."""
        if exc_info is not None:
            try:
                if self._sent:
                    raise exc_info[1].with_traceback(exc_info[2])
            finally:
                exc_info = None
        elif self._status:
            raise AssertionError("start_response called twice without exc_info")
        self._status = int(status[:3])
        self._lines, self._length = _head_lines(headers)
        return self._write

    def send_all(self, result: Iterable[bytes]) -> None:
        pieces = iter(result)
        first = next((piece for piece in pieces if piece), b"")
        if not self._status:
            raise AssertionError("the application returned without calling start_response")
        known = getattr(result, "__len__", None)
        if not self._sent and known is not None and len(result) <= 1:  # type: ignore[arg-type]
            self._bridge.run_on_loop(self._whole, self._status, self._lines, self._length, first)
            return
        if first or not self._sent:
            self._write(first)
        for piece in pieces:
            self._write(piece)
        self._bridge.run_on_loop(self.exchange.end)

    def _write(self, data: bytes) -> None:
        if not self._writable.wait(_WRITE_WAIT_S) or self._gone:
            raise ClientGoneError("the client does not take the answer")
        if not self._sent:
            self._sent = True
            self._bridge.run_on_loop(self._begin, self._status, self._lines, self._length, data)
        elif data:
            self._bridge.run_on_loop(self.exchange.write, data)


def _head_lines(headers: list[tuple[str, str]]) -> tuple[bytes, int | None]:
    """Header lines as bytes without framing, and the announced length; raises on control characters."""
    length: int | None = None
    lines: list[bytes] = []
    for name, value in headers:
        raw: Header = (name.encode("latin-1"), value.encode("latin-1"))
        if b"\r" in raw[1] or b"\n" in raw[1] or b"\0" in raw[1]:
            raise ValueError(f"control character in response header {name}")
        lower = raw[0].lower()
        if lower == b"content-length":
            length = int(value)
        elif lower not in _NOT_OURS:
            lines.append(b"%b: %b\r\n" % raw)
    return b"".join(lines), length


def _environ(exchange: Exchange, body: IO[bytes], address: tuple[str, int]) -> dict[str, Any]:
    query = (exchange.query or b"").decode("latin-1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": exchange.method.decode("ascii"),
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(exchange.path).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": exchange.path.decode("latin-1") + (f"?{query}" if exchange.query is not None else ""),
        "SERVER_NAME": address[0],
        "SERVER_PORT": str(address[1]),
        "SERVER_PROTOCOL": "HTTP/1.1" if exchange.http11 else "HTTP/1.0",
        "REMOTE_ADDR": exchange.peer[0],
        "REMOTE_PORT": str(exchange.peer[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    _add_headers(environ, exchange)
    return environ


def _add_headers(environ: dict[str, Any], exchange: Exchange) -> None:
    """Fold the headers in; a name with an underscore is dropped, ``X_Y`` would pass for ``X-Y``."""
    for raw_name, raw_value in exchange.headers:
        if b"_" in raw_name:
            continue
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        value = raw_value.strip(b" \t").decode("latin-1")
        if name == "TRANSFER_ENCODING":
            continue
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        if key in environ:
            value = environ[key] + ("; " if name == "COOKIE" else ",") + value
        environ[key] = value
    if exchange.body_length < 0:
        environ["CONTENT_LENGTH"] = str(exchange.received)
    if exchange.host is not None:
        environ["HTTP_HOST"] = exchange.host.decode("latin-1")
