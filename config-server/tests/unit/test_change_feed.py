"""Who hears of what, and when nobody needs to look."""

from __future__ import annotations

import queue

import pytest

from config_server.adapters.answering import Answering
from config_server.adapters.memory import MemoryRepository
from config_server.adapters.watching import look_of
from config_server.application.change_feed import ChangeFeed, Seen
from config_server.application.file_backend import FileBackend, FileSnapshot
from config_server.application.find_environment import FindEnvironment
from config_server.domain.errors import ConfigServerError, LabelNotFoundError
from config_server.domain.question import Question

QUESTION = Question("app", "default")


class Heard:
    """A watcher that notes what it is told."""

    def __init__(self) -> None:
        self.told: queue.Queue[object] = queue.Queue()

    def offer(self, seen: Seen) -> None:
        self.told.put(seen.state)

    def beat(self) -> None:
        self.told.put("beat")

    def refuse(self, error: ConfigServerError) -> None:
        self.told.put(type(error))

    def end(self) -> None:
        self.told.put("end")


def seen(state: str) -> Seen:
    return Seen(state, state, None, frozenset({state}))


def test_a_wake_is_heard_at_once_and_the_end_by_all() -> None:
    """Nobody looks before the first watcher, and nobody is taken after the end or above the limit."""
    states = iter(["a", "b"])
    feed = ChangeFeed(
        lambda question, before: seen(next(states)), interval_s=3_600, heartbeat_s=3_600, limit=1
    )
    watcher = Heard()
    assert not feed.add(QUESTION, watcher)
    feed.start()
    assert feed.add(QUESTION, watcher)
    assert not feed.add(QUESTION, Heard())
    assert watcher.told.get(timeout=20) == "a"
    feed.wake()
    assert watcher.told.get(timeout=20) == "b"
    feed.stop()
    assert watcher.told.get(timeout=20) == "end"
    assert (feed.count, feed.add(QUESTION, watcher)) == (0, False)


def test_a_label_that_is_not_there_is_refused_and_one_that_went_is_waited_for() -> None:
    """Only the first look refuses."""
    answers: list[Seen | None] = [None, seen("a"), None, seen("b")]

    def look(question: Question, before: Seen | None) -> Seen:
        found = answers.pop(0)
        if found is None:
            raise LabelNotFoundError("main", "memory:")
        return found

    feed = ChangeFeed(look, interval_s=0.01, heartbeat_s=3_600)
    feed.start()
    watcher = Heard()
    feed.add(QUESTION, watcher)
    found = [watcher.told.get(timeout=20) for _ in range(3)]
    feed.stop()
    assert found == [LabelNotFoundError, "a", "b"]


class Remote(FileBackend):
    """A backend whose snapshots cost a fetch."""

    def snapshot(self, question: Question) -> FileSnapshot:
        raise AssertionError("nobody may fetch")

    def glance(self, question: Question) -> FileSnapshot:
        return super().snapshot(question)


@pytest.mark.parametrize("fill_state", [True, False])
def test_looking_causes_no_fetch_and_makes_each_answer_once(fill_state: bool) -> None:
    """The same object again while the identity is the same."""
    find = FindEnvironment(Remote(MemoryRepository({"app.yml": "a: 1\n"})), fill_state=fill_state)
    look = look_of(find, Answering(find))
    first = look(QUESTION, None)
    assert len(first.tags) == 3
    assert look(QUESTION, first) is first
