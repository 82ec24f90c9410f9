"""What can be set of the registry server: Eureka's names, and a few of ours."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.domain.self_preservation import ProtectionPolicy
from ressort.config import Environment, properties, value


@properties("eureka.server")
@dataclass(frozen=True)
class EurekaServerOptions:
    """`eureka.server.*`, as far as a single node needs them."""

    enable_self_preservation: bool = True
    renewal_percent_threshold: float = value(0.85, minimum=0.0, maximum=1.0)
    renewal_threshold_update_interval_ms: int = value(900_000, minimum=0)
    retention_time_in_ms_in_delta_queue: int = value(180_000, minimum=1)


@properties("eureka.dashboard")
@dataclass(frozen=True)
class DashboardOptions:
    """`eureka.dashboard.*`: whether there is a page, and where."""

    enabled: bool = True
    path: str = "/"


@properties("ressort.discovery.server")
@dataclass(frozen=True)
class OwnOptions:
    """Ours: from how many instances self-preservation makes sense, and whether restarts remember."""

    self_preservation_minimum_instances: int = value(10, minimum=1)
    snapshot_enabled: bool = True


@dataclass(frozen=True)
class Settings:
    """Everything the registry server is told."""

    server: EurekaServerOptions = EurekaServerOptions()
    dashboard: DashboardOptions = DashboardOptions()
    own: OwnOptions = OwnOptions()
    environment: str = "test"
    datacenter: str = "default"
    locale: str = "fr"

    @property
    def protection(self) -> ProtectionPolicy:
        """The bounds of self-preservation."""
        return ProtectionPolicy(
            enabled=self.server.enable_self_preservation,
            threshold=self.server.renewal_percent_threshold,
            minimum_instances=self.own.self_preservation_minimum_instances,
            give_up_after_s=self.server.renewal_threshold_update_interval_ms / 1000,
        )


def settings_of(env: Environment) -> Settings:
    """Bind all of them. Raises ConfigError."""
    return Settings(
        server=env.bind(EurekaServerOptions),
        dashboard=env.bind(DashboardOptions),
        own=env.bind(OwnOptions),
        environment=env.get("eureka.environment", "test"),
        datacenter=env.get("eureka.datacenter", "default"),
        locale=env.get("spring.web.locale", "fr"),
    )
