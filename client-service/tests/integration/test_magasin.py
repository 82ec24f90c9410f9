"""What every store of clients does, in memory and on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from client_service.application.consultation import Criteres, Trouves, valeur_de_tri
from client_service.application.creer_client import CreerClient
from client_service.application.reprendre_clients import EtatReprise, ReprendreClients
from client_service.domain.client import Adresse, Client, FicheClient, TypeClient
from client_service.domain.erreurs import ClientDejaConnuError, ClientIntrouvableError
from ressort.clock import FixedClock
from ressort.flask.paging import PageRequest, SortKey

CLOCK = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
JOUR = CLOCK.today()


def page(
    magasin: Any, ordre: str = "nom_affiche", limite: int = 200, apres: Any = None, **filtres: Any
) -> Trouves:
    """The first page under some filters."""
    cles = tuple(SortKey(nom.removeprefix("-"), nom.startswith("-")) for nom in f"{ordre},id".split(","))
    return magasin.page(Criteres(jour=JOUR, **filtres), PageRequest(limite, cles, apres))  # type: ignore[no-any-return]


def creer(magasin: Any, **champs: Any) -> Client:
    """A stored company."""
    numeros = iter(f"id-{i:04}" for i in range(page(magasin).total, 10_000))
    fiche = FicheClient(**{"type": TypeClient.ENTREPRISE, "raison_sociale": "Moulins", **champs})
    return CreerClient(magasin, lambda: next(numeros), CLOCK)(fiche)


def test_a_client_is_read_as_it_was_written(magasin: Any) -> None:
    """Every field survives the store."""
    adresse = Adresse(ligne1="1 rue de la Paix", ville="Évry", code_postal="91000")
    client = creer(magasin, siret="73282932000074", adresse=adresse, email="a@exemple.fr")
    assert magasin.client(client.id) == client


def test_an_unknown_client_is_named(magasin: Any) -> None:
    """The error carries the id that was asked for."""
    with pytest.raises(ClientIntrouvableError) as caught:
        magasin.client("nobody")
    assert caught.value.client_id == "nobody"


@pytest.mark.parametrize(
    ("premier", "second", "champ"),
    [
        ({"siret": "73282932000074"}, {"siret": "73282932000074"}, "siret"),
        ({"siren": "732829320"}, {"siren": "732829320"}, "siren"),
        ({"reference_externe": "R1"}, {"reference_externe": "R1"}, "reference"),
    ],
)
def test_an_identifier_belongs_to_one_client(magasin: Any, premier: Any, second: Any, champ: str) -> None:
    """The second client with the same identifier is refused, and the first is named."""
    connu = creer(magasin, **premier)
    with pytest.raises(ClientDejaConnuError) as caught:
        creer(magasin, **second)
    assert (caught.value.champ, caught.value.client_id) == (champ, connu.id)


def test_two_establishments_of_one_company_are_two_clients(magasin: Any) -> None:
    """The SIREN may repeat when a SIRET tells the clients apart."""
    creer(magasin, siret="73282932000074")
    creer(magasin, siren="732829320")
    assert page(magasin).total == 2


def test_external_references_keep_their_case(magasin: Any) -> None:
    """``r1`` and ``R1`` are two references, on every database."""
    creer(magasin, reference_externe="R1")
    creer(magasin, reference_externe="r1")
    assert page(magasin, reference_externe="r1").total == 1


@pytest.mark.parametrize("q", ["évry", "EVRY", "moulins", "a@exemple", "732829320"])
def test_search_is_blind_to_case_and_accents(magasin: Any, q: str) -> None:
    """Name, SIREN, e-mail and city are searched."""
    adresse = Adresse(ligne1="1 rue de la Paix", ville="Évry", code_postal="91000")
    creer(magasin, siren="732829320", adresse=adresse, email="a@exemple.fr")
    creer(magasin, raison_sociale="Autre")
    assert page(magasin, q=q).total == 1


@pytest.mark.parametrize("q", ["coeur", "CŒUR", "cœur", "Coeur"])
def test_a_ligature_is_two_letters(magasin: Any, q: str) -> None:
    """``coeur`` finds ``Cœur`` and the reverse, in whatever field."""
    creer(magasin, raison_sociale="Cœur de Ville")
    creer(magasin, raison_sociale="COEUR DE LION")
    creer(magasin, raison_sociale="Autre")
    assert page(magasin, q=q).total == 2


def test_a_percent_sign_is_searched_as_itself(magasin: Any) -> None:
    """``%`` is no wildcard for the caller."""
    creer(magasin, raison_sociale="100% laine")
    creer(magasin, raison_sociale="100 laines")
    assert page(magasin, q="0%").total == 1


@pytest.mark.parametrize("tri", ["nom_affiche", "-nom_affiche,cree_le", "ville,nom_affiche", "-type"])
def test_pages_follow_one_another_even_while_clients_arrive(magasin: Any, tri: Any) -> None:
    """Walking page by page meets every client once, ties included, and skips none for an insert."""
    voulus = {creer(magasin, raison_sociale=nom).id for nom in ("B", "a", "É", "a", "c", "a", "Z")}
    vus: list[str] = []
    apres: Any = None
    while True:
        trouves = page(magasin, tri, 2, apres)
        vus += [client.id for client in trouves.clients[:2]]
        if len(trouves.clients) <= 2:
            break
        champs = [*(nom.removeprefix("-") for nom in tri.split(",")), "id"]
        apres = tuple(valeur_de_tri(trouves.clients[1], champ) for champ in champs)
        if len(vus) == 2:
            creer(magasin, raison_sociale="a")
    assert len(vus) == len(set(vus))
    assert voulus <= set(vus)


def test_a_failed_transaction_leaves_nothing(magasin: Any) -> None:
    """What was added before the failure is gone."""
    client = creer(magasin)
    with pytest.raises(ZeroDivisionError), magasin.transaction() as ecriture:
        ecriture.remplacer(replace(client, version=2))
        raise ZeroDivisionError
    assert magasin.client(client.id).version == 1


def test_a_take_over_judges_each_client_by_itself(magasin: Any) -> None:
    """New, known, repeated, invalid and without reference: five outcomes, in order."""
    creer(magasin, reference_externe="connu")
    numeros = iter(f"repris-{i}" for i in range(10))
    fiche = FicheClient(type=TypeClient.ENTREPRISE, raison_sociale="X", reference_externe="neuf")
    resultats = ReprendreClients(magasin, lambda: next(numeros), CLOCK)(
        [
            fiche,
            replace(fiche, reference_externe="connu"),
            fiche,
            replace(fiche, reference_externe="faux", siren="1"),
            replace(fiche, reference_externe=None),
        ]
    )
    assert [resultat.etat for resultat in resultats] == [
        EtatReprise.CREE,
        EtatReprise.DEJA_CONNU,
        EtatReprise.DEJA_CONNU,
        EtatReprise.REFUSE,
        EtatReprise.REFUSE,
    ]
    assert resultats[2].id == resultats[0].id
