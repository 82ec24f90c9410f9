"""Durations, sizes, booleans and the other types a value is converted to."""

from __future__ import annotations

import enum
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.config.conversion import UNIT_SECONDS, boolean, convert, seconds, size_bytes


class Politique(enum.Enum):
    PLUS_ANCIENNE = "plus-ancienne"
    PRORATA = "prorata"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500", 0.5), ("10s", 10.0), ("5m", 300.0), ("2h", 7200.0), ("1d", 86400.0), ("250ms", 0.25),
        ("3us", 3e-6), ("7ns", 7e-9), ("-1s", -1.0), ("PT10S", 10.0), ("PT1M30.5S", 90.5), ("P1DT2H", 93600.0),
        ("-PT5S", -5.0), ("pt2h", 7200.0), (500, 0.5), (timedelta(minutes=1), 60.0),
    ],
)  # fmt: skip
def test_durations(text: object, expected: float) -> None:
    """Simple units, ISO-8601 and bare milliseconds."""
    assert seconds(text) == pytest.approx(expected)


def test_bare_duration_takes_the_unit_of_its_field() -> None:
    """Where a field declares seconds, 30 is thirty seconds."""
    assert seconds("30", "s") == 30.0


@given(st.integers(-(10**9), 10**9), st.sampled_from(sorted(UNIT_SECONDS)))
def test_any_whole_number_with_any_unit_is_a_duration(amount: int, unit: str) -> None:
    """The amount times its unit, in either case of letters."""
    assert seconds(f"{amount}{unit.upper()}") == pytest.approx(amount * UNIT_SECONDS[unit], abs=1e-9)


@pytest.mark.parametrize("text", ["", "ten", "10 weeks", "1.5s", "P", "PT", "5x", "s"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    """The reason tells how to write one."""
    with pytest.raises(ValueError, match="duration"):
        seconds(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10MB", 10_485_760),
        ("1KB", 1024),
        ("4096", 4096),
        ("2GB", 2 * 1024**3),
        ("1tb", 1024**4),
        ("5B", 5),
        (7, 7),
    ],
)
def test_sizes_count_in_1024(text: object, expected: int) -> None:
    """Units are powers of 1024, a bare number counts bytes."""
    assert size_bytes(text) == expected


@given(st.text(max_size=8))
def test_any_text_is_a_size_or_refused(text: str) -> None:
    """No other error than ValueError comes out."""
    try:
        assert isinstance(size_bytes(text), int)
    except ValueError as error:
        assert "size" in str(error)


@pytest.mark.parametrize("text", ["true", "TRUE", "on", "yes", "1", True])
def test_true_spellings(text: object) -> None:
    """Spring's words for true."""
    assert boolean(text) is True


@pytest.mark.parametrize("text", ["false", "Off", "no", "0", False])
def test_false_spellings(text: object) -> None:
    """Spring's words for false."""
    assert boolean(text) is False


@pytest.mark.parametrize(
    ("raw", "kind", "expected"),
    [
        ("8080", int, 8080), ("0x1F", int, 31), ("1.5", float, 1.5), ("12.30", Decimal, Decimal("12.30")),
        ("2013-10-31", date, date(2013, 10, 31)), ("Europe/Paris", ZoneInfo, ZoneInfo("Europe/Paris")),
        ("a/b", Path, Path("a/b")), ("a, b,c", list[str], ["a", "b", "c"]), ("1,2", tuple[int, ...], (1, 2)),
        ("", list[str], []), ("x,x", frozenset[str], frozenset({"x"})), (8081, str, "8081"), (True, str, "true"),
        ("plus_ancienne", Politique, Politique.PLUS_ANCIENNE), ("PRORATA", Politique, Politique.PRORATA),
        ("LOCAL", Literal["local", "rabbit"], "local"), ("", int | None, None), ("7", int | None, 7),
    ],
)  # fmt: skip
def test_conversions(raw: object, kind: object, expected: object) -> None:
    """Each supported type from its text."""
    assert convert(raw, kind) == expected


@pytest.mark.parametrize(
    ("raw", "kind", "reason"),
    [
        ("abc", int, "whole number"), ("1.5", int, "whole number"), (True, int, "whole number"),
        ("x", float, "number"), ("maybe", bool, "true or false"), ("demain", date, "2013-10-31"),
        ("Mars/Base", ZoneInfo, "Europe/Paris"), ("autre", Politique, "plus-ancienne, prorata"),
        ("kafka", Literal["local", "rabbit"], "local, rabbit"), ("1,x", list[int], "whole number"),
    ],
)  # fmt: skip
def test_refusals_say_what_is_expected(raw: object, kind: object, reason: str) -> None:
    """A refused value comes with the words a person needs."""
    with pytest.raises(ValueError, match=reason):
        convert(raw, kind)
