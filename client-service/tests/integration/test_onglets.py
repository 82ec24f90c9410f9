"""Tabs, counts and possible duplicates, on every store of clients."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from client_service.application.consultation import Criteres, OngletClients
from client_service.application.creer_client import CreerClient
from client_service.application.doublons import Indices, MotifDoublon
from client_service.application.modifier_client import ArchiverClient, ModifierClient
from client_service.application.retoucher_client import EtatRetouche, RetoucherClient
from client_service.domain.client import Adresse, Client, FicheClient, Suspension, TypeClient
from client_service.domain.erreurs import ClientIntrouvableError
from ressort.clock import FixedClock
from ressort.flask.paging import PageRequest, SortKey

CLOCK = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
JOUR = CLOCK.today()
NUMEROS = count()
LYON = Adresse("1 rue X", "Lyon", "69001")


def creer(magasin: Any, raison: str, archive: bool = False, **champs: Any) -> Client:
    """A stored company without SIREN nor e-mail, with some fields."""
    fiche = FicheClient(**{"type": TypeClient.ENTREPRISE, "raison_sociale": raison, **champs})
    client = CreerClient(magasin, lambda: f"id-{next(NUMEROS):04}", CLOCK)(fiche)
    return ArchiverClient(magasin, CLOCK)(client.id, True, lambda _: None) if archive else client


def noms(magasin: Any, onglet: OngletClients, jour: date = JOUR) -> list[str]:
    """The names under a tab."""
    demande = PageRequest(50, (SortKey("nom_affiche"), SortKey("id")))
    trouves = magasin.page(Criteres(jour=jour, onglet=onglet), demande)
    assert trouves.total == len(trouves.clients)
    return [client.fiche.nom_affiche for client in trouves.clients]


@pytest.fixture
def garni(magasin: Any) -> Any:
    """Clients of every kind that a tab tells apart; each name says what it is."""
    complet = {"siren": "732829320", "email": "a@exemple.fr"}
    creer(magasin, "Complet", **complet)
    creer(magasin, "Archivé", archive=True, suspension=Suspension("x"))
    creer(magasin, "Sans rien", adresse=LYON)
    creer(magasin, "Public", type=TypeClient.PUBLIC, email="b@exemple.fr")
    creer(magasin, "Belge", email="c@exemple.fr", adresse=Adresse("1 rue X", "Bruxelles", "1000", pays="BE"))
    creer(magasin, "", type=TypeClient.PARTICULIER, nom="Personne", email="d@exemple.fr")
    creer(magasin, "Suspendu", siret="35600000049837", email="e@exemple.fr", suspension=Suspension("litige"))
    aujourdhui = Suspension("congés", JOUR)
    creer(magasin, "Jusqu'à ce soir", siret="73282932000074", email="f@exemple.fr", suspension=aujourdhui)
    hier = Suspension("congés", JOUR - timedelta(days=1))
    creer(magasin, "Repris", siren="552100554", email="g@exemple.fr", suspension=hier)
    return magasin


def test_each_tab_shows_its_clients(garni: Any) -> None:
    """A consumer and a company abroad need no SIREN; the last day of a suspension counts."""
    assert len(noms(garni, OngletClients.TOUS)) == 9
    assert len(noms(garni, OngletClients.ACTIFS)) == 8
    assert noms(garni, OngletClients.SUSPENDUS) == ["Jusqu'à ce soir", "Suspendu"]
    assert noms(garni, OngletClients.SANS_COURRIEL) == ["Sans rien"]
    assert noms(garni, OngletClients.SANS_SIREN) == ["Public", "Sans rien"]
    assert noms(garni, OngletClients.ARCHIVES) == ["Archivé"]


def test_a_suspension_is_over_the_day_after(garni: Any) -> None:
    """The tab is of a day."""
    assert noms(garni, OngletClients.SUSPENDUS, JOUR + timedelta(days=1)) == ["Suspendu"]


@pytest.mark.parametrize(
    "filtres", [{}, {"q": "su"}, {"type": TypeClient.PUBLIC}, {"q": "personne de ce nom"}]
)
def test_the_counts_are_those_of_the_tabs(garni: Any, filtres: dict[str, Any]) -> None:
    """Under the same other filters, whatever tab is open, in the order of the tabs; none is zero."""
    demande = PageRequest(1, (SortKey("id"),))
    comptes = garni.compteurs(Criteres(jour=JOUR, onglet=OngletClients.ARCHIVES, **filtres))
    assert [compte.onglet for compte in comptes] == list(OngletClients)
    for compte in comptes:
        assert compte.total == garni.page(Criteres(jour=JOUR, onglet=compte.onglet, **filtres), demande).total


def test_nothing_is_counted_where_nobody_asks(garni: Any) -> None:
    """The later pages of an export."""
    demande = PageRequest(3, (SortKey("id"),))
    trouves = garni.page(Criteres(jour=JOUR), demande, compter=False)
    assert (len(trouves.clients), trouves.total) == (4, 0)


def test_tabs_follow_a_change(magasin: Any) -> None:
    """What is drawn from the record is drawn again at each write."""
    client = creer(magasin, "X", suspension=Suspension("x"))
    neuf = replace(client.fiche, siren="732829320", email="a@exemple.fr", suspension=None)
    ModifierClient(magasin, CLOCK)(client.id, lambda _: neuf, lambda _: None)
    for onglet in (OngletClients.SUSPENDUS, OngletClients.SANS_COURRIEL, OngletClients.SANS_SIREN):
        assert noms(magasin, onglet) == []


@pytest.mark.parametrize("jusqu_au", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_days(magasin: Any, jusqu_au: date) -> None:
    """On every database."""
    client = creer(magasin, "X", suspension=Suspension("x", jusqu_au))
    assert magasin.client(client.id) == client
    assert noms(magasin, OngletClients.SUSPENDUS) == (["X"] if jusqu_au.year == 9999 else [])


def motifs(
    magasin: Any, sauf: str | None = None, limite: int = 10, **typed: str
) -> list[tuple[str, MotifDoublon]]:
    """Names and reasons of the possible duplicates."""
    trouves = magasin.doublons(Indices.de(**typed), sauf, limite)
    return [(doublon.client.fiche.nom_affiche, doublon.motif) for doublon in trouves]


def test_possible_duplicates_come_with_their_reason_the_surest_first(magasin: Any) -> None:
    """Each client once, archived ones too."""
    creer(magasin, "Même établissement", siret="73282932000074")
    creer(magasin, "Même entreprise", siren="732829320", archive=True)
    creer(magasin, "S.A.R.L. Moulins Réunis")
    creer(magasin, "Même boîte", email="Compta@Moulins.example")
    creer(magasin, "Autre", siren="552100554", email="autre@moulins.example")
    typed = {"siret": "732 829 320 00074", "nom": "moulins réunis", "email": "compta@moulins.EXAMPLE"}
    assert motifs(magasin, **typed) == [
        ("Même établissement", MotifDoublon.SIRET),
        ("Même entreprise", MotifDoublon.SIREN),
        ("S.A.R.L. Moulins Réunis", MotifDoublon.NOM),
        ("Même boîte", MotifDoublon.COURRIEL),
    ]
    assert len(motifs(magasin, limite=2, **typed)) == 2


def test_a_client_is_no_duplicate_of_itself(magasin: Any) -> None:
    """`sauf` is the one being changed."""
    client = creer(magasin, "Moulins", siren="732829320")
    assert motifs(magasin, siren="732829320") == [("Moulins", MotifDoublon.SIREN)]
    assert motifs(magasin, sauf=client.id, siren="732829320") == []


@pytest.mark.parametrize(
    "typed", [{}, {"siren": "73282932"}, {"nom": "!"}, {"email": "compta"}, {"siret": "x" * 999}]
)
def test_half_typed_is_like_nothing(magasin: Any, typed: dict[str, str]) -> None:
    """Neither an error nor a client without the value."""
    creer(magasin, "Moulins")
    assert motifs(magasin, **typed) == []


def test_one_thing_is_changed_in_many(magasin: Any) -> None:
    """In the order given, a repeated one once, an unknown one refused by itself."""
    a, b = creer(magasin, "A"), creer(magasin, "B", politique_relance="douce")
    issues = RetoucherClient(magasin, CLOCK).par_lot(
        [b.id, "nobody", a.id, b.id], lambda fiche: replace(fiche, politique_relance="douce")
    )
    assert [(i.id, i.etat, i.code) for i in issues] == [
        (b.id, EtatRetouche.FAIT, None),
        ("nobody", EtatRetouche.REFUSE, "client-introuvable"),
        (a.id, EtatRetouche.FAIT, None),
        (b.id, EtatRetouche.FAIT, None),
    ]
    assert [magasin.client(i).version for i in (a.id, b.id)] == [2, 1]
    assert magasin.client(a.id).fiche.politique_relance == "douce"


def test_what_is_not_touched_is_not_judged_again(magasin: Any) -> None:
    """A record that was stored under older rules can still be suspended."""
    client = creer(magasin, "A")
    with magasin.transaction() as ecriture:
        ecriture.remplacer(replace(client, fiche=replace(client.fiche, telephone="12")))
    retouche = RetoucherClient(magasin, CLOCK)
    suspendu = retouche(client.id, lambda f: replace(f, suspension=Suspension("x")), lambda _: None)
    assert (suspendu.fiche.suspension, suspendu.fiche.telephone) == (Suspension("x"), "12")
    with pytest.raises(ClientIntrouvableError):
        retouche("nobody", lambda fiche: fiche, lambda _: None)
