"""Settings of the scheduler: `ressort.scheduling.*`."""

from __future__ import annotations

from dataclasses import dataclass

from ressort.config import duration, properties


@properties("ressort.scheduling")
@dataclass(frozen=True)
class SchedulingOptions:
    """How scheduled tasks are fired.

    `misfire-grace`: how late a task may still start (a stalled or suspended machine); later it counts as
    missed. `lock-at-most`: longest time one firing is kept from other instances if its process dies.
    `lock-at-least`: shortest time, above the difference between the machines' clocks. `pool-size`: threads.
    """

    enabled: bool = True
    pool_size: int = 4
    misfire_grace_s: float = duration("4h")
    lock_at_most_s: float = duration("30m")
    lock_at_least_s: float = duration("5s")
