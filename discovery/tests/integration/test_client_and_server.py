"""Our client against our registry over real sockets: conformance, outages, restarts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from discovery.app import create_registry
from discovery.settings import Settings
from ressort.discovery import (
    DiscoveryClient,
    EurekaClientOptions,
    EurekaDiscoveryClient,
    FollowingOptions,
    Registration,
)
from ressort.discovery.wire import DataCenter, InstanceInfo, Lease
from ressort.testing.discovery_conformance import (
    DiscoveryConformance,
    MakeClient,
    eventually,
    registration,
)

Make = Callable[..., EurekaDiscoveryClient]


def options(url: str, **more: Any) -> EurekaClientOptions:
    return EurekaClientOptions(service_url={"defaultZone": url}, registry_fetch_interval_seconds=0.05, **more)


class TestEureka(DiscoveryConformance):
    """The Eureka client conforms."""

    @pytest.fixture
    def make(self, server: Any) -> MakeClient:
        def made(registration: Registration | None = None) -> DiscoveryClient:
            return EurekaDiscoveryClient(options(server.url), registration)

        return made


class TestWithoutDelta(TestEureka):
    """Also when it must fetch everything each time."""

    @pytest.fixture
    def make(self, server: Any) -> MakeClient:
        def made(registration: Registration | None = None) -> DiscoveryClient:
            return EurekaDiscoveryClient(options(server.url, disable_delta=True), registration)

        return made


@pytest.fixture
def client(server: Any) -> Iterator[Make]:
    made: list[EurekaDiscoveryClient] = []

    def started(own: Registration | None = None, url: str = "", **more: Any) -> EurekaDiscoveryClient:
        client = EurekaDiscoveryClient(options(url or server.url), own, **more)
        made.append(client)
        client.start()
        return client

    yield started
    for each in made:
        each.stop()


def ports(client: DiscoveryClient) -> list[int]:
    return [instance.port for instance in client.instances("orders")]


def test_a_registry_that_comes_late_is_found(server: Any, client: Make) -> None:
    """A client started without registry registers and follows as soon as there is one."""
    server.stop()
    member = client(registration())
    eventually(lambda: member.health().status == "UNKNOWN", "knowing the registry is away")
    server.start()
    eventually(lambda: ports(member) == [9001], "its own registration")
    assert member.health().status == "UP"


def test_an_outage_forgets_nobody(server: Any, client: Make) -> None:
    """The known copy serves while the registry is away."""
    member = client(registration())
    eventually(lambda: ports(member) == [9001], "the registration")
    server.stop()
    eventually(lambda: member.health().status == "UNKNOWN", "noticing the outage")
    assert ports(member) == [9001]


def test_a_registry_that_forgot_everything_is_told_again(server: Any, client: Make) -> None:
    """Restarted empty: nobody disappears meanwhile, everybody registers within a renewal."""
    member, other = client(registration()), client()
    eventually(lambda: ports(other) == [9001], "the registration")
    seen_empty = threading.Event()
    other.on_change(lambda _: None if ports(other) else seen_empty.set())
    server.stop()
    server.start(create_registry(Settings()))
    eventually(lambda: bool(server.registry.view().applications), "registering again")
    eventually(lambda: other.health().status == "UP", "following again")
    assert ports(other) == [9001]
    assert not seen_empty.is_set()
    assert member.registered


def test_one_that_does_not_come_back_is_given_up(server: Any, client: Make) -> None:
    """After two of its renewal intervals it is no longer offered."""
    gone = InstanceInfo(
        "ORDERS", "127.0.0.1", "127.0.0.1", "gone", lease=Lease(1, 60), data_center=DataCenter()
    )
    server.registry.register(gone)
    other = client()
    eventually(lambda: len(ports(other)) == 1, "the instance")
    server.stop()
    server.start(create_registry(Settings()))
    eventually(lambda: ports(other) == [], "giving it up")


def test_another_server_takes_over(server: Any, client: Make) -> None:
    """The first address is dead: registration and reads go to the second."""
    member = client(registration(), f"http://127.0.0.1:9/eureka, {server.url}")
    eventually(lambda: ports(member) == [9001], "the registration at the second server")


def test_a_known_copy_on_disk_serves_a_start_without_registry(
    server: Any, client: Make, tmp_path: Path
) -> None:
    """What was known last is known again, at once."""
    file = tmp_path / "var" / "copy.json"
    client(registration())
    first = client(cache_file=file)
    eventually(lambda: ports(first) == [9001], "the registration")
    first.stop()
    server.stop()
    second = client(cache_file=file)
    assert ports(second) == [9001]


def test_who_leaves_with_the_whole_estate_is_known_at_the_next_start(
    server: Any, client: Make, tmp_path: Path
) -> None:
    """A departure seen just before the own end does not empty the copy that the next start needs."""
    file = tmp_path / "var" / "copy.json"
    other = client(registration())
    first = client(cache_file=file)
    eventually(lambda: ports(first) == [9001], "the registration")
    first.stop()
    second = client(cache_file=file)
    eventually(lambda: ports(second) == [9001], "the registration again")
    other.stop()
    eventually(lambda: ports(second) == [], "the departure")
    second.stop()
    server.stop()
    assert ports(client(cache_file=file)) == [9001]


def test_a_broken_copy_on_disk_is_ignored(server: Any, client: Make, tmp_path: Path) -> None:
    """One line in the log, and a normal start."""
    file = tmp_path / "copy.json"
    file.write_text("{nonsense")
    member = client(registration(), cache_file=file)
    eventually(lambda: ports(member) == [9001], "the registration")


def test_health_drives_the_registered_status(server: Any, client: Make) -> None:
    """DOWN while the process says so."""
    state = {"status": "UP"}
    client(registration(), health_status=lambda: state["status"])
    other = client()
    eventually(lambda: ports(other) == [9001], "being UP")
    state["status"] = "DOWN"
    eventually(lambda: ports(other) == [], "being DOWN")
    state["status"] = "UP"
    eventually(lambda: ports(other) == [9001], "being UP again")


def test_an_operator_takes_an_instance_out_of_service(server: Any, client: Make) -> None:
    """The override holds against the client's beats, and ends when removed."""
    client(registration())
    other = client()
    eventually(lambda: ports(other) == [9001], "being UP")
    instance_id = registration().instance_id
    server.registry.override("ORDERS", instance_id, "OUT_OF_SERVICE")
    eventually(lambda: ports(other) == [], "being out of service")
    server.registry.remove_override("ORDERS", instance_id)
    eventually(lambda: ports(other) == [9001], "being back")


def test_virtual_host_names_find_their_instances(server: Any, client: Make) -> None:
    """A service may be called by its virtual name."""
    server.registry.register(
        InstanceInfo("ORDERS", "h", "1.1.1.1", "o", vip="shop,orders", data_center=DataCenter())
    )
    other = client()
    eventually(lambda: [i.instance_id for i in other.instances("SHOP")] == ["o"], "the virtual name")


def test_a_resting_client_needs_no_full_answer(
    server: Any, client: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first one, deltas suffice through any churn."""
    from discovery.adapters.documents import Documents

    full: list[int] = []
    original = Documents.all
    monkeypatch.setattr(Documents, "all", lambda *a: full.append(1) or original(*a))
    server.registry.register(InstanceInfo("KEEP", "h", "1.1.1.1", "k", data_center=DataCenter()))
    other = client(following=FollowingOptions(eager_fetch_window_seconds=0))
    eventually(lambda: "keep" in other.services(), "the first answer")
    for number in range(20):
        name = f"o{number}"
        server.registry.register(InstanceInfo("ORDERS", "h", "1.1.1.1", name, data_center=DataCenter()))
        eventually(lambda n=name: n in {i.instance_id for i in other.instances("orders")}, "the newcomer")
        server.registry.cancel("ORDERS", name)
    eventually(lambda: other.instances("orders") == [], "the end")
    assert len(full) == 1


def test_stopping_leaves_no_thread(server: Any, client: Make) -> None:
    """Both threads end."""
    member = client(registration())
    eventually(lambda: member.registered, "registering")
    member.stop()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("eureka-") and t.is_alive()]
