"""The discovery client the properties ask for."""

from __future__ import annotations

from pathlib import Path

from ressort.config import Environment
from ressort.discovery._eureka import EurekaDiscoveryClient
from ressort.discovery._simple import SimpleDiscoveryClient, StaticInstance
from ressort.discovery.client import DiscoveryClient
from ressort.discovery.instance import DOWN, UNKNOWN, UP, Registration
from ressort.discovery.options import EurekaClientOptions, EurekaInstanceOptions, FollowingOptions
from ressort.observability.health import Health, HealthRegistry, aggregate
from ressort.observability.metrics import MeterRegistry

STATIC = "spring.cloud.discovery.client.simple.instances"
COMPONENT = "discoveryComposite"


def create(
    env: Environment,
    registration: Registration | None,
    metrics: MeterRegistry,
    health: HealthRegistry,
) -> DiscoveryClient:
    """Eureka's client, or static lists with `eureka.client.enabled=false` or `spring.cloud.discovery.enabled=false`.

    Not started. Its health is registered as `discoveryComposite/...`, the number of known services as
    a gauge. Raises ConfigError for values that cannot be bound.
    """
    options = env.bind(EurekaClientOptions)
    client: DiscoveryClient
    if options.enabled and env.get("spring.cloud.discovery.enabled", True, bool):
        client = _eureka(env, options, registration, health)
        health.register(f"{COMPONENT}/eureka", client.health)
    else:
        client = SimpleDiscoveryClient(_static_instances(env))
    services = client.services
    health.register(f"{COMPONENT}/discoveryClient", lambda: Health("UP", {"services": services()}))
    metrics.gauge(
        "discovery.client.services", lambda: len(services()), "Services known to the discovery client"
    )
    return client


def _eureka(
    env: Environment, options: EurekaClientOptions, registration: Registration | None, health: HealthRegistry
) -> EurekaDiscoveryClient:
    following = env.bind(FollowingOptions)
    zone = env.bind(EurekaInstanceOptions).metadata_map.get("zone", "")
    return EurekaDiscoveryClient(
        options,
        registration,
        following=following,
        own_zone=zone,
        cache_file=_cache_file(env) if following.cache_enabled else None,
        health_status=(lambda: _status_of(health)) if options.healthcheck.enabled else None,
    )


def _cache_file(env: Environment) -> Path:
    name = str(env.get("spring.application.name", "application")).replace("/", "_")
    return env.home / "var" / "discovery-cache" / f"{name}.json"


def _status_of(health: HealthRegistry) -> str:
    """Spring's mapping of the health of the process, the registry's own component left out."""
    checked = health.check()
    status = aggregate(part.status for name, part in checked.items() if not name.startswith(COMPONENT))
    return {"UP": UP, "DOWN": DOWN, "OUT_OF_SERVICE": DOWN}.get(status, UNKNOWN if checked else UP)


def _static_instances(env: Environment) -> dict[str, list[StaticInstance]]:
    return {
        service_id: env.get(f"{STATIC}.{service_id}", as_type=list[StaticInstance])
        for service_id in env.section(STATIC) or {}
    }
