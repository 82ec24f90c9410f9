"""When so many leases run out at once that the network is the likelier culprit, nobody is removed.

Eureka compares renewals per minute with a threshold that assumes a beat every 30 s from everyone and a
phantom client, and so raises its alarm on every small estate. Here the lost leases themselves are
counted, each by its own duration: protection begins when the lost part of a registry of at least
`minimum_instances` exceeds `1 - threshold`, and ends when the lost come back or are given up.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

WINDOW_S = 60.0


@dataclass(frozen=True, slots=True)
class ProtectionPolicy:
    """`eureka.server.enable-self-preservation`, `renewal-percent-threshold`, and our two bounds."""

    enabled: bool = True
    threshold: float = 0.85
    minimum_instances: int = 10
    give_up_after_s: float = 900.0


@dataclass(frozen=True, slots=True)
class ProtectionState:
    """What the protection sees and does now: for the page, the metrics and the log."""

    enabled: bool
    active: bool
    instances: int
    late: int
    recently_evicted: int
    threshold: float
    minimum_instances: int
    active_for_s: float


class SelfPreservation:
    """Decides whether expired leases may be evicted; told of evictions, asked with the present counts."""

    def __init__(self, policy: ProtectionPolicy) -> None:
        self._policy = policy
        self._evictions: deque[float] = deque()
        self._since: float | None = None

    @property
    def active(self) -> bool:
        """Whether evictions are being held back."""
        return self._since is not None

    def may_evict(self, total: int, late: int, now: float) -> bool:
        """Whether the `late` of `total` leases may be removed at lease time `now`."""
        self._forget_old(now)
        if not self._alarming(total, late):
            self._since = None
        elif self._since is None:
            self._since = now
        elif now - self._since >= self._policy.give_up_after_s:
            self._since = None
            return True
        return self._since is None

    def evicted(self, count: int, now: float) -> None:
        """Remember evictions: a fault that spreads over a minute counts as one."""
        self._evictions.extend([now] * count)

    def state(self, total: int, late: int, now: float) -> ProtectionState:
        """A description of the present."""
        self._forget_old(now)
        return ProtectionState(
            enabled=self._policy.enabled,
            active=self.active,
            instances=total,
            late=late,
            recently_evicted=len(self._evictions),
            threshold=self._policy.threshold,
            minimum_instances=self._policy.minimum_instances,
            active_for_s=0.0 if self._since is None else now - self._since,
        )

    def _alarming(self, total: int, late: int) -> bool:
        if not self._policy.enabled or not late:
            return False
        before = total + len(self._evictions)
        lost = late + len(self._evictions)
        return before >= self._policy.minimum_instances and (before - lost) < self._policy.threshold * before

    def _forget_old(self, now: float) -> None:
        while self._evictions and self._evictions[0] < now - WINDOW_S:
            self._evictions.popleft()
