"""The day and the hours of reminders follow the calendar in force."""

from __future__ import annotations

from datetime import UTC, date, datetime

from batch.application.agenda import Agenda
from batch.domain.calendrier import CalendrierEnvois
from ressort.clock import FixedClock


def test_another_calendar_counts_at_once() -> None:
    """Half past seven in the evening in Paris is a working hour, and the same day, at Saint-Pierre-et-Miquelon."""
    agenda = Agenda(FixedClock(datetime(2026, 11, 30, 18, 30, tzinfo=UTC)))
    assert not agenda.ouvert()

    agenda.suivre(CalendrierEnvois("America/Miquelon", "PM"))

    assert agenda.ouvert()
    assert agenda.aujourd_hui() == date(2026, 11, 30)


def test_the_day_is_that_of_the_zone() -> None:
    """Half an hour before midnight in UTC it is tomorrow in Paris, and Christmas."""
    agenda = Agenda(FixedClock(datetime(2026, 12, 24, 23, 30, tzinfo=UTC)))

    assert agenda.aujourd_hui() == date(2026, 12, 25)
    assert agenda.ferie() == "Noël"
