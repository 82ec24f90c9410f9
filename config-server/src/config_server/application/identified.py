"""Snapshots as keys of caches."""

from __future__ import annotations


class Identified:
    """Equal when the identities are: what was answered from one may be answered from the other."""

    identity: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identified) and other.identity == self.identity

    def __hash__(self) -> int:
        return hash(self.identity)
