"""DSO, months and weeks of the dashboard."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facture_service.domain.calendrier import derniers_mois, prochaines_semaines
from facture_service.domain.dso import dso_jours

JOURS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("creances", "facture", "jours"),
    [
        (2000000, 4500000, "40.0"),
        (5000, 73000, "6.2"),
        (1, 1800, "0.1"),
        (1, 1801, "0.0"),
        (0, 100, "0.0"),
        (300, 100, "270.0"),
    ],
)
def test_dso_against_figures_done_by_hand(creances: int, facture: int, jours: str) -> None:
    """20,000 owed on 45,000 invoiced in 90 days are 40 days; a half tenth rounds up."""
    assert dso_jours(creances, facture) == Decimal(jours)
    assert str(dso_jours(creances, facture)) == jours


def test_dso_of_a_year_is_that_of_the_treasurers() -> None:
    """50 owed on 730 invoiced in 365 days are 25 days."""
    assert dso_jours(50, 730, 365) == 25


@pytest.mark.parametrize("facture", [0, -100])
def test_no_turnover_has_no_dso(facture: int) -> None:
    """Nothing invoiced, or more credited than invoiced."""
    assert dso_jours(5000, facture) is None


@given(JOURS, st.integers(1, 36))
def test_months_follow_one_another_and_end_with_the_day(au: date, nombre: int) -> None:
    """No day is missing or counted twice."""
    mois = derniers_mois(au, nombre)
    assert (len(mois), mois[-1].au) == (nombre, au)
    assert all(m.du.day == 1 and m.nom == f"{m.du:%Y-%m}" for m in mois)
    assert all(b.du - a.au == timedelta(days=1) for a, b in pairwise(mois))


@given(JOURS, st.integers(1, 53))
def test_weeks_follow_one_another_and_begin_with_the_day(au: date, nombre: int) -> None:
    """Each ends on its Sunday and bears its ISO name."""
    semaines = prochaines_semaines(au, nombre)
    assert (len(semaines), semaines[0].du) == (nombre, au)
    for s in semaines:
        annee, semaine, jour = s.au.isocalendar()
        assert (s.nom, jour) == (f"{annee}-W{semaine:02d}", 7)
    assert all(b.du - a.au == timedelta(days=1) for a, b in pairwise(semaines))


def test_weeks_around_new_year() -> None:
    """The 31st of December 2026 is in week 53, which ends in January."""
    noms = [(s.nom, s.du, s.au) for s in prochaines_semaines(date(2026, 12, 31), 2)]
    assert noms == [
        ("2026-W53", date(2026, 12, 31), date(2027, 1, 3)),
        ("2027-W01", date(2027, 1, 4), date(2027, 1, 10)),
    ]
