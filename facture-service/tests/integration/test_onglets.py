"""Filters by lateness, dispute, due dates and tabs: the same sets on memory, SQLite and MariaDB."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from facture_service.application.consultation import Criteres, Onglet, Tri, compter
from facture_service.application.creer_avoir import DemandeAvoir
from facture_service.application.passer_ecart import MotifEcart
from facture_service.application.reprendre_factures import FactureReprise
from facture_service.domain.facture import Contenu, Facture, TypeDocument

JOUR = date(2026, 11, 20)
BROUILLON, LOIN, RETARD, PARTIELLE, DISPUTEE, PAYEE, AVOIREE, NULLE = (
    "brouillon", "loin", "retard", "partielle", "disputee", "payee", "avoiree", "nulle",
)  # fmt: skip


@pytest.fixture
def livre(monde: Any) -> dict[str, Any]:
    """One document of every kind that a tab may tell apart, by a name; `monde` beside them."""
    documents: dict[str, Any] = {"monde": monde}

    def emise(nom: str, jour: str, **contenu: Any) -> Facture:
        documents[nom] = monde.emise(jour=jour, **contenu)
        return documents[nom]

    documents[NULLE] = reprise_nulle(monde)
    emise(RETARD, "2026-09-01")
    partielle = emise(PARTIELLE, "2026-09-02", devise="USD")
    disputee = emise(DISPUTEE, "2026-10-10")
    payee = emise(PAYEE, "2026-10-11")
    avoiree = emise(AVOIREE, "2026-10-12")
    emise(LOIN, "2026-11-10")
    documents[BROUILLON] = monde.brouillon()
    monde.regler(partielle, 4000, "2026-10-20")
    monde.regler(payee, 24000, "2026-11-15")
    monde.cas.ouvrir_litige(disputee.id, "abîmée", date(2026, 11, 1))
    documents["avoir"] = monde.cas.creer_avoir(avoiree.id, DemandeAvoir("retour"))
    return documents


def reprise_nulle(monde: Any) -> Facture:
    """An invoice of nothing, paid since it was issued."""
    contenu = Contenu("c1", ())
    [repris] = monde.cas.reprendre([FactureReprise("R-1", contenu, date(2026, 1, 2), date(2026, 2, 2), 0)])
    return monde.cas.lectures.facture(repris.id)


def noms(livre: dict[str, Any], **criteres: Any) -> set[str]:
    """The names of what a list finds."""
    page = livre["monde"].cas.lectures.lister(Criteres(**{"jour": JOUR, "limite": 99, **criteres}))
    trouves = {a.id for a in page.elements}
    assert page.total == len(trouves)
    return {nom for nom, d in livre.items() if nom != "monde" and d.id in trouves}


TOUT = {BROUILLON, LOIN, RETARD, PARTIELLE, DISPUTEE, PAYEE, AVOIREE, NULLE, "avoir"}
ATTENDUS = {
    Onglet.TOUTES: TOUT,
    Onglet.BROUILLONS: {BROUILLON},
    Onglet.A_ECHOIR: {LOIN},
    Onglet.EN_RETARD: {RETARD, PARTIELLE, DISPUTEE},
    Onglet.PARTIELLES: {PARTIELLE},
    Onglet.LITIGE: {DISPUTEE},
    Onglet.PAYEES: {PAYEE, AVOIREE, NULLE},
    Onglet.AVOIRS: {"avoir"},
}


def test_each_tab_shows_what_its_name_says(livre: dict[str, Any]) -> None:
    """Every document is under `toutes`; drafts, credit notes, open and closed invoices share no tab."""
    assert {onglet: noms(livre, onglet=onglet) for onglet in Onglet} == ATTENDUS


@pytest.mark.parametrize(
    "filtres",
    [
        {},
        {"devise": "EUR"},
        {"ouverte": True},
        {"ouverte": True, "jour": date(2026, 11, 14)},
        {"ouverte": True, "jour": date(2026, 10, 1)},
        {"ouverte": True, "type": TypeDocument.AVOIR},
        {"en_retard": True},
        {"litige": False, "client_id": "c1"},
        {"q": "aucune"},
    ],
)
def test_counts_of_the_tabs_are_those_of_their_lists(livre: dict[str, Any], filtres: dict[str, Any]) -> None:
    """Number and sums per currency, whatever the other filters, today and on a past day."""
    lectures = livre["monde"].cas.lectures
    criteres = Criteres(**{"jour": JOUR, **filtres})
    comptes = compter(lectures.grouper(criteres))
    assert [c.onglet for c in comptes] == list(Onglet)
    for compte in comptes:
        page = lectures.lister(replace(criteres, onglet=compte.onglet))
        assert (compte.total, list(compte.totaux)) == (page.total, list(page.totaux)), compte.onglet


def test_tabs_of_a_past_day_are_those_of_that_day(livre: dict[str, Any]) -> None:
    """Before the payment and the dispute, and when fewer invoices were late."""
    avant = {"ouverte": True, "jour": date(2026, 10, 15)}
    assert noms(livre, onglet=Onglet.EN_RETARD, **avant) == {RETARD, PARTIELLE}
    assert noms(livre, onglet=Onglet.A_ECHOIR, **avant) == {DISPUTEE, PAYEE, AVOIREE}
    assert noms(livre, onglet=Onglet.PARTIELLES, **avant) == set()
    assert noms(livre, onglet=Onglet.LITIGE, **avant) == set()
    assert noms(livre, onglet=Onglet.LITIGE, ouverte=True, jour=date(2026, 11, 1)) == {DISPUTEE}


def test_late_and_not_late_share_the_whole(livre: dict[str, Any]) -> None:
    """Drafts and credit notes, which have no due date, are not late."""
    en_retard = noms(livre, en_retard=True)
    assert en_retard == ATTENDUS[Onglet.EN_RETARD]
    assert noms(livre, en_retard=False) == TOUT - en_retard


def test_disputed_and_not_disputed_share_the_whole(livre: dict[str, Any]) -> None:
    """On the day: a dispute closed yesterday is none today, and one ends with its last day."""
    monde = livre["monde"]
    assert noms(livre, litige=True) == {DISPUTEE}
    assert noms(livre, litige=False) == TOUT - {DISPUTEE}
    monde.cas.clore_litige(livre[DISPUTEE].id, date(2026, 11, 19))
    assert noms(livre, litige=True) == set()
    assert noms(livre, litige=True, jour=date(2026, 11, 19)) == {DISPUTEE}


def test_dispute_as_it_was_known(livre: dict[str, Any]) -> None:
    """Told today of a dispute since the 1st: on the 10th nobody knew; its end told today was not known either."""
    monde = livre["monde"]
    connu = monde.le("2026-11-20").clock.now()
    monde.le("2026-11-25")
    monde.cas.clore_litige(livre[DISPUTEE].id, date(2026, 11, 5))
    le_dix = {"ouverte": True, "jour": date(2026, 11, 10)}
    assert noms(livre, litige=True, **le_dix) == set()
    assert noms(livre, litige=True, connu_au=connu, **le_dix) == {DISPUTEE}
    tot = monde.le("2026-11-10").clock.now()
    assert noms(livre, litige=True, connu_au=tot, **le_dix) == set()


def test_due_dates_are_inclusive_on_both_sides(livre: dict[str, Any]) -> None:
    """Thirty days after the 1st of September is the 1st of October."""
    octobre = {"echue_du": date(2026, 10, 1), "echue_au": date(2026, 10, 2)}
    assert noms(livre, **octobre) == {RETARD, PARTIELLE}
    assert noms(livre, echue_du=date(2026, 10, 2), echue_au=date(2026, 10, 2)) == {PARTIELLE}
    assert noms(livre, echue_du=date(2026, 12, 10)) == {LOIN}
    assert noms(livre, echue_au=date(2026, 2, 2)) == {NULLE}


def test_ids_keep_what_they_name(livre: dict[str, Any]) -> None:
    """Unknown ones are passed over; none named is none found."""
    ids = [livre[RETARD].id, livre["avoir"].id, "inconnu"]
    assert noms(livre, ids=ids) == {RETARD, "avoir"}
    assert noms(livre, ids=[]) == set()


def test_lists_may_be_sorted_by_the_name_of_the_client(monde: Any) -> None:
    """Page by page, drafts without a known client first."""
    client = monde.clients.connus["c1"]
    for i, nom in enumerate(("Zoé", "abc", "Abc", "Éric")):
        monde.clients.connus[f"n{i}"] = replace(client, id=f"n{i}", nom_affiche=nom)
        monde.brouillon(client_id=f"n{i}")
    tri = (Tri("nom_client"), Tri("id"))
    vus: list[str] = []
    apres = None
    while len(vus) < 4:
        page = monde.cas.lectures.lister(Criteres(JOUR, tri=tri, limite=1, apres=apres))
        vus += [a.cles["nom_client"] for a in page.elements]
        apres = tuple(page.elements[-1].cles[c.name] for c in tri)
    assert vus == ["Abc", "Zoé", "abc", "Éric"]


def test_a_written_off_invoice_is_paid(livre: dict[str, Any]) -> None:
    """PAYEE means nothing left, whatever closed it."""
    monde = livre["monde"]
    monde.cas.passer_ecart(livre[RETARD].id, 24000, MotifEcart.PERTE)
    assert RETARD in noms(livre, onglet=Onglet.PAYEES)
    assert RETARD not in noms(livre, onglet=Onglet.EN_RETARD)
