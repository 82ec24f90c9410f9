"""The two ways a client waits: one answer (long poll), or a stream of server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from config_server.adapters.http import STATUS
from config_server.adapters.watch_request import WatchRequest
from config_server.application.change_feed import Seen
from config_server.domain.errors import ConfigServerError
from ressort.server import Exchange

JSON = (b"Content-Type", b"application/json")
_FRESH = (b"Cache-Control", b"no-store")


def refusal(status: HTTPStatus, message: str) -> bytes:
    """The body of an answer that refuses: status, its phrase, the reason."""
    return json.dumps({"status": status.value, "error": status.phrase, "message": message}).encode()


class LoopWatcher:
    """A watcher whose client is on the event loop; the feed's calls are handed over to it."""

    def __init__(self, exchange: Exchange, asked: WatchRequest, leave: Callable[[LoopWatcher], None]) -> None:
        self._exchange = exchange
        self._asked = asked
        self._leave = leave
        self._loop = asyncio.get_running_loop()
        self._known = asked.since
        self._last: Seen | None = None
        self._timer: asyncio.TimerHandle | None = None
        if asked.timeout_s is not None:
            self._timer = self._loop.call_later(asked.timeout_s, self._finish)

    def offer(self, seen: Seen) -> None:
        """See Watcher. Only what differs from the last offer costs the loop anything."""
        if seen is not self._last:
            self._last = seen
            self._soon(self._offered, seen)

    def beat(self) -> None:
        """See Watcher."""
        self._soon(self._beat)

    def refuse(self, error: ConfigServerError) -> None:
        """See Watcher."""
        self._soon(self._refused, error)

    def end(self) -> None:
        """See Watcher."""
        self._soon(self._finish)

    def turn_away(self) -> None:
        """There is no room for one more. On the loop."""
        self._answer(503, b"", [(b"Retry-After", b"5")])

    # -- told by the exchange, on the loop --------------------

    def on_body(self, data: bytes) -> None:
        """A GET's body means nothing."""

    def on_body_end(self) -> None:
        """Neither does its end."""

    def on_lost(self) -> None:
        """The client went away."""
        self._gone()

    def pause(self) -> None:
        """The client does not read: cut it, it comes again with what it knows."""
        self._exchange.abort()
        self._gone()

    def resume(self) -> None:
        """Never after a pause."""

    # -- on the loop ------------------------------------------

    def _soon(self, call: Callable[..., None], *arguments: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(call, *arguments)
        except RuntimeError:
            self._gone()

    def _offered(self, seen: Seen) -> None:
        if self._known.isdisjoint(seen.tags):
            self._known = frozenset((seen.state,))
            self._changed(seen)
        else:
            self._known |= {seen.state}

    def _refused(self, error: ConfigServerError) -> None:
        status = STATUS[type(error)]
        self._answer(status.value, refusal(status, str(error)), [JSON])

    def _answer(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        if not self._exchange.started and not self._exchange.lost:
            self._exchange.respond(status, [*headers, _FRESH], body)
        self._gone()

    def _gone(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._leave(self)
        self._exchange.release()

    def _changed(self, seen: Seen) -> None:
        raise NotImplementedError

    def _beat(self) -> None:
        raise NotImplementedError

    def _finish(self) -> None:
        raise NotImplementedError


class LongPoll(LoopWatcher):
    """200 with what is in force when it differs from what the client has, 304 when the time is over."""

    def _changed(self, seen: Seen) -> None:
        self._answer(200, _told(seen), [JSON, (b"ETag", f'"{seen.state}"'.encode())])

    def _beat(self) -> None:
        """Nothing can be said before the answer."""

    def _finish(self) -> None:
        known = next(iter(self._asked.since), "")
        self._answer(304, b"", [(b"ETag", f'"{known}"'.encode("latin-1"))] if known else [])


class EventStream(LoopWatcher):
    """``event: change`` with an ``id`` to come again with, comments as heartbeats."""

    def open(self) -> None:
        """Send the head, so that the client knows it is connected."""
        self._exchange.start(
            200,
            [b"Content-Type: text/event-stream;charset=UTF-8\r\n", b"Cache-Control: no-store\r\n"],
            None,
        )
        self._exchange.write(b"retry: 1000\n\n")

    def _refused(self, error: ConfigServerError) -> None:
        if self._exchange.started:
            self._finish()
        else:
            super()._refused(error)

    def _offered(self, seen: Seen) -> None:
        if not self._exchange.started:
            self.open()
        super()._offered(seen)

    def _changed(self, seen: Seen) -> None:
        if not self._exchange.lost:
            self._exchange.write(b"id: %b\nevent: change\ndata: %b\n\n" % (seen.state.encode(), _told(seen)))

    def _beat(self) -> None:
        if self._exchange.started and not self._exchange.lost:
            self._exchange.write(b": still here\n\n")

    def _finish(self) -> None:
        if not self._exchange.started:
            self._answer(503, b"", [(b"Retry-After", b"1")])
            return
        if not self._exchange.finished:
            self._exchange.end()
        self._gone()


def _told(seen: Seen) -> bytes:
    content = {"etag": f'"{seen.state}"', "version": seen.version, "state": seen.state}
    return json.dumps(content, separators=(",", ":")).encode()
