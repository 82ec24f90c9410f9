"""Taking over issued invoices: in bulk, once, judged one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from facture_service.application.reprendre_factures import FactureReprise, LitigeRepris
from facture_service.domain import erreurs as e
from facture_service.domain.facture import Contenu


def reprise(reference: str = "0000611365", **autres: Any) -> FactureReprise:
    """An invoice of another system, without lines."""
    return FactureReprise(
        **{
            "reference": reference,
            "contenu": Contenu("c1", ()),
            "date_emission": date(2026, 10, 1),
            "date_echeance": date(2026, 10, 31),
            "total_ttc_centimes": 5594,
            **autres,
        }
    )


def etats(resultats: Any) -> list[tuple[str, list[str]]]:
    """(state, codes) of each item."""
    return [(r.etat.value, [erreur.code for erreur in r.erreurs]) for r in resultats]


def test_invoice_is_taken_over_under_its_own_number(monde: Any) -> None:
    """Leading zeros stay; without lines, HT and VAT are unknown."""
    [resultat] = monde.cas.reprendre([reprise()])
    vue = monde.apercu(resultat)
    assert (vue["numero"], vue["serie"], vue["total_ht_centimes"]) == ("0000611365", None, None)
    assert (vue["total_ttc_centimes"], vue["reste_centimes"], vue["jours_retard"]) == (5594, 5594, 20)
    assert vue["client"]["nom_affiche"] == "Boulangerie Hélène"


def test_second_take_over_changes_nothing(monde: Any) -> None:
    """The same items again are known, in the same lot too."""
    premier = monde.cas.reprendre([reprise(), reprise("2"), reprise("2")])
    second = monde.cas.reprendre([reprise(), reprise("2")])
    assert [e for e, _ in etats(premier)] == ["CREEE", "CREEE", "DEJA_CONNUE"]
    assert [e for e, _ in etats(second)] == ["DEJA_CONNUE", "DEJA_CONNUE"]
    assert [r.id for r in second] == [premier[0].id, premier[1].id]


@pytest.mark.parametrize(
    "change",
    [
        {"total_ttc_centimes": 5595},
        {"date_emission": date(2026, 10, 2)},
        {"contenu": Contenu("c2", ())},
        {"contenu": Contenu("c1", (), "USD")},
    ],
)
def test_known_number_with_another_content_is_refused(monde: Any, change: Any) -> None:
    """A number names one invoice."""
    monde.clients.connus["c2"] = replace(monde.clients.connus["c1"], id="c2")
    monde.cas.reprendre([reprise()])
    assert etats(monde.cas.reprendre([reprise(**change)])) == [("REFUSEE", ["reference-connue-differente"])]


def test_bad_items_are_refused_one_by_one(monde: Any) -> None:
    """Every reason of an item at once; the good ones go through."""
    mauvaise = reprise(
        "FA-2026-000009",
        date_emission=date(2026, 12, 1),
        contenu=Contenu("inconnu", ()),
        date_echeance=date(2026, 1, 1),
    )
    resultats = monde.cas.reprendre([mauvaise, reprise("a b"), reprise("bonne")])
    assert etats(resultats) == [
        ("REFUSEE", ["numero-reserve", "date-future", "date-avant-emission", "client-inconnu"]),
        ("REFUSEE", ["numero-invalide"]),
        ("CREEE", []),
    ]


def test_lines_must_give_the_announced_total(monde: Any) -> None:
    """With lines, HT and VAT are known and the total is checked."""
    contenu = Contenu("c1", (monde.ligne(),))
    faux, juste = monde.cas.reprendre(
        [reprise("1", contenu=contenu), reprise("2", contenu=contenu, total_ttc_centimes=24000)]
    )
    assert etats([faux]) == [("REFUSEE", ["total-different"])]
    assert monde.apercu(juste)["total_tva_centimes"] == 4000


def test_dispute_comes_with_the_invoice_and_is_not_compared(monde: Any) -> None:
    """A dispute from the issue date on; the item without it is still the same invoice."""
    item = reprise(litige=LitigeRepris("Contestée", date(2026, 10, 1)))
    [resultat] = monde.cas.reprendre([item])
    assert monde.apercu(resultat)["litige"]["depuis"] == date(2026, 10, 1)
    assert etats(monde.cas.reprendre([reprise()])) == [("DEJA_CONNUE", [])]


def test_nothing_is_taken_over_while_client_service_is_out(monde: Any) -> None:
    """Half a lot would be worse than none."""
    monde.clients.indisponible = True
    with pytest.raises(e.ClientServiceIndisponibleError):
        monde.cas.reprendre([reprise()])


def test_take_over_of_500_is_in_the_ledger(monde: Any) -> None:
    """A whole lot, its settlements by lot, and the checks find nothing."""
    from facture_service.domain.reglement import DemandeReglement

    lot = monde.cas.reprendre([reprise(f"{rang:010}") for rang in range(500)])
    demandes = [(r.id, DemandeReglement(f"a{r.id[:34]}", "p", 5594, date(2026, 10, 15))) for r in lot]
    assert all(r.reglement for r in monde.cas.regler_par_lot(demandes))
    assert monde.cas.lectures.controler().violations == [] or not monde.cas.lectures.controler().violations
    assert monde.cas.lectures.balance_agee(date(2026, 10, 15)) == []
    assert monde.cas.lectures.balance_agee(date(2026, 10, 14))[0].total_centimes == 500 * 5594
