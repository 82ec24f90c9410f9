"""The estate that ``ressort.yml`` describes: which members, in which order they start, the demo to run once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ressort.errors import RessortError

DEFAULT_STOP_TIMEOUT_S = 9.0


class EstateError(RessortError):
    """The estate file cannot be used; the message names file, line, key and what to write instead."""


@dataclass(frozen=True)
class Member:
    """One process of the estate: ``python -m <module> [args]``, ready when it listens on ``port``.

    ``environment`` is added to what the launcher itself was given.
    """

    name: str
    module: str
    port: int
    stage: int = 1
    stop_stage: int = 1
    also_ports: tuple[int, ...] = ()
    args: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def ports(self) -> tuple[int, ...]:
        """Every TCP port the member listens on, its main one first."""
        return (self.port, *self.also_ports)


@dataclass(frozen=True)
class Address:
    """An address worth opening once the estate is up."""

    url: str
    label: str


@dataclass(frozen=True)
class Demo:
    """One request that fills an empty estate; posted only when every ``unless`` counter answers zero."""

    label: str
    unless: tuple[tuple[str, str], ...]
    post: str
    body: Mapping[str, Any]
    progress: Mapping[str, Any]


@dataclass(frozen=True)
class Estate:
    """The whole file, checked."""

    directory: Path
    state: Path
    members: tuple[Member, ...]
    preload: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    demo: Demo | None = None
    stop_timeout_s: float = field(default=DEFAULT_STOP_TIMEOUT_S)

    def member(self, name: str) -> Member:
        """The member called ``name``; EstateError with the nearest known name otherwise."""
        for member in self.members:
            if member.name == name:
                return member
        known = [member.name for member in self.members]
        near = get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known members: {', '.join(known)}"
        raise EstateError(f"no member {name!r} in this estate: {hint}")

    def stages(self, members: Sequence[Member]) -> list[list[Member]]:
        """``members`` grouped by start stage, ascending."""
        return [[m for m in members if m.stage == stage] for stage in sorted({m.stage for m in members})]
