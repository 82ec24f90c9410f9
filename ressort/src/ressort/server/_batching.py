"""Writes of one turn of the loop, made together at its end.

A write to a peer that sleeps costs several times one to a peer that is awake: the kernel has to interrupt another core
for it. A proxy that reads and writes in turns pays that for every message. Written in one go, a turn's messages wake
each peer once.
"""

from __future__ import annotations

import asyncio


class WriteBatch:
    """Belongs to the loop's thread. What is added leaves after the events of this turn, in the order added."""

    __slots__ = ("_call_soon", "pending")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._call_soon = loop.call_soon
        self.pending: list[tuple[asyncio.Transport, bytes]] = []

    def add(self, transport: asyncio.Transport, data: bytes) -> None:
        """Write ``data`` at the end of the turn; nothing else may be written there before ``flush``."""
        if not self.pending:
            self._call_soon(self.flush)
        self.pending.append((transport, data))

    def flush(self) -> None:
        """Write now what was added; harmless when nothing was."""
        pending, self.pending = self.pending, []
        for transport, data in pending:
            if not transport.is_closing():
                transport.write(data)
