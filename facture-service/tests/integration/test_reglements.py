"""Settlements: once per allocation, never above the balance, cancelled by negative rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from facture_service.domain import erreurs as e
from facture_service.domain.reglement import DemandeReglement


def annuler(monde: Any, facture: Any, affectation_id: str, montant: int | None = None) -> Any:
    """A cancellation dated today."""
    return monde.cas.annuler_reglement(facture.id, affectation_id, date(2026, 11, 20), "rejet", montant)


def test_settlement_takes_off_the_balance(monde: Any) -> None:
    """Part of it, then the rest: PARTIELLE, then PAYEE."""
    facture = monde.emise()
    assert monde.regler(facture, 10000).reste_centimes == 14000
    assert monde.apercu(facture)["statut_reglement"] == "PARTIELLE"
    assert monde.regler(facture, 14000).reste_centimes == 0
    assert monde.apercu(facture)["statut_reglement"] == "PAYEE"


def test_same_allocation_again_changes_nothing(monde: Any) -> None:
    """The second call is told what the first did."""
    facture = monde.emise()
    premier = monde.regler(facture, 10000, affectation_id="a1")
    second = monde.regler(facture, 10000, affectation_id="a1")
    assert (premier.cree, second.cree) == (True, False)
    assert (second.montant_affecte_centimes, second.reste_centimes) == (10000, 14000)


def test_same_allocation_with_another_content_is_refused(monde: Any) -> None:
    """Another amount, date or invoice under the same id is a conflict."""
    facture, autre = monde.emise(), monde.emise()
    monde.regler(facture, 10000, affectation_id="a1")
    for refuse in (
        lambda: monde.regler(facture, 9999, affectation_id="a1"),
        lambda: monde.regler(facture, 10000, "2026-11-19", affectation_id="a1"),
        lambda: monde.regler(autre, 10000, affectation_id="a1"),
    ):
        with pytest.raises(e.ReglementDifferentError):
            refuse()


def test_too_much_is_refused_with_the_balance(monde: Any) -> None:
    """The refusal says what could be taken."""
    facture = monde.emise()
    with pytest.raises(e.ResteInsuffisantError) as refus:
        monde.regler(facture, 24001)
    assert refus.value.faits == {"reste_centimes": 24000}


def test_capped_settlement_takes_what_there_is(monde: Any) -> None:
    """With `plafonner` the answer says how much; asked again, the same."""
    facture = monde.emise()
    for _ in range(2):
        pris = monde.regler(facture, 30000, affectation_id="a1", plafonner=True)
        assert (pris.montant_affecte_centimes, pris.reste_centimes) == (24000, 0)


def test_draft_takes_no_settlement(monde: Any) -> None:
    """Nothing is due before the issue."""
    with pytest.raises(e.FactureNonEmiseError):
        monde.regler(monde.brouillon(), 1)


def test_future_settlement_is_refused(monde: Any) -> None:
    """Money of tomorrow has not come."""
    with pytest.raises(e.ChampInvalideError):
        monde.regler(monde.emise(), 1, "2026-11-21")


def test_cancelled_settlement_reopens_the_invoice_with_its_due_date(monde: Any) -> None:
    """Cancelled in part, then whole; then nothing is left to cancel."""
    facture = monde.emise(jour="2026-10-01")
    monde.regler(facture, 24000, affectation_id="a1")
    assert annuler(monde, facture, "a1", 4000).reste_centimes == 4000
    fin = annuler(monde, facture, "a1")
    assert (fin.montant_annule_centimes, fin.reste_centimes, fin.montant_affecte_centimes) == (
        20000,
        24000,
        0,
    )
    assert annuler(monde, facture, "a1").montant_annule_centimes == 0
    vue = monde.apercu(facture)
    assert (vue["reste_centimes"], vue["date_echeance"], vue["jours_retard"]) == (24000, "2026-10-31", 20)


def test_cancelling_more_than_is_left_is_refused(monde: Any) -> None:
    """The refusal says what is still settled."""
    facture = monde.emise()
    monde.regler(facture, 100, affectation_id="a1")
    with pytest.raises(e.AnnulationSuperieureError):
        annuler(monde, facture, "a1", 101)


def test_settlement_cancelled_before_it_came_is_refused_for_ever(monde: Any) -> None:
    """The tombstone of an unknown allocation stops the late one, also after a second cancellation."""
    facture = monde.emise()
    for _ in range(2):
        assert annuler(monde, facture, "a1").montant_annule_centimes == 0
    with pytest.raises(e.ReglementAnnuleError):
        monde.regler(facture, 100, affectation_id="a1")
    assert monde.apercu(facture)["reste_centimes"] == 24000


def test_settlement_cancelled_whole_does_not_come_back(monde: Any) -> None:
    """A late retry of a cancelled settlement takes no money."""
    facture = monde.emise()
    monde.regler(facture, 100, affectation_id="a1")
    annuler(monde, facture, "a1")
    with pytest.raises(e.ReglementAnnuleError):
        monde.regler(facture, 100, affectation_id="a1")


def test_cancellation_on_another_invoice_is_refused(monde: Any) -> None:
    """An allocation belongs to one invoice."""
    facture, autre = monde.emise(), monde.emise()
    monde.regler(facture, 100, affectation_id="a1")
    with pytest.raises(e.ReglementDifferentError):
        annuler(monde, autre, "a1")


def test_lot_judges_each_settlement_by_itself(monde: Any) -> None:
    """A refusal in the middle does not undo its neighbours, and the balance is never passed."""
    facture = monde.emise()
    jour = date(2026, 11, 20)
    demandes = [
        (facture.id, DemandeReglement("a1", "p1", 20000, jour)),
        ("inconnue", DemandeReglement("a2", "p1", 1, jour)),
        (facture.id, DemandeReglement("a3", "p1", 5000, jour)),
        (facture.id, DemandeReglement("a4", "p1", 4000, jour)),
    ]
    resultats = monde.cas.regler_par_lot(demandes)
    refus = [type(r.refus).__name__ for r in resultats]
    assert refus == ["NoneType", "FactureIntrouvableError", "ResteInsuffisantError", "NoneType"]
    assert monde.apercu(facture)["reste_centimes"] == 0
    assert list(monde.cas.lectures.controler().violations) == []
