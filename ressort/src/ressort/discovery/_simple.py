"""Static lists of instances from configuration: Spring's `SimpleDiscoveryClient`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ressort.discovery.catalog import Catalog
from ressort.discovery.client import Listener, Listeners
from ressort.discovery.instance import DEFAULT_ZONE, Registration, ServiceInstance
from ressort.errors import RessortError
from ressort.observability.health import Health


class StaticInstanceError(RessortError):
    """A configured instance has neither a usable `uri` nor a `host` and `port`."""

    def __init__(self, service_id: str, place: int, value: object) -> None:
        super().__init__(
            f"spring.cloud.discovery.client.simple.instances.{service_id}[{place}] needs uri=http://host:port "
            f"or host and port, not {value!r}"
        )


@dataclass(frozen=True)
class StaticInstance:
    """One entry of the list: `uri`, or `host`, `port` and `secure`."""

    uri: str = ""
    host: str = ""
    port: int = 0
    secure: bool = False
    instance_id: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)


def static_instance(service_id: str, place: int, entry: StaticInstance) -> ServiceInstance:
    """The instance an entry describes. Raises StaticInstanceError."""
    host, port, secure = entry.host, entry.port, entry.secure
    if entry.uri:
        try:
            parts = urlsplit(entry.uri)
            secure = parts.scheme == "https"
            host, port = parts.hostname or "", parts.port or (443 if secure else 80)
        except ValueError as error:
            raise StaticInstanceError(service_id, place, entry.uri) from error
    if not host or not 0 < port < 65536:
        raise StaticInstanceError(service_id, place, entry.uri or f"{host}:{port}")
    metadata = {str(key): str(value) for key, value in entry.metadata.items()}
    return ServiceInstance(
        service_id=service_id.lower(),
        instance_id=entry.instance_id or f"{host}:{service_id}:{port}",
        host=host,
        port=port,
        secure=secure,
        zone=metadata.get("zone") or DEFAULT_ZONE,
        metadata=metadata,
    )


class SimpleDiscoveryClient:
    """A `DiscoveryClient` whose instances never change; registering is accepted and has no effect."""

    def __init__(self, instances: Mapping[str, list[StaticInstance]] | None = None) -> None:
        self._catalog = Catalog(
            static_instance(service_id, place, entry)
            for service_id, entries in (instances or {}).items()
            for place, entry in enumerate(entries)
        )
        self._listeners = Listeners()

    def start(self) -> None:
        """Nothing to start."""

    def stop(self, timeout_s: float = 5.0) -> None:
        """Nothing to stop."""

    def services(self) -> list[str]:
        """See `DiscoveryClient.services`."""
        return self._catalog.services()

    def instances(self, service_id: str) -> list[ServiceInstance]:
        """See `DiscoveryClient.instances`."""
        return self._catalog.instances(service_id)

    def refresh(self, timeout_s: float = 1.0) -> None:
        """See `DiscoveryClient.refresh`: what there is is known already."""

    def register(self, registration: Registration) -> None:
        """Nobody to tell."""

    def set_status(self, status: str) -> None:
        """Nobody to tell."""

    def deregister(self) -> None:
        """Nobody to tell."""

    def on_change(self, listener: Listener) -> None:
        """Accepted; static lists never change."""
        self._listeners.add(listener)

    def health(self) -> Health:
        """Always UP."""
        details: dict[str, Any] = {"services": self.services()}
        return Health("UP", details)
