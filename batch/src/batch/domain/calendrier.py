"""When reminders may leave by themselves: working days of France, from 9 to 18 o'clock.

Source: billing-domain.md 4; public holidays by the `holidays` library (11 days, 13 in Alsace-Moselle, more
overseas: `subdivision`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

OUVERTURE = time(9)
FERMETURE = time(18)


class SubdivisionInconnueError(ValueError):
    """A part of France the `holidays` library does not know."""


@dataclass(frozen=True)
class CalendrierEnvois:
    """Working days in a time zone; `subdivision` as the `holidays` library spells it, None for mainland."""

    zone: str = "Europe/Paris"
    subdivision: str | None = None
    _annees: dict[int, dict[date, str]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Raises SubdivisionInconnueError."""
        connues = holidays.list_supported_countries(include_aliases=True)["FR"]
        if self.subdivision is not None and self.subdivision not in connues:
            raise SubdivisionInconnueError(
                f"'{self.subdivision}' is no subdivision of France with holidays of its own: {', '.join(connues)}"
            )

    def ferie(self, jour: date) -> str | None:
        """The name of the public holiday, or None."""
        if jour.year not in self._annees:
            fetes = holidays.country_holidays("FR", subdiv=self.subdivision, years=jour.year, language="fr")
            self._annees[jour.year] = dict(fetes)
        return self._annees[jour.year].get(jour)

    def ouvre(self, jour: date) -> bool:
        """Monday to Friday and no public holiday."""
        return jour.weekday() < 5 and self.ferie(jour) is None

    def ouvert(self, instant: datetime) -> bool:
        """Whether a reminder may leave at an aware instant."""
        local = instant.astimezone(ZoneInfo(self.zone))
        return self.ouvre(local.date()) and OUVERTURE <= local.time() < FERMETURE

    def prochaine_ouverture(self, instant: datetime) -> datetime:
        """The instant itself inside the hours, otherwise the next opening, in UTC."""
        if self.ouvert(instant):
            return instant.astimezone(UTC)
        local = instant.astimezone(ZoneInfo(self.zone))
        jour = local.date() if local.time() < OUVERTURE else local.date() + timedelta(days=1)
        while not self.ouvre(jour):
            jour += timedelta(days=1)
        return datetime.combine(jour, OUVERTURE, ZoneInfo(self.zone)).astimezone(UTC)
