"""How the load balancer spreads, avoids and probes."""

from __future__ import annotations

import pytest

from ressort.discovery import MemoryDiscoveryClient, MemoryRegistry, ServiceInstance
from ressort.loadbalancer import LoadBalancer, NoInstanceError


class Ticks:
    """A monotonic clock set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def instance(number: int, zone: str = "default") -> ServiceInstance:
    return ServiceInstance("orders", f"o{number}", "127.0.0.1", 9000 + number, zone=zone)


@pytest.fixture
def registry() -> MemoryRegistry:
    registry = MemoryRegistry()
    for number in (1, 2, 3):
        registry.put(instance(number))
    return registry


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def balancer(registry: MemoryRegistry, ticks: Ticks) -> LoadBalancer:
    return LoadBalancer(MemoryDiscoveryClient(registry), monotonic=ticks)


def chosen(balancer: LoadBalancer, times: int) -> list[str]:
    return [balancer.choose("orders").instance_id for _ in range(times)]


def test_turns_go_round_evenly(balancer: LoadBalancer) -> None:
    """Three instances get the same number of calls."""
    assert sorted(chosen(balancer, 9)) == ["o1"] * 3 + ["o2"] * 3 + ["o3"] * 3


def test_an_unknown_service_is_named(balancer: LoadBalancer) -> None:
    """The error says which service has nobody."""
    with pytest.raises(NoInstanceError, match="'billing'"):
        balancer.choose("billing")


def test_excluded_instances_are_not_chosen_again(balancer: LoadBalancer) -> None:
    """A retry elsewhere never lands on the instance just tried."""
    assert {balancer.choose("orders", exclude={"o1", "o3"}).instance_id for _ in range(4)} == {"o2"}
    with pytest.raises(NoInstanceError, match="3 already tried"):
        balancer.choose("orders", exclude={"o1", "o2", "o3"})


def test_the_own_zone_comes_first_and_the_others_remain_a_refuge(registry: MemoryRegistry) -> None:
    """Callers stay in their zone while it has somebody."""
    registry.put(instance(4, zone="lyon"))
    balancer = LoadBalancer(MemoryDiscoveryClient(registry), zone="lyon")
    assert set(chosen(balancer, 4)) == {"o4"}
    assert balancer.choose("orders", exclude={"o4"}).zone == "default"


def test_a_failing_instance_is_left_out_then_probed_once(balancer: LoadBalancer, ticks: Ticks) -> None:
    """After its pause one caller tries it; the others wait for the outcome."""
    balancer.report(instance(2), ok=False)
    assert balancer.failing() == ["o2"]
    assert set(chosen(balancer, 6)) == {"o1", "o3"}
    ticks.now += 1.0
    assert chosen(balancer, 6).count("o2") == 1


def test_a_good_probe_brings_the_instance_back(balancer: LoadBalancer, ticks: Ticks) -> None:
    """One success ends the penalty."""
    balancer.report(instance(2), ok=False)
    ticks.now += 1.0
    balancer.report(instance(2), ok=True)
    assert chosen(balancer, 6).count("o2") == 2


def test_pauses_double_with_each_failure(balancer: LoadBalancer, ticks: Ticks) -> None:
    """Three failures in a row mean four seconds."""
    for _ in range(3):
        balancer.report(instance(2), ok=False)
    ticks.now += 3.9
    assert "o2" not in chosen(balancer, 6)
    ticks.now += 0.2
    assert "o2" in chosen(balancer, 6)


def test_when_everybody_fails_the_one_due_first_is_tried(balancer: LoadBalancer, ticks: Ticks) -> None:
    """A probable failure is better than refusing the call."""
    for number in (3, 1, 2):
        balancer.report(instance(number), ok=False)
        ticks.now += 0.1
    assert balancer.choose("orders").instance_id == "o3"


def test_newcomers_and_leavers_are_seen_at_once(balancer: LoadBalancer, registry: MemoryRegistry) -> None:
    """The rotation is rebuilt when the registry changes."""
    chosen(balancer, 1)
    registry.remove("orders", "o1")
    registry.put(instance(7))
    assert set(chosen(balancer, 6)) == {"o2", "o3", "o7"}
