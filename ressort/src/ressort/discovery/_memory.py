"""A registry inside the process: for tests, demonstrations, and a member run without any registry."""

from __future__ import annotations

import threading
from dataclasses import replace

from ressort.discovery.catalog import Catalog
from ressort.discovery.client import Listener, Listeners
from ressort.discovery.instance import UP, Registration, ServiceInstance
from ressort.observability.health import Health


class MemoryRegistry:
    """What several `MemoryDiscoveryClient`s of one process share."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._instances: dict[tuple[str, str], ServiceInstance] = {}
        self._listeners = Listeners()
        self._catalog = Catalog()

    @property
    def catalog(self) -> Catalog:
        """The instances that are UP."""
        return self._catalog

    def put(self, instance: ServiceInstance) -> None:
        """Add or replace an instance."""
        with self._lock:
            self._instances[instance.service_id, instance.instance_id] = instance
            changed = self._rebuild()
        self._listeners.tell(changed)

    def remove(self, service_id: str, instance_id: str) -> None:
        """Take an instance out; unknown ones are no error."""
        with self._lock:
            self._instances.pop((service_id.lower(), instance_id), None)
            changed = self._rebuild()
        self._listeners.tell(changed)

    def on_change(self, listener: Listener) -> None:
        """See `DiscoveryClient.on_change`."""
        self._listeners.add(listener)

    def _rebuild(self) -> set[str]:
        before = self._catalog
        self._catalog = Catalog(i for i in self._instances.values() if i.status == UP)
        return before.differences(self._catalog)


class MemoryDiscoveryClient:
    """A `DiscoveryClient` over a `MemoryRegistry`; made without one it has its own."""

    def __init__(
        self, registry: MemoryRegistry | None = None, registration: Registration | None = None
    ) -> None:
        self._registry = registry or MemoryRegistry()
        self._registration = registration
        self._registered: ServiceInstance | None = None

    def start(self) -> None:
        """Register, when made with a registration."""
        if self._registration is not None:
            self.register(self._registration)

    def stop(self, timeout_s: float = 5.0) -> None:
        """Deregister."""
        self.deregister()

    def services(self) -> list[str]:
        """See `DiscoveryClient.services`."""
        return self._registry.catalog.services()

    def instances(self, service_id: str) -> list[ServiceInstance]:
        """See `DiscoveryClient.instances`."""
        return self._registry.catalog.instances(service_id)

    def refresh(self, timeout_s: float = 1.0) -> None:
        """See `DiscoveryClient.refresh`: what there is is known already."""

    def register(self, registration: Registration) -> None:
        """See `DiscoveryClient.register`."""
        self._registration = registration
        self._registered = as_instance(registration)
        self._registry.put(self._registered)

    def set_status(self, status: str) -> None:
        """See `DiscoveryClient.set_status`."""
        if self._registered is not None:
            self._registered = replace(self._registered, status=status)
            self._registry.put(self._registered)

    def deregister(self) -> None:
        """See `DiscoveryClient.deregister`."""
        if self._registered is not None:
            self._registry.remove(self._registered.service_id, self._registered.instance_id)
            self._registered = None

    def on_change(self, listener: Listener) -> None:
        """See `DiscoveryClient.on_change`."""
        self._registry.on_change(listener)

    def health(self) -> Health:
        """Always UP: the registry lives and dies with the process."""
        return Health("UP", {"services": self.services()})


def as_instance(registration: Registration) -> ServiceInstance:
    """How others see a registration."""
    return ServiceInstance(
        service_id=registration.service_id.lower(),
        instance_id=registration.instance_id,
        host=registration.host,
        port=registration.secure_port if registration.secure else registration.port,
        secure=registration.secure,
        status=registration.status,
        zone=registration.zone,
        metadata=dict(registration.metadata),
    )
