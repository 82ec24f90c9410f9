"""The registry's rules: leases, statuses, overrides, deltas, protection."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discovery.domain.readings import Renewal
from discovery.domain.registry import Registry
from discovery.domain.self_preservation import ProtectionPolicy
from ressort.discovery.wire import DataCenter, InstanceInfo, Lease, hashcode


class Time:
    """Lease seconds and wall milliseconds, set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def wall_ms(self) -> int:
        return 1_700_000_000_000 + int(self.seconds * 1000)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def registry(time: Time) -> Registry:
    return Registry(time, time.wall_ms)


def orders(name: str = "o1", **fields: object) -> InstanceInfo:
    info = InstanceInfo(
        app="ORDERS",
        host_name="h",
        ip_addr="10.0.0.1",
        instance_id=name,
        data_center=DataCenter(),
        lease=Lease(5, 15),
        vip="orders",
        last_dirty_ms=100,
    )
    return replace(info, **fields)


def shown(registry: Registry) -> dict[str, str]:
    return {r.info.id: r.info.status for rs in registry.view().applications.values() for r in rs}


def test_a_lease_lives_exactly_its_duration_after_the_last_beat(registry: Registry, time: Time) -> None:
    """Not twice as long, as the original's do."""
    registry.register(orders())
    time.seconds = 10
    assert registry.renew("ORDERS", "o1") is Renewal.ACCEPTED
    time.seconds = 24.9
    assert shown(registry) == {"o1": "UP"}
    time.seconds = 25
    assert shown(registry) == {}
    assert registry.instance("ORDERS", "o1") is None
    assert registry.renew("ORDERS", "o1") is Renewal.UNKNOWN


def test_expiry_is_in_the_delta_with_its_time(registry: Registry, time: Time) -> None:
    """Nobody had to sweep: reading is enough."""
    registry.register(orders())
    time.seconds = 15
    (record,) = registry.delta().records
    assert record.info.action == "DELETED"
    assert record.info.lease.evicted_ms == time.wall_ms()
    assert registry.last_gone()[0].kind == "expired"


def test_an_expired_lease_registers_again_and_expires_again(registry: Registry, time: Time) -> None:
    """The queue of expiries follows each new life."""
    for start in (0, 20, 40):
        time.seconds = start
        registry.register(orders())
        assert shown(registry) == {"o1": "UP"}
        time.seconds = start + 15
        assert shown(registry) == {}


def test_an_unknown_instance_must_register(registry: Registry) -> None:
    """A beat without lease is refused."""
    assert registry.renew("ORDERS", "nobody") is Renewal.UNKNOWN


@pytest.mark.parametrize(
    ("sent", "replicated", "answer"),
    [
        (100, False, Renewal.ACCEPTED),
        (99, False, Renewal.ACCEPTED),
        (101, False, Renewal.UNKNOWN),
        (99, True, Renewal.OUTDATED),
    ],
)
def test_dirty_stamps_decide_who_is_behind(
    registry: Registry, sent: int, replicated: bool, answer: Renewal
) -> None:
    """A newer client must register; an older peer gets our copy."""
    registry.register(orders())
    assert registry.renew("ORDERS", "o1", sent, replicated) is answer


def test_an_older_registration_keeps_the_newer_copy(registry: Registry) -> None:
    """A strictly greater stored stamp wins; an equal one is replaced."""
    registry.register(orders(last_dirty_ms=200, host_name="new"))
    registry.register(orders(last_dirty_ms=100, host_name="old"))
    assert registry.instance("ORDERS", "o1").host_name == "new"
    registry.register(orders(last_dirty_ms=200, host_name="same"))
    assert registry.instance("ORDERS", "o1").host_name == "same"


def test_an_override_wins_until_it_is_removed(registry: Registry) -> None:
    """Out of service, whatever the client registers; back with the status given."""
    registry.register(orders())
    assert registry.override("ORDERS", "o1", "OUT_OF_SERVICE")
    registry.register(orders(last_dirty_ms=300))
    assert shown(registry) == {"o1": "OUT_OF_SERVICE"}
    assert registry.instance("ORDERS", "o1").overridden_status == "OUT_OF_SERVICE"
    assert registry.remove_override("ORDERS", "o1", "UP")
    assert shown(registry) == {"o1": "UP"}


def test_removing_an_override_without_status_makes_the_client_register(registry: Registry) -> None:
    """UNKNOWN until it does; its beat is refused."""
    registry.register(orders())
    registry.override("ORDERS", "o1", "OUT_OF_SERVICE")
    registry.remove_override("ORDERS", "o1")
    assert registry.renew("ORDERS", "o1") is Renewal.UNKNOWN
    registry.register(orders(last_dirty_ms=300))
    assert shown(registry) == {"o1": "UP"}


def test_a_status_equal_to_the_present_one_is_no_override(registry: Registry) -> None:
    """Nothing changes, nothing is stored."""
    registry.register(orders())
    version = registry.version
    assert registry.override("ORDERS", "o1", "UP")
    assert registry.overrides() == {}
    assert registry.version == version


def test_overrides_of_unknown_instances_are_refused(registry: Registry) -> None:
    """Every operation on nobody says so."""
    assert not registry.override("ORDERS", "o1", "DOWN")
    assert not registry.remove_override("ORDERS", "o1")
    assert not registry.update_metadata("ORDERS", "o1", {"a": "b"})
    assert not registry.cancel("ORDERS", "o1")


def test_clients_keep_the_routable_status_their_lease_has(registry: Registry) -> None:
    """Rule 4: after OUT_OF_SERVICE a mere re-registration as UP changes nothing; DOWN is believed."""
    registry.register(orders(status="OUT_OF_SERVICE"))
    registry.register(orders(last_dirty_ms=200))
    assert shown(registry) == {"o1": "OUT_OF_SERVICE"}
    registry.register(orders(last_dirty_ms=300, status="DOWN"))
    assert shown(registry) == {"o1": "DOWN"}
    registry.register(orders(last_dirty_ms=400))
    assert shown(registry) == {"o1": "UP"}


def test_cancel_forgets_the_override(registry: Registry) -> None:
    """The next life begins without it."""
    registry.register(orders())
    registry.override("ORDERS", "o1", "OUT_OF_SERVICE")
    assert registry.cancel("ORDERS", "o1")
    registry.register(orders())
    assert shown(registry) == {"o1": "UP"}


def test_metadata_is_merged_until_the_next_registration(registry: Registry) -> None:
    """New keys are added, old ones kept."""
    registry.register(orders(metadata={"a": "1", "b": "2"}))
    assert registry.update_metadata("ORDERS", "o1", {"b": "3", "c": "4"})
    assert registry.instance("ORDERS", "o1").metadata == {"a": "1", "b": "3", "c": "4"}


def test_delta_tells_each_instance_once_departures_last(registry: Registry) -> None:
    """Java's client would keep the departed otherwise; hash and version are the registry's."""
    registry.register(orders("o1"))
    registry.register(orders("o2"))
    registry.cancel("ORDERS", "o1")
    registry.override("ORDERS", "o2", "OUT_OF_SERVICE")
    registry.register(orders("o3"))
    delta = registry.delta()
    assert [(r.info.id, r.info.action) for r in delta.records] == [
        ("o2", "MODIFIED"),
        ("o3", "ADDED"),
        ("o1", "DELETED"),
    ]
    assert delta.registry_hash == hashcode(shown(registry).values()) == "OUT_OF_SERVICE_1_UP_1_"


def test_the_version_grows_with_every_change(registry: Registry) -> None:
    """Also when the hash cannot see it."""
    registry.register(orders())
    before = registry.delta()
    registry.update_metadata("ORDERS", "o1", {"a": "b"})
    after = registry.delta()
    assert after.version > before.version
    assert after.registry_hash == before.registry_hash


def test_changes_leave_the_delta_after_the_retention(registry: Registry, time: Time) -> None:
    """By themselves, without another change."""
    registry.register(orders(lease=Lease(5, 1000)))
    stamp = registry.delta().stamp
    time.seconds = 180
    assert registry.delta().records == ()
    assert registry.delta().stamp != stamp


def fill(registry: Registry, count: int) -> None:
    for number in range(count):
        registry.register(orders(f"o{number}"))


def beat(registry: Registry, numbers: range) -> None:
    for number in numbers:
        assert registry.renew("ORDERS", f"o{number}") is Renewal.ACCEPTED


def test_a_small_registry_is_never_protected(registry: Registry, time: Time) -> None:
    """Three services that die are gone, and no alarm is raised over three that live."""
    fill(registry, 3)
    assert not registry.figures().protection.active
    time.seconds = 15
    assert shown(registry) == {}
    assert not registry.figures().protection.active


def test_many_silent_at_once_are_kept_until_they_come_back(registry: Registry, time: Time) -> None:
    """A network fault removes nobody; when it ends the protection ends."""
    fill(registry, 20)
    time.seconds = 10
    beat(registry, range(10))
    time.seconds = 15
    assert len(shown(registry)) == 20
    assert registry.figures().protection.active
    beat(registry, range(20))
    assert len(shown(registry)) == 20
    assert not registry.figures().protection.active


def test_a_few_silent_ones_are_removed_from_a_large_registry(registry: Registry, time: Time) -> None:
    """Two of twenty is no network fault."""
    fill(registry, 20)
    time.seconds = 10
    beat(registry, range(18))
    time.seconds = 15
    assert len(shown(registry)) == 18


def test_a_real_scale_in_is_accepted_in_the_end(time: Time) -> None:
    """After the update interval the silent are given up and the protection ends by itself."""
    registry = Registry(time, time.wall_ms, ProtectionPolicy(give_up_after_s=60))
    fill(registry, 20)
    for second in range(10, 81, 10):
        time.seconds = second
        beat(registry, range(10))
        registry.expire()
    time.seconds = 84
    assert len(shown(registry)) == 10
    assert not registry.figures().protection.active


def test_protection_can_be_switched_off(time: Time) -> None:
    """Then every expired lease goes."""
    registry = Registry(time, time.wall_ms, ProtectionPolicy(enabled=False))
    fill(registry, 20)
    time.seconds = 15
    assert shown(registry) == {}


def test_renewals_are_counted_over_a_sliding_minute(registry: Registry, time: Time) -> None:
    """And compared with what the leases themselves promise."""
    fill(registry, 2)
    for second in range(5, 100, 5):
        time.seconds = second
        beat(registry, range(2))
    figures = registry.figures()
    assert (figures.renewals_last_minute, figures.renewals_expected_per_minute) == (24, 24)


def test_a_restored_registry_serves_its_former_instances(time: Time, registry: Registry) -> None:
    """Each has one lease duration to beat; overrides survive too."""
    fill(registry, 2)
    registry.override("ORDERS", "o1", "OUT_OF_SERVICE")
    later = Registry(time, time.wall_ms)
    later.restore(registry.saved())
    assert shown(later) == {"o0": "UP", "o1": "OUT_OF_SERVICE"}
    assert later.renew("ORDERS", "o0", 100) is Renewal.ACCEPTED
    time.seconds = 15
    assert shown(later) == {}


def test_up_since_is_set_once_and_kept_over_registrations(registry: Registry, time: Time) -> None:
    """The first moment of being UP, whatever follows."""
    registry.register(orders(status="STARTING"))
    assert registry.instance("ORDERS", "o1").lease.up_since_ms == 0
    time.seconds = 1
    registry.register(orders(last_dirty_ms=200))
    first = registry.instance("ORDERS", "o1").lease.up_since_ms
    time.seconds = 2
    registry.register(orders(last_dirty_ms=300))
    lease = registry.instance("ORDERS", "o1").lease
    assert (lease.up_since_ms, lease.registered_ms) == (first, time.wall_ms())
