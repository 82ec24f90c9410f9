"""Our client on Spring's registry, and Spring's client on ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from ressort.discovery import (
    DiscoveryClient,
    EurekaClientOptions,
    EurekaDiscoveryClient,
    Registration,
)
from ressort.testing.discovery_conformance import DiscoveryConformance, MakeClient, registration

pytestmark = [pytest.mark.part("java", "maven"), pytest.mark.xdist_group("eureka-interop")]

Within = Callable[[Callable[[], bool], str], None]


def client_of(url: str, own: Registration | None = None) -> EurekaDiscoveryClient:
    options = EurekaClientOptions(service_url={"defaultZone": url}, registry_fetch_interval_seconds=0.1)
    return EurekaDiscoveryClient(options, own)


class TestOurClientOnSpringsRegistry(DiscoveryConformance):
    """The conformance suite, with Spring's registry behind the client."""

    @pytest.fixture
    def make(self, spring_registry: str) -> MakeClient:
        def made(own: Registration | None = None) -> DiscoveryClient:
            return client_of(spring_registry, own)

        return made


@pytest.fixture
def python_member(our_registry: str) -> Iterator[EurekaDiscoveryClient]:
    member = client_of(our_registry, registration(service_id="python-member"))
    member.start()
    yield member
    member.stop()


def test_both_kinds_of_members_see_each_other(
    spring_member: Any, python_member: EurekaDiscoveryClient, within: Within
) -> None:
    """Through our registry: address, port and metadata, in both directions."""
    within(lambda: bool(python_member.instances("java-member")), "Python seeing Java")
    seen = python_member.instances("java-member")[0]
    assert (seen.host, seen.port) == ("127.0.0.1", spring_member.port)
    assert (seen.metadata["language"], seen.metadata["management.port"]) == ("java", str(spring_member.port))
    within(lambda: "python-member" in spring_member.seen(), "Java seeing Python")
    assert spring_member.seen()["python-member"] == ["127.0.0.1:9001 {version=1.2, zone=lyon}"]


def test_java_follows_our_deltas(
    spring_member: Any, python_member: EurekaDiscoveryClient, our_registry: str, within: Within
) -> None:
    """Arrivals, departures and overrides arrive at Spring's client."""
    second = client_of(our_registry, registration(2, "python-member"))
    second.start()
    within(lambda: len(spring_member.seen().get("python-member", [])) == 2, "the second instance")
    second.stop()
    within(lambda: len(spring_member.seen().get("python-member", [])) == 1, "its departure")
    python_member.set_status("OUT_OF_SERVICE")
    within(lambda: not spring_member.seen().get("python-member"), "the override")
    python_member.set_status("UP")
    within(lambda: len(spring_member.seen().get("python-member", [])) == 1, "its end")


def test_a_stopped_spring_service_leaves_at_once(
    spring_member: Any, python_member: EurekaDiscoveryClient, within: Within
) -> None:
    """Its farewell (DOWN, then cancel) is understood."""
    within(lambda: bool(python_member.instances("java-member")), "Python seeing Java")
    spring_member.stop()
    within(lambda: not python_member.instances("java-member"), "its departure")


def test_a_killed_spring_service_leaves_with_its_lease(
    spring_member: Any, python_member: EurekaDiscoveryClient, our_registry: str, within: Within
) -> None:
    """Three seconds of lease, not twice that and an eviction timer."""
    within(lambda: bool(python_member.instances("java-member")), "Python seeing Java")
    spring_member.kill()
    within(lambda: not python_member.instances("java-member"), "the expiry")
    page = requests.get(our_registry.replace("eureka/", "registry.json"), timeout=5).json()
    kinds = [event["kind"] for event in page["departures"] if event["app"] == "JAVA-MEMBER"]
    assert kinds[0] == "expired"
