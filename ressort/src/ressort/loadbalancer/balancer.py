"""Round robin with zone preference and a memory of failures; no lock on the way of a choice.

A failing instance is left out for a while (1 s, doubling to 30 s), then one caller probes it: its
report decides. When every instance is failing the one due first is chosen, since a probable failure
is better than a certain one.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from ressort.discovery import DiscoveryClient, ServiceInstance
from ressort.loadbalancer.errors import NoInstanceError

REFRESH_EVERY_S = 0.5
FIRST_PENALTY_S = 1.0
LONGEST_PENALTY_S = 30.0
Key = tuple[str, str, int]


@dataclass(slots=True)
class _Penalty:
    failures: int
    until: float


@dataclass(frozen=True, slots=True)
class _Rotation:
    """The instances of one service, best zone first, and the turn to take."""

    preferred: Sequence[ServiceInstance]
    others: Sequence[ServiceInstance]
    turn: Iterator[int]


class LoadBalancer:
    """Chooses instances for callers in any thread; `zone` is the caller's own, None for no preference."""

    def __init__(
        self,
        discovery: DiscoveryClient,
        zone: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._discovery = discovery
        self._zone = zone
        self._monotonic = monotonic
        self._rotations: dict[str, _Rotation] = {}
        self._generation = 0
        self._penalties: dict[Key, _Penalty] = {}
        self._refreshed_at = -REFRESH_EVERY_S
        discovery.on_change(self._forget)

    def choose(self, service_id: str, exclude: Collection[str] = ()) -> ServiceInstance:
        """The next instance of a service, none of whose instance id is in `exclude`.

        Raises NoInstanceError when nothing is left.
        """
        rotation = self._rotations.get(service_id) or self._rotation(service_id)
        if len(rotation.preferred) == 1 and not exclude and not self._penalties:
            return rotation.preferred[0]
        turn = next(rotation.turn)
        for candidates in (rotation.preferred, rotation.others):
            chosen = self._healthy(candidates, turn, exclude)
            if chosen is not None:
                return chosen
        return self._least_bad(service_id, [*rotation.preferred, *rotation.others], exclude)

    def refresh(self) -> None:
        """Ask the registry again, twice a second at most: for a caller who found nobody."""
        now = self._monotonic()
        if now - self._refreshed_at >= REFRESH_EVERY_S:
            self._refreshed_at = now
            self._discovery.refresh()

    def report(self, instance: ServiceInstance, ok: bool) -> None:
        """Tell how a call went: `ok=False` only when the instance could not be reached or did not answer."""
        key = _key(instance)
        if ok:
            if self._penalties:
                self._penalties.pop(key, None)
            return
        known = self._penalties.get(key)
        failures = known.failures + 1 if known else 1
        pause = min(FIRST_PENALTY_S * 2.0 ** min(failures - 1, 10), LONGEST_PENALTY_S)
        self._penalties[key] = _Penalty(failures, self._monotonic() + pause)

    def failing(self) -> list[str]:
        """Instance ids now left out, sorted: for health details and metrics."""
        now = self._monotonic()
        return sorted(key[1] for key, penalty in list(self._penalties.items()) if penalty.until > now)

    def _healthy(
        self, candidates: Sequence[ServiceInstance], turn: int, exclude: Collection[str]
    ) -> ServiceInstance | None:
        size = len(candidates)
        for step in range(size):
            instance = candidates[(turn + step) % size]
            if instance.instance_id in exclude:
                continue
            if not self._penalties or self._may_be_tried(instance):
                return instance
        return None

    def _may_be_tried(self, instance: ServiceInstance) -> bool:
        penalty = self._penalties.get(_key(instance))
        if penalty is None:
            return True
        now = self._monotonic()
        if penalty.until > now:
            return False
        penalty.until = now + FIRST_PENALTY_S  # this caller probes; the others wait for its report
        return True

    def _least_bad(
        self, service_id: str, candidates: Sequence[ServiceInstance], exclude: Collection[str]
    ) -> ServiceInstance:
        left = [instance for instance in candidates if instance.instance_id not in exclude]
        if not left:
            raise NoInstanceError(service_id, len(candidates))
        return min(left, key=self._due)

    def _due(self, instance: ServiceInstance) -> float:
        penalty = self._penalties.get(_key(instance))
        return penalty.until if penalty else 0.0

    def _rotation(self, service_id: str) -> _Rotation:
        generation = self._generation
        instances = self._discovery.instances(service_id)
        near = [i for i in instances if i.zone == self._zone]
        far = [i for i in instances if i.zone != self._zone]
        first = random.randrange(len(instances) or 1)
        rotation = _Rotation(tuple(near or far), tuple(far if near else ()), itertools.count(first))
        if generation == self._generation and instances:
            self._rotations[service_id] = rotation
        return rotation

    def _forget(self, changed: Collection[str]) -> None:
        self._generation += 1
        self._rotations = {}
        known = {_key(i) for name in self._discovery.services() for i in self._discovery.instances(name)}
        for key in list(self._penalties):
            if key not in known:
                self._penalties.pop(key, None)


def _key(instance: ServiceInstance) -> Key:
    return (instance.host, instance.instance_id, instance.port)
