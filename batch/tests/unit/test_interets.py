"""Statutory interest, against published figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from batch.adapters.taux import lire_taux
from batch.domain.interets import Mouvement, Semestre, TableDesTaux, TypeClient, interets

TAUX = lire_taux()


def du(montant: int, echeance: str, paye: str, type_client: TypeClient = TypeClient.ENTREPRISE) -> int | None:
    jours = date.fromisoformat(echeance), date.fromisoformat(paye)
    return interets(montant, *jours, type_client, TAUX).centimes


def test_one_half_year() -> None:
    """10,000 at 12.15 % for 30 days: 99.86."""
    assert du(1_000_000, "2025-07-31", "2025-08-30") == 9986


def test_two_half_years_are_rounded_each() -> None:
    """5,000 due 2025-05-31, paid 2025-08-29: 54.04 at 13.15 % and 99.86 at 12.15 %, not 162.12."""
    assert du(500_000, "2025-05-31", "2025-08-29") == 15390


def test_public_buyer_keeps_the_first_rate() -> None:
    """ECB + 8, of the half-year in which interest began: 90 days at 11.15 %."""
    assert du(500_000, "2025-05-31", "2025-08-29", TypeClient.PUBLIC) == 13747


def test_consumer_owes_none() -> None:
    """Not even with a rate at hand."""
    assert du(500_000, "2025-05-31", "2025-08-29", TypeClient.PARTICULIER) == 0


def test_nothing_on_the_due_date() -> None:
    """Interest begins the day after."""
    assert du(500_000, "2025-05-31", "2025-05-31") == 0


def test_ten_percent_for_thirty_days() -> None:
    """5,000 at 10 % for 30 days: 41.10."""
    table = TableDesTaux({Semestre(2025, 1): Decimal(0)})
    fin = date(2025, 1, 31) + timedelta(days=30)

    assert interets(500_000, date(2025, 1, 31), fin, TypeClient.ENTREPRISE, table).centimes == 4110


def test_missing_half_year_is_refused() -> None:
    """2026 H2 is not in the table: no amount, and it is named."""
    obtenus = interets(500_000, date(2026, 6, 1), date(2026, 7, 2), TypeClient.ENTREPRISE, TAUX)

    assert (obtenus.centimes, obtenus.semestres_manquants) == (None, (Semestre(2026, 2),))


def regle(jour: str, centimes: int) -> Mouvement:
    return Mouvement(date.fromisoformat(jour), centimes)


def test_what_accrued_before_a_part_payment_stays() -> None:
    """5,000 due 2025-05-31, 4,000 paid 2025-06-30: 30 days on 5,000 at 13.15 %, 70 on 1,000 at 12.15 %."""
    obtenus = interets(
        100_000,
        date(2025, 5, 31),
        date(2025, 9, 8),
        TypeClient.ENTREPRISE,
        TAUX,
        [regle("2025-06-30", 400_000)],
    )

    assert obtenus.centimes == 7734


def test_several_movements_each_count_from_the_day_after() -> None:
    """Paid in the middle of a half-year, taken back ten days later: every stretch has its own balance."""
    mouvements = [regle("2025-08-10", 200_000), regle("2025-08-20", -200_000), regle("2025-08-25", 100_000)]

    obtenus = interets(400_000, date(2025, 7, 31), date(2025, 8, 30), TypeClient.ENTREPRISE, TAUX, mouvements)

    # 5,000 x 10 d, 3,000 x 10 d, 5,000 x 5 d, 4,000 x 5 d, all at 12.15 %.
    assert obtenus.centimes == 1664 + 999 + 832 + 666


def test_movements_before_the_due_date_only_lower_the_sum() -> None:
    """What was paid in time bears nothing; what is dated after the reference date is not known yet."""
    mouvements = [regle("2025-05-01", 400_000), regle("2025-10-01", 50_000)]

    obtenus = interets(100_000, date(2025, 7, 31), date(2025, 8, 30), TypeClient.ENTREPRISE, TAUX, mouvements)

    assert obtenus.centimes == 999


def test_public_buyer_keeps_the_first_rate_on_what_was_unpaid() -> None:
    """11.15 % throughout: 30 days on 5,000 and 70 on 1,000."""
    obtenus = interets(
        100_000, date(2025, 5, 31), date(2025, 9, 8), TypeClient.PUBLIC, TAUX, [regle("2025-06-30", 400_000)]
    )

    assert obtenus.centimes == 4582 + 2138


def test_a_half_year_in_which_nothing_was_owed_needs_no_rate() -> None:
    """Settled before the unknown half-year began, reopened at its end: only the first is charged."""
    mouvements = [regle("2026-06-30", 500_000), regle("2026-07-10", -500_000)]

    obtenus = interets(500_000, date(2026, 6, 20), date(2026, 7, 10), TypeClient.ENTREPRISE, TAUX, mouvements)

    assert (obtenus.centimes, obtenus.semestres_manquants) == (1664, ())
