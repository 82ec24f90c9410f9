"""Past dates: the same answers for the same past day, on memory, SQLite and MariaDB."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from facture_service.application.consultation import Criteres, Tri
from facture_service.application.creer_avoir import DemandeAvoir
from facture_service.application.passer_ecart import MotifEcart
from facture_service.domain import erreurs as e
from facture_service.domain.facture import TypeDocument
from facture_service.domain.situation import StatutDocument, StatutReglement

JOUR = date(2026, 11, 20)


def lister(monde: Any, **criteres: Any) -> Any:
    """A list as of today unless told otherwise."""
    return monde.cas.lectures.lister(Criteres(**{"jour": JOUR, **criteres}))


def numeros(page: Any) -> list[str | None]:
    """Numbers of a page, in order."""
    return [a.cles["numero"] for a in page.elements]


def ouvertes(monde: Any, jour: str, **criteres: Any) -> list[str | None]:
    """Numbers open on a day."""
    return numeros(lister(monde, jour=date.fromisoformat(jour), ouverte=True, **criteres))


def test_view_of_a_past_day_ignores_what_came_later(monde: Any) -> None:
    """Issue, settlement, cancellation, write-off and credit note each count from their own date on."""
    monde.le("2026-01-10")
    facture = monde.emise()
    monde.regler(facture, 4000, "2026-01-10", affectation_id="a1")
    monde.le("2026-02-20")
    monde.cas.annuler_reglement(facture.id, "a1", date(2026, 2, 15), "rejet", 1000)
    monde.cas.passer_ecart(facture.id, 50, MotifEcart.FRAIS_BANCAIRES)
    monde.le("2026-03-05")
    monde.cas.creer_avoir(facture.id, DemandeAvoir("a"))

    def reste(jour: str) -> int:
        apercu = monde.cas.lectures.apercu_au(facture.id, date.fromisoformat(jour))
        return int(apercu.figures.soldes.reste_centimes)

    jours = ("2026-01-10", "2026-02-14", "2026-02-15", "2026-02-20", "2026-03-04", "2026-03-05")
    assert [reste(jour) for jour in jours] == [20000, 20000, 21000, 20950, 20950, 0]
    with pytest.raises(e.PasEncoreEmiseError):
        reste("2026-01-09")


def test_view_as_known_ignores_what_was_recorded_later(monde: Any) -> None:
    """A payment dated the 10th but recorded the 15th was not known on the 12th."""
    facture = monde.le("2026-11-01").emise()
    connu = monde.le("2026-11-12").clock.now()
    monde.le("2026-11-15").regler(facture, 24000, "2026-11-10")
    lectures, au = monde.cas.lectures, date(2026, 11, 11)
    assert lectures.apercu_au(facture.id, au).figures.soldes.reste_centimes == 0
    assert lectures.apercu_au(facture.id, au, connu).figures.soldes.reste_centimes == 24000
    assert lister(monde, jour=au, ouverte=True, connu_au=connu).total == 1
    assert lectures.balance_agee(au, None, connu)[0].total_centimes == 24000
    assert lectures.balance_agee(au) == []


def test_invoice_recorded_later_was_not_known(monde: Any) -> None:
    """`connu_au` before the issue was recorded: the invoice did not exist for us."""
    connu = monde.le("2026-11-19").clock.now()
    monde.le("2026-11-20")
    facture = monde.emise(jour="2026-11-01")
    with pytest.raises(e.PasEncoreEmiseError):
        monde.cas.lectures.apercu_au(facture.id, date(2026, 11, 20), connu)


def test_late_from_the_day_after_the_due_date(monde: Any) -> None:
    """Due on the 20th of December is not late on the 20th."""
    facture = monde.emise()

    def retard(jour: date) -> int:
        from facture_service.adapters.vues import situation_de

        return situation_de(monde.cas.lectures.apercu_au(facture.id, jour)).jours_retard

    assert [retard(date(2026, 12, jour)) for jour in (19, 20, 21, 31)] == [0, 0, 1, 11]


def test_open_on_a_day(monde: Any) -> None:
    """Issued that day counts, paid that day does not, a credit note never does."""
    a = monde.emise(jour="2026-11-01")
    b = monde.emise(jour="2026-11-10")
    monde.regler(a, 24000, "2026-11-10")
    monde.cas.creer_avoir(b.id, DemandeAvoir("x", montant_ttc_centimes=100))
    monde.brouillon()
    assert ouvertes(monde, "2026-10-31") == []
    assert ouvertes(monde, "2026-11-09") == ["FA-2026-000001"]
    assert ouvertes(monde, "2026-11-10") == ["FA-2026-000002"]
    assert lister(monde, ouverte=True, jour=date(2026, 11, 9)).totaux[0].reste_centimes == 24000
    assert lister(monde, ouverte=True).totaux[0].reste_centimes == 23900


def test_open_filters_look_at_the_day(monde: Any) -> None:
    """`statut_reglement` with `ouverte_au` is the status of that day."""
    facture = monde.emise(jour="2026-11-01")
    monde.regler(facture, 100, "2026-11-10")
    partielle = {"statut_reglement": StatutReglement.PARTIELLE}
    assert ouvertes(monde, "2026-11-09", **partielle) == []
    assert ouvertes(monde, "2026-11-10", **partielle) == ["FA-2026-000001"]


def test_filters_of_the_list(monde: Any) -> None:
    """Each filter keeps what it names, and sums are those of the whole filtered set."""
    petite = monde.emise(monde.ligne("1.00"), jour="2026-11-01", numero_commande="CMD-É7")
    grande = monde.emise(jour="2026-11-10", devise="USD")
    avoir = monde.cas.creer_avoir(petite.id, DemandeAvoir("x"))
    monde.brouillon(reference_externe="BC 100%")
    assert lister(monde).total == 4
    assert numeros(lister(monde, type=TypeDocument.AVOIR)) == [avoir.emission.numero]
    assert numeros(lister(monde, statut_document=StatutDocument.BROUILLON)) == [None]
    assert numeros(lister(monde, statut_document=StatutDocument.AVOIREE_TOTALE)) == ["FA-2026-000001"]
    assert lister(monde, statut_reglement=StatutReglement.NON_PAYEE).total == 2
    assert numeros(lister(monde, emise_du=date(2026, 11, 2), emise_au=date(2026, 11, 10))) == [
        "FA-2026-000002"
    ]
    assert lister(monde, echue_avant=date(2026, 12, 2)).total == 1
    assert lister(monde, echue_avant=date(2026, 12, 1)).total == 0
    assert lister(monde, montant_min_centimes=120, montant_max_centimes=120).total == 2
    assert numeros(lister(monde, devise="USD")) == [grande.emission.numero]
    assert numeros(lister(monde, q="cmd-e7"))[-1] == "FA-2026-000001"
    assert lister(monde, q="boulangerie helene").total == 4
    assert lister(monde, q="100%").total == 1
    assert lister(monde, q="100_").total == 0
    assert lister(monde, client_id="autre").total == 0
    [total] = lister(monde, devise="EUR", emise_du=date(2026, 1, 1)).totaux
    assert (total.total_ttc_centimes, total.reste_centimes) == (0, 0)


def test_a_ligature_is_two_letters(monde: Any) -> None:
    """`coeur` finds `Cœur` and the reverse."""
    monde.brouillon(numero_commande="Bon Cœur")
    monde.brouillon(numero_commande="BON COEUR")
    monde.brouillon()
    assert [lister(monde, q=q).total for q in ("coeur", "CŒUR", "bon cœur")] == [2, 2, 2]


@pytest.mark.parametrize("champ", ["date_emission", "numero", "reste_centimes", "cree_le", "client_id"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_each_other_without_loss_or_double(monde: Any, champ: str, descending: bool) -> None:
    """Walking by pages of two gives every document once, drafts included."""
    for jour in ("2026-11-01", "2026-11-01", "2026-11-05"):
        monde.emise(jour=jour)
    monde.brouillon()
    monde.brouillon()
    tri = (Tri(champ, descending), Tri("id", descending))
    vus: list[str] = []
    apres = None
    while True:
        page = lister(monde, tri=tri, limite=2, apres=apres)
        if not page.elements:
            break
        vus += [a.id for a in page.elements]
        apres = tuple(page.elements[-1].cles[cle.name] for cle in tri)
    assert sorted(vus) == sorted({a.id for a in lister(monde).elements})
    assert len(vus) == 5


def test_aged_balance_puts_each_invoice_in_its_column(monde: Any) -> None:
    """Not due, then 30, 31, 60, 61, 90 and 91 days late."""
    echeances = {0: "non_echu", 1: "de_1_a_30", 30: "de_1_a_30", 31: "de_31_a_60", 60: "de_31_a_60"}
    echeances |= {61: "de_61_a_90", 90: "de_61_a_90", 91: "plus_de_90", 400: "plus_de_90"}
    au = date(2026, 11, 20)
    for retard in sorted(echeances, reverse=True):
        monde.emise(jour=(au - timedelta(days=retard + 30)).isoformat())
    [ligne] = monde.cas.lectures.balance_agee(au)
    attendu: dict[str, int] = {}
    for colonne in echeances.values():
        attendu[colonne] = attendu.get(colonne, 0) + 24000
    assert {nom: getattr(ligne, f"{nom}_centimes") for nom in attendu} == attendu
    assert ligne.total_centimes == 9 * 24000
    assert ligne.nom == "Boulangerie Hélène"


def test_aged_balance_of_a_past_day_is_the_same_later(monde: Any) -> None:
    """Payments made after the day do not change it."""
    au = date(2026, 11, 15)
    facture = monde.emise(jour="2026-10-01")
    monde.regler(facture, 4000, "2026-11-15")
    avant = monde.cas.lectures.balance_agee(au)
    monde.regler(facture, 20000, "2026-11-16")
    monde.emise(jour="2026-11-16", devise="USD")
    assert monde.cas.lectures.balance_agee(au) == avant
    assert avant[0].de_1_a_30_centimes == 20000
    assert [ligne.devise for ligne in monde.cas.lectures.balance_agee(JOUR)] == ["USD"]
    assert monde.cas.lectures.balance_agee(JOUR, "autre") == []
