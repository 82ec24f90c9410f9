"""Server-sent events: the states of something that changes, sent to whoever watches it.

    streams = EventStreams()

    @api.get("/jobs/{id}/events", response=JobView, produces=(EVENT_STREAM,))
    def events(id: str) -> flask.Response:
        return streams.answer(lambda: job_event(id))

    lifecycle.add("event streams", Phase.CONSUMERS, None, streams.close)

A state is read again and again, and sent when its id differs from the one sent last; so a reader that comes back with
`Last-Event-ID` gets the present state unless it has it, and none is lost that still counts. Each stream keeps a
thread of a WSGI server busy: only a few are open at once, whoever comes then is told to poll.

Format: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import flask

from . import api_json
from .problem import Problem

log = logging.getLogger(__name__)

EVENT_STREAM = "text/event-stream"
LAST_EVENT_ID = "Last-Event-ID"
_BUSY_RETRY_S = 15
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Event:
    """A state: its JSON value, an id that differs when it does, the event's name; `last` when it changes no more."""

    data: Any
    id: str
    name: str
    last: bool = False

    def encoded(self) -> bytes:
        """As it stands in the stream."""
        data = b"".join(b"data: %b\n" % line for line in api_json.write(self.data).splitlines())
        return f"id: {self.id}\nevent: {self.name}\n".encode() + data + b"\n"


Read = Callable[[], Event]
"""Gives the present state; called outside any request, from the thread that sends."""


class EventStreams:
    """At most `limit` streams of one process; each reads its state every `pause_s` and comments after `comment_s`."""

    def __init__(self, limit: int = 4, *, pause_s: float = 0.5, comment_s: float = 15.0) -> None:
        self._limit = limit
        self.pause_s = pause_s
        self.comment_s = comment_s
        self.closing = threading.Event()
        self._open: set[_Stream] = set()
        self._changed = threading.Condition()

    def answer(self, read: Read) -> flask.Response:
        """The stream of a state, or 204, which ends a reader's coming back, when it has the last one already.

        Raises what the first `read` raises, and 503 `trop-de-flux` when too many are open or the process stops.
        """
        first, known = read(), flask.request.headers.get(LAST_EVENT_ID)
        if first.last and first.id == known:
            return flask.Response(status=204)
        if flask.request.method == "HEAD":
            return _response(())
        stream = _Stream(self, read, first, known)
        with self._changed:
            if len(self._open) >= self._limit or self.closing.is_set():
                raise Problem(503, "trop-de-flux", headers={"Retry-After": str(_BUSY_RETRY_S)})
            self._open.add(stream)
        return _response(stream)

    def close(self, timeout_s: float) -> None:
        """End every stream after what it is sending; their readers come back, or poll. No other one is opened."""
        self.closing.set()
        with self._changed:
            self._changed.wait_for(lambda: not self._open, timeout_s)

    def left(self, stream: _Stream) -> None:
        """A stream has ended."""
        with self._changed:
            self._open.discard(stream)
            self._changed.notify_all()


def _response(parts: Iterable[bytes]) -> flask.Response:
    return flask.Response(parts, 200, _HEADERS, content_type=f"{EVENT_STREAM}; charset=utf-8")


class _Stream:
    """One answer; the server closes it, also when nothing of it was ever sent."""

    def __init__(self, streams: EventStreams, read: Read, first: Event, known: str | None) -> None:
        self._streams = streams
        self._parts = self._run(read, first, known)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        """Called by the server when the answer is complete or cut."""
        self._parts.close()
        self._streams.left(self)

    def _run(self, read: Read, event: Event, known: str | None) -> Generator[bytes, None, None]:
        streams = self._streams
        yield b"retry: 2000\n\n"
        spoken = time.monotonic()
        while True:
            if event.id != known:
                yield event.encoded()
                known, spoken = event.id, time.monotonic()
            elif time.monotonic() - spoken >= streams.comment_s:
                yield b":\n\n"
                spoken = time.monotonic()
            if event.last or streams.closing.wait(streams.pause_s):
                return
            try:
                event = read()
            except Exception:
                log.warning("a stream of events ends early", exc_info=True)
                return
