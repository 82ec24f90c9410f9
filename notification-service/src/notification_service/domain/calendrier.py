"""When reminders fired by the clock may leave: 09:00 to 18:00 of French working days, Paris time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays

_PARIS = "Europe/Paris"
_OUVERTURE, _FERMETURE = time(9), time(18)


def prochaine_ouverture(instant: datetime) -> datetime:
    """`instant` when it lies in working hours, else the next opening, in UTC."""
    local = instant.astimezone(ZoneInfo(_PARIS))
    if _ouvre(local) and _OUVERTURE <= local.time() < _FERMETURE:
        return instant
    jour = local if local.time() < _OUVERTURE else local + timedelta(days=1)
    while not _ouvre(jour):
        jour += timedelta(days=1)
    return datetime.combine(jour.date(), _OUVERTURE, ZoneInfo(_PARIS)).astimezone(UTC)


def jour_local(instant: datetime) -> date:
    """The day in Paris at an instant."""
    return instant.astimezone(ZoneInfo(_PARIS)).date()


def _ouvre(jour: datetime) -> bool:
    return jour.weekday() < 5 and jour.date() not in country_holidays("FR", years=jour.year)
