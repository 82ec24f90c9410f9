"""Spring's own keys for the client and the instance, with the defaults of Spring Cloud Netflix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ressort.config import properties, value

DEFAULT_URL = "http://localhost:8761/eureka/"
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class HealthcheckOptions:
    """`eureka.client.healthcheck`: whether the health of the process drives its registered status."""

    enabled: bool = False


@properties("eureka.client")
@dataclass(frozen=True)
class EurekaClientOptions:
    """How to reach the registry and how often; all intervals and time-outs in seconds."""

    enabled: bool = True
    service_url: Mapping[str, str] = field(default_factory=lambda: {"defaultZone": DEFAULT_URL})
    register_with_eureka: bool = True
    fetch_registry: bool = True
    registry_fetch_interval_seconds: float = value(30.0, minimum=0.05)
    eureka_server_connect_timeout_seconds: float = value(5.0, minimum=0.01)
    eureka_server_read_timeout_seconds: float = value(8.0, minimum=0.01)
    region: str = "us-east-1"
    availability_zones: Mapping[str, str] = field(default_factory=dict)
    prefer_same_zone_eureka: bool = True
    filter_only_up_instances: bool = True
    disable_delta: bool = False
    g_zip_content: bool = True
    should_unregister_on_shutdown: bool = True
    healthcheck: HealthcheckOptions = HealthcheckOptions()

    def urls(self, own_zone: str = "") -> tuple[str, ...]:
        """Registry URLs in order of preference, each with its trailing slash, without repetition.

        The servers of `own_zone` come first when it is one of the region's zones and that is preferred.
        """
        zones = [zone.strip() for zone in self.availability_zones.get(self.region, "").split(",") if zone]
        if self.prefer_same_zone_eureka and own_zone in zones:
            zones.sort(key=lambda zone: zone != own_zone)
        found: dict[str, None] = {}
        for zone in [*zones, "defaultZone"]:
            for url in self._of_zone(zone).split(","):
                if url.strip():
                    found[url.strip().rstrip("/") + "/"] = None
        return tuple(found) or (DEFAULT_URL,)

    def _of_zone(self, zone: str) -> str:
        """The URLs of a zone; the environment's spelling of it has lost its case."""
        exact = self.service_url.get(zone)
        if exact is not None:
            return exact
        folded = {key.lower(): urls for key, urls in self.service_url.items()}
        return folded.get(zone.lower(), "")


@properties("eureka.instance")
@dataclass(frozen=True)
class EurekaInstanceOptions:
    """What this process says of itself. Empty texts mean 'derive it'; intervals in seconds."""

    appname: str = ""
    instance_id: str = ""
    hostname: str = ""
    ip_address: str = ""
    prefer_ip_address: bool = False
    non_secure_port: int | None = None
    secure_port: int = 443
    non_secure_port_enabled: bool = True
    secure_port_enabled: bool = False
    lease_renewal_interval_in_seconds: float = value(30.0, minimum=0.05)
    lease_expiration_duration_in_seconds: float = value(90.0, minimum=0.1)
    virtual_host_name: str = ""
    secure_virtual_host_name: str = ""
    app_group_name: str = ""
    a_s_g_name: str = ""
    metadata_map: Mapping[str, str] = field(default_factory=dict)
    initial_status: str = "UP"
    status_page_url_path: str = "/actuator/info"
    health_check_url_path: str = "/actuator/health"
    home_page_url_path: str = "/"
    status_page_url: str = ""
    health_check_url: str = ""
    secure_health_check_url: str = ""
    home_page_url: str = ""


@properties("ressort.discovery")
@dataclass(frozen=True)
class FollowingOptions:
    """Our own additions to how a registry is followed, in seconds.

    Where the fetch interval is at most 5 s, the client fetches every `eager_fetch_interval_seconds`
    for `eager_fetch_window_seconds` after its start and after each change: an estate that starts is
    routable at once, one at rest stays quiet. Slower estates are polled exactly as configured.
    """

    eager_fetch_interval_seconds: float = value(0.5, minimum=0.05)
    eager_fetch_window_seconds: float = value(10.0, minimum=0.0)
    cache_enabled: bool = True
