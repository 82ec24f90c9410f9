"""From properties to a registration, to registry URLs, and to the client they ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ressort.config import ConfigError, Environment, load
from ressort.discovery import (
    EurekaClientOptions,
    EurekaDiscoveryClient,
    SimpleDiscoveryClient,
    create,
    registration_of,
)
from ressort.observability.health import HealthRegistry
from ressort.observability.metrics import MeterRegistry

Settings = Callable[..., Environment]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    def made(*argv: str, **environ: str) -> Environment:
        return load(None, argv, environ, tmp_path)

    return made


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "myhost")


def test_a_plain_service_registers_where_it_is_bound(settings: Settings) -> None:
    """Spring's id, the loopback address, the usual pages, its management port."""
    made = registration_of(settings("--spring.application.name=orders", "--server.port=8081"))
    assert made.instance_id == "myhost:orders:8081"
    assert (made.host, made.ip, made.port) == ("127.0.0.1", "127.0.0.1", 8081)
    assert made.health_check_url == "http://127.0.0.1:8081/actuator/health"
    assert made.metadata == {"management.port": "8081"}
    assert (made.vip, made.renewal_interval_s, made.lease_duration_s) == ("orders", 30, 90)


def test_the_port_really_bound_counts(settings: Settings) -> None:
    """With `server.port=0` the id and the pages follow it."""
    made = registration_of(settings("--spring.application.name=orders", "--server.port=0"), 49152)
    assert made.instance_id == "myhost:orders:49152"
    assert made.status_page_url == "http://127.0.0.1:49152/actuator/info"


def test_a_wildcard_binding_registers_the_machine(settings: Settings) -> None:
    """Nobody can call 0.0.0.0."""
    assert registration_of(settings("--server.address=0.0.0.0")).host == "myhost"


def test_names_addresses_and_leases_can_be_given(settings: Settings) -> None:
    """`eureka.instance.*` wins over what is derived."""
    made = registration_of(
        settings(
            "--eureka.instance.hostname=orders.example",
            "--eureka.instance.ip-address=10.1.2.3",
            "--eureka.instance.instance-id=me",
            "--eureka.instance.lease-renewal-interval-in-seconds=5",
            "--eureka.instance.leaseExpirationDurationInSeconds=15",
            "--eureka.instance.metadata-map.zone=lyon",
            "--eureka.instance.metadata-map.my.key=v",
            "--eureka.instance.virtual-host-name=shop",
            "--eureka.instance.initial-status=starting",
            "--management.server.port=9090",
        )
    )
    assert (made.host, made.ip, made.instance_id) == ("orders.example", "10.1.2.3", "me")
    assert (made.renewal_interval_s, made.lease_duration_s) == (5, 15)
    assert made.metadata == {"management.port": "9090", "zone": "lyon", "my.key": "v"}
    assert (made.zone, made.vip, made.status) == ("lyon", "shop", "STARTING")
    assert made.home_page_url == "http://orders.example:8080/"


def test_the_address_may_be_preferred_to_the_name(settings: Settings) -> None:
    """`prefer-ip-address`."""
    env = settings(
        "--eureka.instance.hostname=orders.example",
        "--eureka.instance.ip-address=10.1.2.3",
        "--eureka.instance.prefer-ip-address=true",
    )
    assert registration_of(env).host == "10.1.2.3"


def test_pages_of_ones_own_win(settings: Settings) -> None:
    """Absolute ones as they are; default ones follow a moved actuator."""
    env = settings(
        "--management.endpoints.web.base-path=/manage",
        "--eureka.instance.health-check-url=http://elsewhere/health",
    )
    made = registration_of(env)
    assert made.status_page_url == "http://127.0.0.1:8080/manage/info"
    assert made.health_check_url == "http://elsewhere/health"


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ("http://a:1/eureka", ("http://a:1/eureka/",)),
        ("http://a:1/eureka/, http://b/eureka,", ("http://a:1/eureka/", "http://b/eureka/")),
        ("http://a/eureka,http://a/eureka/", ("http://a/eureka/",)),
        ("", ("http://localhost:8761/eureka/",)),
    ],
)
def test_registry_urls_get_their_slash(urls: str, expected: tuple[str, ...]) -> None:
    """Comma separated, without repetition."""
    assert EurekaClientOptions(service_url={"defaultZone": urls}).urls() == expected


def test_the_environment_may_give_the_zone_in_any_case(settings: Settings) -> None:
    """Variables have lost it."""
    env = settings(EUREKA_CLIENT_SERVICEURL_DEFAULTZONE="http://env:1/eureka/")
    assert env.bind(EurekaClientOptions).urls() == ("http://env:1/eureka/",)


def test_servers_of_the_own_zone_come_first() -> None:
    """Then the other zones, then the default."""
    options = EurekaClientOptions(
        service_url={"paris": "http://p/", "lyon": "http://l/", "defaultZone": "http://d/"},
        availability_zones={"us-east-1": "paris, lyon"},
    )
    assert options.urls("lyon") == ("http://l/", "http://p/", "http://d/")


def create_from(env: Environment) -> object:
    return create(env, None, MeterRegistry(), HealthRegistry())


def test_eureka_is_the_default_client(settings: Settings) -> None:
    """Made, not started."""
    assert isinstance(create_from(settings()), EurekaDiscoveryClient)


def test_without_eureka_static_lists_serve(settings: Settings) -> None:
    """`spring.cloud.discovery.client.simple.instances`."""
    client = create_from(
        settings(
            "--eureka.client.enabled=false",
            "--spring.cloud.discovery.client.simple.instances.orders[0].uri=http://127.0.0.1:8082",
            "--spring.cloud.discovery.client.simple.instances.orders[0].metadata.zone=lyon",
        )
    )
    assert isinstance(client, SimpleDiscoveryClient)
    assert [(i.port, i.zone) for i in client.instances("orders")] == [(8082, "lyon")]


def test_health_and_metrics_know_the_client(settings: Settings) -> None:
    """`discoveryComposite` with its two parts, and a gauge."""
    health, metrics = HealthRegistry(), MeterRegistry()
    create(settings(), None, metrics, health)
    assert health.names() == ["discoveryComposite/discoveryClient", "discoveryComposite/eureka"]
    assert "discovery_client_services" in metrics.scrape()


def test_an_impossible_interval_is_named(settings: Settings) -> None:
    """With its key."""
    with pytest.raises(ConfigError, match="registry-fetch-interval-seconds"):
        create_from(settings("--eureka.client.registry-fetch-interval-seconds=0"))
