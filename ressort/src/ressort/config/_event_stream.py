"""The wire of ``/watch``: a stream of server-sent events that says when to read the configuration again."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator

_SILENCE_S = 45.0
"""Three heartbeats of our server: a quieter line is dead."""
_EVENT_STREAM = "text/event-stream"
_LONGEST_LINE = 65_536


class NotAStreamError(Exception):
    """The answer is something else than a stream of events."""


class EventStream:
    """One connection; ``close`` from another thread ends the reading at once."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection
        self._socket: socket.socket | None = None
        self._closed = threading.Event()

    def open(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Ask. Raises NotAStreamError when the answer is something else, OSError when there is none."""
        self._connection.connect()
        self._socket = self._connection.sock
        self._connection.request("GET", path, headers={**headers, "Accept": _EVENT_STREAM})
        response = self._connection.getresponse()
        if response.status != 200 or not (response.headers.get("Content-Type") or "").startswith(
            _EVENT_STREAM
        ):
            raise NotAStreamError(f"{path} answered {response.status}, which is no stream of events")
        self._socket.settimeout(_SILENCE_S)
        return response

    def events(self, response: http.client.HTTPResponse) -> Iterator[None]:
        """One item per event, until the server ends the stream or it is closed. Raises OSError for a broken one."""
        is_event = False
        while not self._closed.is_set():
            line = response.readline(_LONGEST_LINE)
            if not line:
                return
            if line.startswith(b"event:"):
                is_event = True
            elif line in (b"\n", b"\r\n") and is_event:
                is_event = False
                yield

    def close(self) -> None:
        """End it, also while another thread waits for the next line. Harmless twice."""
        self._closed.set()
        sock = self._socket
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def dispose(self) -> None:
        """Give the socket back; only from the thread that reads, or after a fork."""
        self._connection.close()
