"""An immutable picture of who is registered, indexed for reads that must cost nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ressort.discovery.instance import ServiceInstance


class Catalog:
    """Instances by lower-case service id (and alias), built once, read by any thread without a lock."""

    def __init__(
        self,
        instances: Iterable[ServiceInstance] = (),
        aliases: Mapping[str, set[str]] = MappingProxyType({}),
    ) -> None:
        """`aliases` gives each alternative name (a virtual host name) the service ids it stands for."""
        grouped: dict[str, list[ServiceInstance]] = {}
        for instance in instances:
            grouped.setdefault(instance.service_id, []).append(instance)
        self._services = {name: _ordered(members) for name, members in grouped.items()}
        self._aliases = {
            alias: _ordered(i for name in names for i in self._services.get(name, ()))
            for alias, names in aliases.items()
            if alias not in self._services
        }

    def services(self) -> list[str]:
        """Service ids, sorted."""
        return sorted(self._services)

    def instances(self, service_id: str) -> list[ServiceInstance]:
        """A fresh list of that service's instances, ordered by instance id."""
        wanted = service_id.lower()
        return list(self._services.get(wanted) or self._aliases.get(wanted) or ())

    def all(self) -> list[ServiceInstance]:
        """Every instance, by service then instance id."""
        return [instance for name in sorted(self._services) for instance in self._services[name]]

    def differences(self, other: Catalog) -> set[str]:
        """Ids (aliases included) whose instances are not the same in both pictures."""
        mine, theirs = self._services | self._aliases, other._services | other._aliases
        return {name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)}


def _ordered(instances: Iterable[ServiceInstance]) -> tuple[ServiceInstance, ...]:
    return tuple(sorted(instances, key=lambda instance: instance.instance_id))
