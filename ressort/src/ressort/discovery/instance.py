"""The two values everyone shares: an instance somebody may call, and what a process says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

UP = "UP"
DOWN = "DOWN"
STARTING = "STARTING"
OUT_OF_SERVICE = "OUT_OF_SERVICE"
UNKNOWN = "UNKNOWN"
STATUSES = (UP, DOWN, STARTING, OUT_OF_SERVICE, UNKNOWN)
DEFAULT_ZONE = "default"


@dataclass(frozen=True, slots=True)
class ServiceInstance:
    """One running copy of a service, as a caller sees it.

    `service_id` is the lower-case application name, `instance_id` is unique within it, `port` is the
    secure one when `secure` is true, `zone` comes from the metadata key of that name.
    """

    service_id: str
    instance_id: str
    host: str
    port: int
    secure: bool = False
    status: str = UP
    zone: str = DEFAULT_ZONE
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def uri(self) -> str:
        """`http://host:port` or `https://host:port`, without a trailing slash; IPv6 hosts in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Registration:
    """What a process registers: who it is, where it answers, how often it promises to beat.

    `host` is what others will call, `ip` its address; URLs may be None. Intervals are seconds.
    """

    service_id: str
    instance_id: str
    host: str
    port: int
    ip: str = "127.0.0.1"
    secure: bool = False
    secure_port: int = 443
    status: str = UP
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)
    vip: str | None = None
    secure_vip: str | None = None
    app_group: str | None = None
    asg: str | None = None
    home_page_url: str | None = None
    status_page_url: str | None = None
    health_check_url: str | None = None
    secure_health_check_url: str | None = None
    renewal_interval_s: float = 30
    lease_duration_s: float = 90

    @property
    def zone(self) -> str:
        """The metadata key `zone`, or `default`."""
        return self.metadata.get("zone") or DEFAULT_ZONE
