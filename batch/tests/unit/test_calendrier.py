"""When reminders may leave by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from batch.domain.calendrier import CalendrierEnvois, SubdivisionInconnueError

FRANCE = CalendrierEnvois()


@pytest.mark.parametrize(
    "jour",
    [
        "2026-01-01",
        "2026-04-06",
        "2026-05-01",
        "2026-05-08",
        "2026-05-14",
        "2026-05-25",
        "2026-07-14",
        "2026-11-11",
    ],
)
def test_public_holidays_are_closed(jour: str) -> None:
    """Fixed and movable feasts alike, all on weekdays."""
    ferme = date.fromisoformat(jour)
    assert ferme.weekday() < 5
    assert not FRANCE.ouvre(ferme)


def test_alsace_keeps_two_more() -> None:
    """Good Friday is a holiday there only."""
    assert FRANCE.ouvre(date(2026, 4, 3))
    assert not CalendrierEnvois(subdivision="57").ouvre(date(2026, 4, 3))


def test_an_unknown_subdivision_is_refused() -> None:
    """At once, not on the first holiday looked up; the message lists the known ones."""
    with pytest.raises(SubdivisionInconnueError, match=r"'68'.*57"):
        CalendrierEnvois(subdivision="68")


@pytest.mark.parametrize(
    ("instant", "ouvert"),
    [
        ("2026-11-20T07:59:59", False),
        ("2026-11-20T08:00:00", True),
        ("2026-11-20T16:59:59", True),
        ("2026-11-20T17:00:00", False),
        ("2026-11-21T10:00:00", False),
        ("2026-07-15T07:00:00", True),
    ],
)
def test_hours_are_those_of_paris(instant: str, ouvert: bool) -> None:
    """From 9 to 18 o'clock, winter and summer, on working days."""
    assert FRANCE.ouvert(datetime.fromisoformat(instant).replace(tzinfo=UTC)) is ouvert


def test_next_opening_skips_closed_days() -> None:
    """From the evening before 1 May 2026, a Friday: Monday at nine."""
    soir = datetime(2026, 4, 30, 17, 0, tzinfo=UTC)
    assert FRANCE.prochaine_ouverture(soir) == datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
