"""Server-sent events: states sent when they change, a bounded number of streams, an end when the process stops."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from typing import Any

import flask
import pytest

from ressort.flask import create_flask
from ressort.flask.api import Api
from ressort.flask.events import EVENT_STREAM, Event, EventStreams
from ressort.flask.problem import Problem
from ressort.server.engine import create_engine
from ressort.server.options import ServerOptions


class Job:
    """Something that changes: its count is its id, and it ends when told."""

    def __init__(self) -> None:
        self.count = 0
        self.ended = False
        self.fails = False

    def event(self) -> Event:
        if self.fails:
            raise OSError("the database is out")
        name = "end" if self.ended else "progress"
        return Event({"count": self.count}, f"{self.count}{name[0]}", name, last=self.ended)


class Bench:
    """A job watched through an application."""

    def __init__(self, **options: Any) -> None:
        self.job = Job()
        self.streams = EventStreams(**{"pause_s": 0.01, **options})
        api = Api("Jobs")

        @api.get("/jobs/{id}/events", produces=(EVENT_STREAM,))
        def events(id: str) -> flask.Response:
            """The job's states."""
            if id != "1":
                raise Problem(404, "job-missing")
            return self.streams.answer(self.job.event)

        self.app = create_flask(__name__)
        api.register(self.app)

    def get(self, id: str = "1", known: str | None = None, **options: Any) -> Any:
        headers = {} if known is None else {"Last-Event-ID": known}
        return self.app.test_client().get(f"/jobs/{id}/events", headers=headers, **options)


@pytest.fixture
def bench() -> Bench:
    """A job at its beginning."""
    return Bench()


PROGRESS = b'id: 0p\nevent: progress\ndata: {"count":0}\n\n'
END = b'id: 2e\nevent: end\ndata: {"count":2}\n\n'


def test_states_are_sent_as_they_change_up_to_the_last(bench: Bench) -> None:
    """The present one at once, each new one once, then the end of the answer."""
    answer = bench.get(buffered=False)
    parts = answer.iter_encoded()
    assert (answer.status_code, answer.content_type) == (200, "text/event-stream; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    assert (next(parts), next(parts)) == (b"retry: 2000\n\n", PROGRESS)
    bench.job.count, bench.job.ended = 2, True
    assert list(parts) == [END]


def test_a_reader_that_comes_back_gets_what_it_has_not(bench: Bench) -> None:
    """The state it knows is not sent again; the last one known ends its coming back."""
    parts = bench.get(known="0p", buffered=False).iter_encoded()
    next(parts)
    bench.job.count, bench.job.ended = 2, True
    assert list(parts) == [END]
    assert bench.get(known="0p").data == b"retry: 2000\n\n" + END
    again = bench.get(known="2e")
    assert (again.status_code, again.data) == (204, b"")


def test_silence_is_broken_by_a_comment() -> None:
    """So that nobody in between takes the connection for dead."""
    bench = Bench(comment_s=0.05)
    parts = bench.get(buffered=False).iter_encoded()
    assert [next(parts) for _ in range(4)] == [b"retry: 2000\n\n", PROGRESS, b":\n\n", b":\n\n"]


def test_only_a_few_streams_are_open(bench: Bench) -> None:
    """Beyond them 503 says when to try again; one that ends, or is left, makes room, also one never begun."""
    open_ones = [bench.get(buffered=False) for _ in range(4)]
    refused = bench.get()
    assert (refused.status_code, refused.json["code"], refused.headers["Retry-After"]) == (
        503,
        "trop-de-flux",
        "15",
    )
    open_ones[0].close()
    begun = bench.get(buffered=False)
    next(begun.iter_encoded())
    begun.close()
    bench.job.ended = True
    assert bench.get().status_code == 200


def test_a_head_request_holds_no_stream(bench: Bench) -> None:
    """It is answered and done."""
    for _ in range(5):
        assert bench.app.test_client().head("/jobs/1/events").status_code == 200


def test_what_the_first_look_raises_is_the_answer(bench: Bench) -> None:
    """A job that does not exist; a state that cannot be read."""
    assert bench.get("2").json["code"] == "job-missing"
    bench.job.fails = True
    assert bench.get().status_code == 500


def test_a_later_failure_ends_the_stream(bench: Bench) -> None:
    """The reader comes back and learns more."""
    parts = bench.get(buffered=False).iter_encoded()
    next(parts)
    next(parts)
    bench.job.fails = True
    assert list(parts) == []


class Reader:
    """One stream read over a socket."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self._connection.request("GET", "/jobs/1/events", headers={"Accept": EVENT_STREAM})
        self.answer = self._connection.getresponse()

    def line(self) -> bytes:
        return self.answer.readline()

    def until(self, wanted: bytes) -> None:
        while self.line() != wanted:
            pass

    def close(self) -> None:
        self._connection.close()
        self.answer.close()


@pytest.fixture
def served(bench: Bench) -> Iterator[tuple[Bench, int]]:
    """Through waitress."""
    engine = create_engine("waitress", bench.app, ServerOptions(port=0, threads=6))
    yield bench, engine.start()
    bench.streams.close(5.0)
    engine.drain(5.0)


def test_events_leave_at_once_through_waitress(served: tuple[Bench, int]) -> None:
    """Each one arrives while the answer goes on; other requests are served beside."""
    bench, port = served
    reader = Reader(port)
    reader.until(b'data: {"count":0}\n')
    bench.job.count = 1
    reader.until(b'data: {"count":1}\n')
    other = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    other.request("GET", "/jobs/2/events")
    assert other.getresponse().status == 404
    bench.job.count, bench.job.ended = 2, True
    reader.until(b'data: {"count":2}\n')
    assert (reader.line(), reader.line()) == (b"\n", b"")
    other.close()


def test_a_reader_that_left_makes_room(served: tuple[Bench, int]) -> None:
    """Found out when the next words cannot be delivered."""
    bench, port = served
    bench.streams.comment_s = 0.02
    for _ in range(4):
        reader = Reader(port)
        reader.until(b'data: {"count":0}\n')
        reader.close()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        reader = Reader(port)
        if reader.answer.status == 200:
            break
        reader.close()
        time.sleep(0.05)
    assert reader.answer.status == 200
    reader.close()


def test_the_drain_does_not_wait_for_readers() -> None:
    """Once told to, streams end and let the drain end; none is opened any more."""
    bench = Bench()
    engine = create_engine("waitress", bench.app, ServerOptions(port=0, threads=4))
    reader = Reader(engine.start())
    reader.until(b'data: {"count":0}\n')
    complete: list[bool] = []
    drain = threading.Thread(target=lambda: complete.append(engine.drain(20.0)))
    drain.start()
    bench.streams.close(5.0)
    assert (reader.line(), reader.line()) == (b"\n", b"")
    drain.join(10)
    assert complete == [True]
    assert bench.get().status_code == 503
