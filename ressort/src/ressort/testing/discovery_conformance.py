"""What every discovery client must do: inherit a class, give its fixtures, run pytest.

    class TestMine(DiscoveryConformance):
        @pytest.fixture
        def make(self):
            return lambda registration=None: MyClient(registration)

`make` returns clients of one shared registry, not started; the suite stops them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

import pytest

from ressort.discovery import DiscoveryClient, Registration, ServiceInstance

PATIENCE_S = 10.0
LOOK_EVERY_S = 0.02


class MakeClient(Protocol):
    """A new client of the shared registry."""

    def __call__(self, registration: Registration | None = None) -> DiscoveryClient:
        """Not started; registering at start when a registration is given."""


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; fails with `what` after ten seconds."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(LOOK_EVERY_S)
    pytest.fail(f"not within {PATIENCE_S:.0f} s: {what}")


def registration(number: int = 1, service_id: str = "orders") -> Registration:
    """A registration whose lease outlives any test."""
    return Registration(
        service_id=service_id,
        instance_id=f"host:{service_id}:{9000 + number}",
        host="127.0.0.1",
        port=9000 + number,
        metadata={"zone": "lyon", "version": "1.2"},
        renewal_interval_s=1,
        lease_duration_s=60,
    )


class DiscoveryReadConformance:
    """Reading: for clients whose instances come from elsewhere. Give `reader`, which knows `expected`."""

    @pytest.fixture
    def reader(self) -> DiscoveryClient:
        """A started client that knows `expected` (or soon will)."""
        raise NotImplementedError

    @pytest.fixture
    def expected(self) -> list[ServiceInstance]:
        """All instances of one service, at least two, ordered by instance id."""
        raise NotImplementedError

    def test_instances_are_ordered_and_complete(
        self, reader: DiscoveryClient, expected: list[ServiceInstance]
    ) -> None:
        """By instance id, with all that was told of them."""
        name = expected[0].service_id
        eventually(lambda: reader.instances(name) == expected, f"the instances of {name}")

    def test_the_case_of_a_service_id_does_not_matter(
        self, reader: DiscoveryClient, expected: list[ServiceInstance]
    ) -> None:
        """Eureka shouts, properties whisper."""
        name = expected[0].service_id.upper()
        eventually(lambda: reader.instances(name) == expected, f"the instances of {name}")

    def test_service_ids_are_lower_case_and_sorted(
        self, reader: DiscoveryClient, expected: list[ServiceInstance]
    ) -> None:
        """As Spring shows them."""
        eventually(lambda: expected[0].service_id in reader.services(), "the service")
        assert reader.services() == sorted(name.lower() for name in reader.services())

    def test_nobody_is_an_empty_list(self, reader: DiscoveryClient) -> None:
        """Not an error."""
        assert reader.instances("nobody-at-all") == []

    def test_answers_belong_to_the_caller(
        self, reader: DiscoveryClient, expected: list[ServiceInstance]
    ) -> None:
        """Clearing one does not clear the next."""
        name = expected[0].service_id
        eventually(lambda: bool(reader.instances(name)), "the instances")
        reader.instances(name).clear()
        assert reader.instances(name)

    def test_stopping_twice_is_harmless(self, reader: DiscoveryClient) -> None:
        """As is stopping one that never started."""
        reader.stop()
        reader.stop()


class DiscoveryConformance:
    """Registering and following. Give `make`."""

    @pytest.fixture
    def make(self) -> MakeClient:
        """See `MakeClient`."""
        raise NotImplementedError

    @pytest.fixture
    def client(self, make: MakeClient) -> Iterator[Callable[..., DiscoveryClient]]:
        """Started clients, stopped after the test."""
        made: list[DiscoveryClient] = []

        def started(own: Registration | None = None) -> DiscoveryClient:
            client = make(own)
            made.append(client)
            client.start()
            return client

        yield started
        for each in made:
            each.stop()

    def test_a_client_that_was_not_started_knows_nobody(self, make: MakeClient) -> None:
        """And says so without waiting."""
        client = make()
        assert client.instances("orders") == []
        client.deregister()
        client.stop()

    def test_others_see_a_registration(self, client: Callable[..., DiscoveryClient]) -> None:
        """With host, port, zone and metadata."""
        client(registration())
        other = client()
        eventually(lambda: len(other.instances("orders")) == 1, "the registration")
        seen = other.instances("orders")[0]
        assert (seen.host, seen.port, seen.secure, seen.zone) == ("127.0.0.1", 9001, False, "lyon")
        assert seen.metadata["version"] == "1.2"
        assert "orders" in other.services()

    def test_a_refresh_knows_what_the_registry_knew_when_it_was_asked(
        self, client: Callable[..., DiscoveryClient]
    ) -> None:
        """A caller who finds nobody asks once more instead of waiting for the next turn."""
        first = client()
        other = client()
        first.register(registration())
        eventually(lambda: len(first.instances("orders")) == 1, "the registration")
        other.refresh(PATIENCE_S)
        assert len(other.instances("orders")) == 1

    def test_a_registration_may_come_after_the_start(self, client: Callable[..., DiscoveryClient]) -> None:
        """When the port is known at last."""
        late, other = client(), client()
        late.register(registration(2))
        eventually(lambda: len(other.instances("orders")) == 1, "the late registration")

    def test_several_instances_of_a_service(self, client: Callable[..., DiscoveryClient]) -> None:
        """Ordered by instance id."""
        for number in (3, 1, 2):
            client(registration(number))
        other = client()
        eventually(lambda: len(other.instances("orders")) == 3, "three instances")
        assert [i.port for i in other.instances("orders")] == [9001, 9002, 9003]

    def test_deregistering_is_seen(self, client: Callable[..., DiscoveryClient]) -> None:
        """The instance leaves at once, not when its lease ends; twice is harmless."""
        leaver, other = client(registration()), client()
        eventually(lambda: bool(other.instances("orders")), "the registration")
        leaver.deregister()
        eventually(lambda: not other.instances("orders"), "the departure")
        leaver.deregister()

    def test_stopping_deregisters(self, client: Callable[..., DiscoveryClient]) -> None:
        """And it stays so: a stopped client does not come back by itself."""
        leaver, other = client(registration()), client()
        eventually(lambda: bool(other.instances("orders")), "the registration")
        leaver.stop()
        eventually(lambda: not other.instances("orders"), "the departure")
        time.sleep(1.2)
        assert other.instances("orders") == []

    def test_a_stopped_client_can_start_again(self, client: Callable[..., DiscoveryClient]) -> None:
        """With the registration it was made with."""
        returner, other = client(registration()), client()
        eventually(lambda: bool(other.instances("orders")), "the registration")
        returner.stop()
        eventually(lambda: not other.instances("orders"), "the departure")
        returner.start()
        eventually(lambda: bool(other.instances("orders")), "the return")

    def test_only_instances_that_are_up_are_callable(self, client: Callable[..., DiscoveryClient]) -> None:
        """Out of service and back, as often as one likes."""
        member, other = client(registration()), client()
        for status in ("OUT_OF_SERVICE", "DOWN", "OUT_OF_SERVICE"):
            eventually(lambda: bool(other.instances("orders")), "being UP")
            member.set_status(status)
            eventually(lambda: not other.instances("orders"), f"being {status}")
            member.set_status("UP")
        eventually(lambda: bool(other.instances("orders")), "being UP again")

    def test_registering_again_replaces(self, client: Callable[..., DiscoveryClient]) -> None:
        """Same id, other metadata: one instance, the newer."""
        member, other = client(registration()), client()
        eventually(lambda: bool(other.instances("orders")), "the registration")
        member.register(replace(registration(), metadata={"version": "2"}))
        eventually(
            lambda: [i.metadata.get("version") for i in other.instances("orders")] == ["2"],
            "the newer registration",
        )

    def test_listeners_hear_which_services_changed(self, client: Callable[..., DiscoveryClient]) -> None:
        """Also when another listener fails."""
        other, heard = client(), set[str]()

        def broken(_: frozenset[str]) -> None:
            raise ValueError("a listener's own fault")

        other.on_change(broken)
        other.on_change(heard.update)
        client(registration(service_id="billing"))
        eventually(lambda: "billing" in heard, "the news")

    def test_health_is_up_while_the_registry_answers(self, client: Callable[..., DiscoveryClient]) -> None:
        """After the first exchange."""
        member = client(registration())
        eventually(lambda: member.health().status == "UP", "health UP")
