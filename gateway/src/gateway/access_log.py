"""The access log: one line per exchange, gathered on the loop and written by a thread of its own.

A line is Apache's combined format without the referrer, then route, upstream, milliseconds and trace id::

    127.0.0.1 - - [21/Nov/2026:10:02:03 +0000] "GET /api/x HTTP/1.1" 200 512 "curl/8" factures 127.0.0.1:8082 4 4bf9...
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.proxy.heads import trace_id

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

_log = logging.getLogger("gateway.access")
_FLUSH_S = 0.5
_MOST_PENDING = 50_000


class AccessLog:
    """An observer that writes to ``path``, keeping ``backups`` files of ``max_bytes``. Start it after a fork."""

    def __init__(self, path: Path, max_bytes: int = 10_000_000, backups: int = 3) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._backups = backups
        self._pending: deque[str] = deque(maxlen=_MOST_PENDING)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._second = 0
        self._stamp = ""

    def start(self) -> None:
        """Open the file and start the writer."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            self._path, maxBytes=self._max_bytes, backupCount=self._backups, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(message)s"))
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, args=(handler,), name="access-log", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Write what is pending and close the file."""
        thread, self._thread = self._thread, None
        self._stopping.set()
        if thread is not None:
            thread.join(timeout_s)

    def finished(self, forward: Forward, seconds: float) -> None:
        exchange = forward.exchange
        agent = exchange.header(b"user-agent") or b"-"
        instance = forward.instance
        where = f"{instance.host}:{instance.port}" if instance is not None else "-"
        self._add(
            exchange.peer[0],
            _request_line(forward),
            exchange.status or 499,
            exchange.bytes_out,
            agent.decode("latin-1").replace('"', "'"),
            forward.route.id if forward.route is not None else "-",
            where,
            round(seconds * 1000),
            trace_id(forward.trace) if forward.trace is not None else "-",
        )

    def refused(self, peer: tuple[str, int], status: int, reason: str) -> None:
        """A request that never became an exchange."""
        self._add(peer[0], f"- ({reason})", status, 0, "-", "-", "-", 0, "-")

    def _add(self, peer: str, line: str, status: int, size: int, agent: str, *rest: object) -> None:
        now = int(time.time())
        if now != self._second:
            self._second = now
            self._stamp = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now))
        tail = " ".join(str(each) for each in rest)
        self._pending.append(f'{peer} - - [{self._stamp}] "{line}" {status} {size} "{agent}" {tail}')

    def _run(self, handler: RotatingFileHandler) -> None:
        while not self._stopping.wait(_FLUSH_S):
            self._write(handler)
        self._write(handler)
        handler.close()

    def _write(self, handler: RotatingFileHandler) -> None:
        lines: list[str] = []
        while self._pending:
            lines.append(self._pending.popleft())
        if lines:
            handler.emit(_log.makeRecord(_log.name, logging.INFO, "", 0, "\n".join(lines), (), None))


def _request_line(forward: Forward) -> str:
    exchange = forward.exchange
    query = b"?" + exchange.query if exchange.query is not None else b""
    version = "1.1" if exchange.http11 else "1.0"
    target = (exchange.path + query).decode("latin-1")
    return f"{exchange.method.decode('ascii')} {target} HTTP/{version}"
