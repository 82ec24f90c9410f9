"""Typing mistakes: a key nobody reads that is almost a key somebody reads (``server.prot``)."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from ressort.config.catalogue import WELL_KNOWN
from ressort.config.merged import MergedProperties
from ressort.config.names import parse_name
from ressort.config.sources import Origin

Uniform = tuple[str, ...]
_DECLARED: dict[str, str] = {}


def declare(key: str, description: str = "") -> None:
    """Tell the near-miss check that ``key`` exists; ``prefix.*`` for anything below a prefix."""
    _DECLARED[key] = description


def declared_keys() -> dict[str, str]:
    """Every declared key with its description, well-known Spring ones included."""
    return {**WELL_KNOWN, **_DECLARED}


class KnownKeys:
    """The keys one process has asked for so far."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._lock = threading.Lock()

    def add(self, *keys: str) -> None:
        """Remember keys somebody reads."""
        if not self._keys.issuperset(keys):
            with self._lock:
                self._keys.update(keys)

    def all(self) -> set[str]:
        """Asked for or declared."""
        with self._lock:
            return self._keys | declared_keys().keys()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An unknown key with the known one it resembles."""

    key: str
    origin: Origin | None
    nearest: str

    def __str__(self) -> str:
        place = f" ({self.origin})" if self.origin is not None else ""
        return f"unknown property {self.key}{place}: did you mean {self.nearest}?"


def near_misses(properties: MergedProperties, known: KnownKeys) -> list[NearMiss]:
    """Keys of files, config server and command line that nobody reads and that nearly spell a known key."""
    vocabulary = Vocabulary([*known.all(), *_packaged_keys(properties)])
    found = []
    for source in properties.sources:
        if source.environment_style or source.packaged or source.name == "configClient":
            continue
        for key, value in source.properties.items():
            nearest = vocabulary.nearest(key)
            if nearest is not None:
                found.append(NearMiss(key, value.origin, nearest))
    return found


def _packaged_keys(properties: MergedProperties) -> Iterable[str]:
    return [key for source in properties.sources if source.packaged for key in source.properties]


class Vocabulary:
    """Known keys, to be asked for the one that a wrong one nearly is; ``prefix.*`` stands for all below it."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._exact: dict[Uniform, str] = {}
        self._open: dict[Uniform, str] = {}
        for key in keys:
            plain = key.removesuffix(".*")
            target = self._open if plain != key else self._exact
            target.setdefault(_without_places(plain), plain)

    def nearest(self, key: str) -> str | None:
        """The known key that ``key`` nearly is; None when it is known or resembles none."""
        name = _without_places(key)
        if self._knows(name):
            return None
        best: tuple[int, str] | None = None
        for candidate, spelling in [*self._exact.items(), *self._open.items()]:
            head = name[: len(candidate)] if candidate in self._open else name
            mistakes = _mistakes(head, candidate)
            if mistakes is not None and (best is None or mistakes < best[0]):
                best = (mistakes, spelling)
        return best[1] if best is not None else None

    def _knows(self, name: Uniform) -> bool:
        return name in self._exact or any(name[:depth] in self._open for depth in range(1, len(name) + 1))


def _without_places(key: str) -> Uniform:
    name = parse_name(key)
    return tuple(text for place, text in enumerate(name.uniform) if place not in name.indexes)


def _mistakes(written: Uniform, known: Uniform) -> int | None:
    """How far two names of the same depth are apart when exactly one element differs, and only a little."""
    if len(written) != len(known):
        return None
    differing = [(a, b) for a, b in zip(written, known, strict=True) if a != b]
    if len(differing) != 1:
        return None
    wrong, right = differing[0]
    limit = 1 if len(right) <= 5 else 2
    if min(len(wrong), len(right)) < 3 or abs(len(wrong) - len(right)) > limit:
        return None
    apart = edit_distance(wrong, right)
    return apart if apart <= limit else None


def edit_distance(first: str, second: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that turn one text into the other."""
    rows = [list(range(len(second) + 1))]
    for i, a in enumerate(first, 1):
        row = [i]
        for j, b in enumerate(second, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
