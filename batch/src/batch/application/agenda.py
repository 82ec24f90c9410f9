"""What day it is for reminders, and whether they may leave now, by the calendar the configuration names at present."""

from __future__ import annotations

from datetime import date, timedelta

from batch.application.ports import Clock
from batch.domain.calendrier import CalendrierEnvois


class Agenda:
    """The clock read through a calendar that may be replaced while runs are under way."""

    def __init__(self, clock: Clock, calendrier: CalendrierEnvois | None = None) -> None:
        self._clock = clock
        self._calendrier = calendrier or CalendrierEnvois()

    def suivre(self, calendrier: CalendrierEnvois) -> None:
        """From now on another calendar counts; a run under way goes by it from its next chunk on."""
        self._calendrier = calendrier

    def aujourd_hui(self) -> date:
        """The present day in the calendar's zone."""
        return self._clock.today(self._calendrier.zone)

    def ouvert(self) -> bool:
        """Whether a reminder may leave now."""
        return self._calendrier.ouvert(self._clock.now())

    def feries(self, du: date, au: date) -> dict[date, str]:
        """Public holidays from one day to another, both included, by their names."""
        jours = (du + timedelta(days=rang) for rang in range((au - du).days + 1))
        noms = ((jour, self._calendrier.ferie(jour)) for jour in jours)
        return {jour: nom for jour, nom in noms if nom is not None}

    def ferie(self) -> str | None:
        """The name of today's public holiday, or None."""
        return self._calendrier.ferie(self.aujourd_hui())
