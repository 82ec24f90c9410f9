"""Config servers by their name in the registry: `spring.cloud.config.discovery.enabled`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ressort.observability.health import HealthRegistry
from ressort.observability.metrics import MeterRegistry

if TYPE_CHECKING:
    from ressort.config import Environment
    from ressort.discovery.instance import ServiceInstance

_PATIENCE_S = 5.0


def config_servers(env: Environment, service_id: str) -> list[str]:
    """Addresses of the servers the registry knows now, by the settings of this machine alone.

    A client of the registry is made for the question and ended with it: the process's own one needs settings
    that are still to come from the server.
    """
    from ressort.discovery import create

    client = create(env, None, MeterRegistry({}), HealthRegistry())
    client.start()
    try:
        client.refresh(_PATIENCE_S)
        return [_address(instance) for instance in client.instances(service_id)]
    finally:
        client.stop(_PATIENCE_S)


def _address(instance: ServiceInstance) -> str:
    """With the metadata `user`, `password` and `configPath` that a server registers for its clients."""
    metadata = instance.metadata
    address = instance.uri
    if metadata.get("password"):
        user, password = quote(metadata.get("user", "user"), safe=""), quote(metadata["password"], safe="")
        address = address.replace("://", f"://{user}:{password}@", 1)
    path = metadata.get("configPath", "").strip("/")
    return f"{address}/{path}" if path else address
