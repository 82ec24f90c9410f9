"""Settings of the batch room: `ressort.batch.*`."""

from __future__ import annotations

from dataclasses import dataclass

from ressort.config import duration, properties


@properties("ressort.batch")
@dataclass(frozen=True)
class BatchOptions:
    """How runs are watched.

    `heartbeat`: how often a running execution says it is alive. `dead-after`: silence after which another
    process may end it as FAILED (its own machine sees a dead process at once).
    """

    heartbeat_s: float = duration("5s")
    dead_after_s: float = duration("60s")
