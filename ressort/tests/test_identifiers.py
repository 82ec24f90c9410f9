"""Identifiers of ressort.identifiers."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from ressort.clock import FixedClock
from ressort.identifiers import Uuid7

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_identifiers_sort_in_the_order_they_were_given() -> None:
    """Ten thousand of one millisecond, then one of an earlier clock, are strictly increasing."""
    clock = FixedClock(NOON)
    new = Uuid7(clock)
    given = [new() for _ in range(10_000)]
    clock.advance(timedelta(seconds=-5))
    given.append(new())
    assert given == sorted(set(given))


def test_identifier_is_a_version_7_uuid_of_its_instant() -> None:
    """The first 48 bits are the milliseconds since 1970, version and variant are RFC 9562's."""
    made = uuid.UUID(Uuid7(FixedClock(NOON))())
    assert (made.version, made.variant, made.int >> 80) == (
        7,
        uuid.RFC_4122,
        int(NOON.timestamp() * 1000),
    )
