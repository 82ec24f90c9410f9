"""What the registry answers: values, never changed once given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from discovery.domain.lease import Record
from discovery.domain.self_preservation import ProtectionState
from ressort.discovery.wire import InstanceInfo


class Renewal(Enum):
    """How a heartbeat is answered."""

    ACCEPTED = 200
    UNKNOWN = 404
    """The client must register (again)."""
    OUTDATED = 409
    """A peer's beat about an older state than ours."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything registered at one moment: records by sorted application, the version and the hash."""

    version: int
    registry_hash: str
    applications: Mapping[str, tuple[Record, ...]]


@dataclass(frozen=True, slots=True)
class Delta:
    """The changes of the last minutes, with the version and the hash of the whole registry."""

    version: int
    stamp: tuple[int, int]
    registry_hash: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What survives a restart: instances, operators' overrides, and when (ms) that was."""

    at_ms: int
    instances: tuple[InstanceInfo, ...]
    overrides: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts for the page and the metrics."""

    instances: int
    renewals_last_minute: int
    renewals_expected_per_minute: float
    protection: ProtectionState
