"""The client's copy of the registry: patched by deltas, checked by hash, careful about losses.

An instance leaves at once when a delta says so. One that is merely missing from a full answer is kept
for two of its renewal intervals: a registry that has just restarted knows only those who have already
come back, and forgetting the others would fail calls to healthy services.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ressort.discovery.catalog import Catalog
from ressort.discovery.instance import UP
from ressort.discovery.wire import Applications, InstanceInfo, hashcode

Key = tuple[str, str]
GRACE_RENEWALS = 2


class RegistryCopy:
    """All instances as last told, plus those missing but not yet given up; for one writing thread."""

    def __init__(self, only_up: bool = True) -> None:
        self._only_up = only_up
        self._told: dict[Key, InstanceInfo] = {}
        self._missing: dict[Key, tuple[InstanceInfo, float]] = {}
        self.catalog = Catalog()

    @property
    def empty(self) -> bool:
        """Whether the registry told of nobody."""
        return not self._told

    @property
    def missing(self) -> int:
        """How many instances are only remembered."""
        return len(self._missing)

    def instances(self) -> list[InstanceInfo]:
        """Everything visible, remembered ones included."""
        return [*self._told.values(), *(info for info, _ in self._missing.values())]

    def remember(self, instances: Iterable[InstanceInfo]) -> set[str]:
        """Begin with a copy of an earlier life, as if told; returns the ids of services changed."""
        self._told = {_key(info): info for info in instances}
        return self._publish()

    def replace(self, answer: Applications, now: float, careful: bool) -> set[str]:
        """Adopt a full answer; with `careful` those absent from it are kept for a while."""
        told = {_key(info): replace(info, action=None) for info in answer.instances}
        if careful:
            for key, info in self._told.items():
                self._missing.setdefault(key, (info, now + GRACE_RENEWALS * info.lease.renewal_interval_s))
        else:
            self._missing.clear()
        self._told = told
        return self._publish()

    def patch(self, delta: Applications) -> set[str] | None:
        """Apply a delta; None when the result does not match its hash and a full answer is needed."""
        told = dict(self._told)
        for info in delta.instances:
            if info.action == "DELETED":
                told.pop(_key(info), None)
                self._missing.pop(_key(info), None)
            else:
                told[_key(info)] = replace(info, action=None)
        if hashcode(info.status for info in told.values()) != delta.registry_hash:
            return None
        if told == self._told:
            return set()
        self._told = told
        return self._publish()

    def give_up(self, now: float) -> set[str]:
        """Forget the missing whose time has passed."""
        late = [key for key, (_, until) in self._missing.items() if until <= now]
        if not late:
            return set()
        for key in late:
            del self._missing[key]
        return self._publish()

    def _publish(self) -> set[str]:
        for key in [key for key in self._missing if key in self._told]:
            del self._missing[key]
        visible = [i for i in self.instances() if i.status == UP or not self._only_up]
        aliases: dict[str, set[str]] = {}
        for info in visible:
            for name in (info.vip or "").split(","):
                if name and name.lower() != info.app.lower():
                    aliases.setdefault(name.lower(), set()).add(info.app.lower())
        before = self.catalog
        self.catalog = Catalog((info.as_service_instance() for info in visible), aliases)
        return before.differences(self.catalog)


def _key(info: InstanceInfo) -> Key:
    return (info.app, info.id)
