"""The in-memory registry and the static lists."""

from __future__ import annotations

import pytest

from ressort.discovery import (
    DiscoveryClient,
    MemoryDiscoveryClient,
    MemoryRegistry,
    Registration,
    ServiceInstance,
    SimpleDiscoveryClient,
    StaticInstance,
    StaticInstanceError,
)
from ressort.testing.discovery_conformance import (
    DiscoveryConformance,
    DiscoveryReadConformance,
    MakeClient,
)


class TestMemory(DiscoveryConformance):
    """The in-memory registry conforms."""

    @pytest.fixture
    def make(self) -> MakeClient:
        registry = MemoryRegistry()

        def made(registration: Registration | None = None) -> DiscoveryClient:
            return MemoryDiscoveryClient(registry, registration)

        return made


class TestSimple(DiscoveryReadConformance):
    """Static lists conform."""

    @pytest.fixture
    def reader(self) -> DiscoveryClient:
        return SimpleDiscoveryClient(
            {
                "orders": [
                    StaticInstance(uri="https://b.example", metadata={"zone": "lyon"}),
                    StaticInstance(host="a.example", port=8080),
                ]
            }
        )

    @pytest.fixture
    def expected(self) -> list[ServiceInstance]:
        return [
            ServiceInstance("orders", "a.example:orders:8080", "a.example", 8080),
            ServiceInstance(
                "orders", "b.example:orders:443", "b.example", 443, True, "UP", "lyon", {"zone": "lyon"}
            ),
        ]


@pytest.mark.parametrize(
    "entry", [StaticInstance(), StaticInstance(uri="nothing"), StaticInstance(uri="http://h:99999")]
)
def test_a_useless_entry_is_named(entry: StaticInstance) -> None:
    """The error says which one and what it needs."""
    with pytest.raises(StaticInstanceError, match=r"instances\.orders\[0\] needs uri"):
        SimpleDiscoveryClient({"orders": [entry]})


def test_uris_of_instances() -> None:
    """Scheme from the flag, brackets around IPv6."""
    assert ServiceInstance("s", "i", "::1", 80).uri == "http://[::1]:80"
    assert ServiceInstance("s", "i", "h", 443, secure=True).uri == "https://h:443"
