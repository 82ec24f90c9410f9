"""The port below declared clients: one HTTP exchange with one address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request. `target` is path and query, already encoded; times in seconds."""

    method: str
    base_url: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None
    connect_timeout_s: float
    read_timeout_s: float


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete answer; header names are matched in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class TransportError(Exception):
    """No complete answer. `sent=False`: not one byte of the request can have been processed.

    `timeout` tells a silent peer from a broken connection; `kind` is the class name for meters.
    """

    def __init__(self, message: str, sent: bool, timeout: bool, kind: str) -> None:
        super().__init__(message)
        self.sent = sent
        self.timeout = timeout
        self.kind = kind


class Transport(Protocol):
    """Sends one exchange; any number of threads at once, and again after a fork."""

    def send(self, exchange: Exchange) -> Reply:
        """The complete answer, whatever its status. Raises TransportError."""

    def close(self) -> None:
        """Closes pooled connections; the next exchange opens new ones."""
