"""Writes gathered over a turn of the loop leave together, and never in another order."""

from __future__ import annotations

import asyncio
from typing import Any

from ressort.server import WriteBatch


class Wire:
    """A transport that notes what is written to whom."""

    def __init__(self, name: str, log: list[tuple[str, bytes]]) -> None:
        self._name = name
        self._log = log
        self.closing = False

    def write(self, data: bytes) -> None:
        self._log.append((self._name, data))

    def is_closing(self) -> bool:
        return self.closing


def run(play: Any) -> list[tuple[str, bytes]]:
    log: list[tuple[str, bytes]] = []

    async def turns() -> None:
        batch = WriteBatch(asyncio.get_running_loop())
        play(batch, Wire("a", log), Wire("b", log), log)
        await asyncio.sleep(0)

    asyncio.run(turns())
    return log


def test_nothing_leaves_before_the_turn_ends() -> None:
    """All of it then, in the order added."""

    def play(batch: WriteBatch, a: Any, b: Any, log: list[Any]) -> None:
        for wire, data in ((a, b"1"), (b, b"2"), (a, b"3")):
            batch.add(wire, data)
        assert log == []

    assert run(play) == [("a", b"1"), ("b", b"2"), ("a", b"3")]


def test_a_flush_sends_at_once_and_once() -> None:
    """What is added behind it still leaves."""

    def play(batch: WriteBatch, a: Any, b: Any, log: list[Any]) -> None:
        batch.add(a, b"1")
        batch.flush()
        assert log == [("a", b"1")]
        batch.flush()
        batch.add(b, b"2")

    assert run(play) == [("a", b"1"), ("b", b"2")]


def test_a_closed_peer_costs_the_others_nothing() -> None:
    """It is passed over."""

    def play(batch: WriteBatch, a: Any, b: Any, log: list[Any]) -> None:
        batch.add(a, b"1")
        batch.add(b, b"2")
        a.closing = True

    assert run(play) == [("b", b"2")]
