"""The discovery client on Eureka's protocol, for our registry and for Spring's."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ressort.discovery._disk_copy import DiskCopy
from ressort.discovery._eureka_copy import RegistryCopy
from ressort.discovery._eureka_follower import Follower, Pace
from ressort.discovery._eureka_http import EurekaServers, Timeouts
from ressort.discovery._eureka_lease import LeaseKeeper
from ressort.discovery.client import Listener, Listeners
from ressort.discovery.instance import UP, Registration, ServiceInstance
from ressort.discovery.options import EurekaClientOptions, FollowingOptions
from ressort.observability.health import Health


class EurekaDiscoveryClient:
    """A `DiscoveryClient` (see there) that follows one registry and keeps one registration alive."""

    def __init__(
        self,
        options: EurekaClientOptions,
        registration: Registration | None = None,
        *,
        following: FollowingOptions = FollowingOptions(),  # noqa: B008 - frozen
        own_zone: str = "",
        cache_file: Path | None = None,
        health_status: Callable[[], str] | None = None,
    ) -> None:
        self._options = options
        self._registration = registration
        self._listeners = Listeners()
        self._starting = threading.Lock()
        self._copy = RegistryCopy(options.filter_only_up_instances)
        self._follower = Follower(
            self._servers(own_zone),
            self._copy,
            self._listeners,
            pace=Pace(
                options.registry_fetch_interval_seconds,
                following.eager_fetch_interval_seconds,
                following.eager_fetch_window_seconds,
            ),
            disk=DiskCopy(cache_file) if cache_file else None,
            use_delta=not options.disable_delta,
        )
        self._lease = LeaseKeeper(self._servers(own_zone), health_status=health_status)
        self._running = False

    def start(self) -> None:
        """See `DiscoveryClient.start`."""
        with self._starting:
            self._running = True
            if self._options.fetch_registry:
                self._follower.start()
            if self._registration is not None:
                self._begin_lease(self._registration)

    def stop(self, timeout_s: float = 5.0) -> None:
        """See `DiscoveryClient.stop`."""
        with self._starting:
            self._running = False
            self._lease.stop(timeout_s / 2, self._options.should_unregister_on_shutdown)
            if self._options.fetch_registry:
                self._follower.stop(timeout_s / 2)

    def services(self) -> list[str]:
        """See `DiscoveryClient.services`."""
        return self._copy.catalog.services()

    def instances(self, service_id: str) -> list[ServiceInstance]:
        """See `DiscoveryClient.instances`; a virtual host name is accepted too."""
        return self._copy.catalog.instances(service_id)

    def refresh(self, timeout_s: float = 1.0) -> None:
        """See `DiscoveryClient.refresh`."""
        self._follower.refresh(timeout_s)

    def register(self, registration: Registration) -> None:
        """See `DiscoveryClient.register`; nothing happens with `register-with-eureka=false`."""
        with self._starting:
            self._registration = registration
            if self._running:
                self._begin_lease(registration)

    def set_status(self, status: str) -> None:
        """See `DiscoveryClient.set_status`."""
        self._lease.set_status(status)

    def deregister(self) -> None:
        """See `DiscoveryClient.deregister`."""
        self._registration = None
        self._lease.deregister()

    def on_change(self, listener: Listener) -> None:
        """See `DiscoveryClient.on_change`; called in the fetching thread."""
        self._listeners.add(listener)

    @property
    def registered(self) -> bool:
        """Whether the registry holds our registration as far as we know."""
        return self._lease.registered

    def health(self) -> Health:
        """UP while the registry answers, else UNKNOWN with the reason: the known copy still serves."""
        if not self._options.fetch_registry:
            return Health("UNKNOWN", {"description": "the registry is not followed"})
        counts = Counter(info.app for info in self._copy.instances() if info.status == UP)
        details = {"applications": dict(sorted(counts.items()))}
        if self._follower.answering:
            return Health("UP", details)
        return Health("UNKNOWN", {**details, "description": self._follower.reason})

    def _begin_lease(self, registration: Registration) -> None:
        if self._options.register_with_eureka:
            self._lease.register(registration)
            self._lease.start()

    def _servers(self, own_zone: str) -> EurekaServers:
        timeouts = Timeouts(
            self._options.eureka_server_connect_timeout_seconds,
            self._options.eureka_server_read_timeout_seconds,
        )
        return EurekaServers(self._options.urls(own_zone), timeouts, self._options.g_zip_content)
