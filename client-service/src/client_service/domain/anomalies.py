"""A rule that a client's record breaks, located in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One broken rule: a JSON pointer into the record, a kebab-case code and a French sentence."""

    pointer: str
    code: str
    detail: str
