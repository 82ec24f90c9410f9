"""An instance as Eureka's wire knows it, with the defaults of the original for whatever is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ressort.discovery.instance import DEFAULT_ZONE, STATUSES, UNKNOWN, UP, Registration, ServiceInstance

DEFAULT_RENEWAL_S = 30
DEFAULT_DURATION_S = 90


def status_of(text: object) -> str:
    """One of the five statuses, upper-case; anything else is UNKNOWN."""
    status = str(text).strip().upper()
    return status if status in STATUSES else UNKNOWN


@dataclass(frozen=True, slots=True)
class Port:
    """A port number (any integer the client sent) and whether it is served."""

    number: int
    enabled: bool


@dataclass(frozen=True, slots=True)
class DataCenter:
    """`MyOwn`, `Netflix` or `Amazon`; the last one with its metadata (instance-id, availability-zone...)."""

    name: str = "MyOwn"
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lease:
    """The promise to beat (seconds) and its history (milliseconds since 1970, 0 for never)."""

    renewal_interval_s: int = DEFAULT_RENEWAL_S
    duration_s: int = DEFAULT_DURATION_S
    registered_ms: int = 0
    renewed_ms: int = 0
    evicted_ms: int = 0
    up_since_ms: int = 0


@dataclass(frozen=True, slots=True)
class InstanceInfo:
    """All that is registered of one instance. `app` is upper-case; empty texts mean 'not given'.

    `instance_id` may be empty: the key is then `id`, the Amazon id or the host name.
    """

    app: str = ""
    host_name: str = ""
    ip_addr: str = ""
    instance_id: str = ""
    status: str = UP
    overridden_status: str = UNKNOWN
    port: Port = Port(7001, True)
    secure_port: Port = Port(7002, False)
    country_id: int = 1
    data_center: DataCenter | None = None
    lease: Lease = Lease()
    metadata: Mapping[str, str] = field(default_factory=dict)
    app_group: str | None = None
    sid: str | None = None
    asg: str | None = None
    home_page_url: str | None = None
    status_page_url: str | None = None
    health_check_url: str | None = None
    secure_health_check_url: str | None = None
    vip: str | None = None
    secure_vip: str | None = None
    is_coordinating: bool = False
    last_updated_ms: int = 0
    last_dirty_ms: int = 0
    action: str | None = None

    @property
    def id(self) -> str:
        """The key of this instance within its application."""
        if self.instance_id:
            return self.instance_id
        amazon = self.data_center.metadata.get("instance-id") if self.data_center else None
        return amazon or self.host_name

    @property
    def zone(self) -> str:
        """Metadata `zone`, else Amazon's availability zone, else `default`."""
        amazon = self.data_center.metadata.get("availability-zone") if self.data_center else None
        return self.metadata.get("zone") or amazon or DEFAULT_ZONE

    def as_service_instance(self) -> ServiceInstance:
        """How a caller sees it: host name, and the secure port when that one is enabled."""
        secure = self.secure_port.enabled
        return ServiceInstance(
            service_id=self.app.lower(),
            instance_id=self.id,
            host=self.host_name,
            port=self.secure_port.number if secure else self.port.number,
            secure=secure,
            status=self.status,
            zone=self.zone,
            metadata=self.metadata,
        )

    @classmethod
    def of(cls, registration: Registration, status: str, dirty_ms: int) -> InstanceInfo:
        """The wire form of a registration; `dirty_ms` is when it last changed (ms since 1970)."""
        service = registration.service_id
        return cls(
            app=service.upper(),
            host_name=registration.host,
            ip_addr=registration.ip,
            instance_id=registration.instance_id,
            status=status,
            port=Port(registration.port, not registration.secure),
            secure_port=Port(registration.secure_port, registration.secure),
            data_center=DataCenter(),
            lease=Lease(
                max(1, round(registration.renewal_interval_s)), max(1, round(registration.lease_duration_s))
            ),
            metadata={key: value for key, value in registration.metadata.items() if value not in (None, "")},
            app_group=registration.app_group,
            asg=registration.asg,
            home_page_url=registration.home_page_url,
            status_page_url=registration.status_page_url,
            health_check_url=registration.health_check_url,
            secure_health_check_url=registration.secure_health_check_url,
            vip=registration.vip or service,
            secure_vip=registration.secure_vip or service,
            last_updated_ms=dirty_ms,
            last_dirty_ms=dirty_ms,
        )
