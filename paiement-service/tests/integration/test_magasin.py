"""What every store of payments does, in memory and on each database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import paiement_service
from paiement_service.adapters.memory import MagasinEnMemoire
from paiement_service.adapters.sql import MagasinSql
from paiement_service.application.consultation import Criteres
from paiement_service.domain.annulation import annulation_faite, rembourser
from paiement_service.domain.erreurs import PaiementIntrouvableError
from paiement_service.domain.paiement import (
    Affectation,
    EtatAffectation,
    EtatPaiement,
    Moyen,
    Paiement,
    Remboursement,
    Source,
)
from ressort.data import Database
from ressort.flask.paging import PageRequest, SortKey

MIGRATIONS = Path(paiement_service.__file__).parent / "migrations"
JOUR = date(2026, 11, 20)
INSTANT = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite", "mariadb"])
def magasin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MagasinEnMemoire()
        return
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/paiement.db"
    else:
        url = request.getfixturevalue("mariadb").database_for(
            f"paiement_{abs(hash(request.node.name)) % 10**8}"
        )
    database = Database.open(str(url))
    database.migrate(MIGRATIONS)
    yield MagasinSql(database, lambda *_: None)
    database.close()


def paiement(numero: int = 1, **champs: Any) -> Paiement:
    """A confirmed payment of 100.00 with 60.00 on an invoice."""
    affectation = Affectation(
        affectation_id=f"a{numero}",
        facture_id=f"f{numero}",
        montant_centimes=6_000,
        date=JOUR,
        numero=f"FA-{numero}",
        etat=EtatAffectation.AFFECTEE,
        verifiee=True,
    )
    complet: dict[str, Any] = {
        "id": f"p{numero}",
        "client_id": "c1",
        "montant_centimes": 10_000,
        "devise": "EUR",
        "date_paiement": JOUR,
        "source": Source.SAISIE,
        "moyen": Moyen.VIREMENT,
        "cree_le": INSTANT,
        "modifie_le": INSTANT,
        "affectations": (affectation,),
        "confirme": True,
        **champs,
    }
    return Paiement(**complet).dans_son_etat()


def ajouter(magasin: Any, *paiements: Paiement) -> None:
    """Stores payments in one transaction."""
    with magasin.transaction() as ecriture:
        ecriture.ajouter(paiements)


def page(magasin: Any, limite: int = 50, apres: Any = None, **filtres: Any) -> Any:
    """The first page under some filters, latest first."""
    ordre = (SortKey("date_paiement", True), SortKey("id", True))
    return magasin.page(Criteres(**filtres), PageRequest(limite, ordre, apres))


def test_a_payment_is_read_as_it_was_written(magasin: Any) -> None:
    """Every field survives the store, micro-seconds included."""
    ecrit = paiement(reference="virement 12", reference_externe="R1", notifier=False, cle="k")
    ajouter(magasin, ecrit)
    assert magasin.paiement("p1") == ecrit


def test_an_unknown_payment_is_named(magasin: Any) -> None:
    """Read or locked, the error carries the id."""
    with pytest.raises(PaiementIntrouvableError):
        magasin.paiement("rien")
    with pytest.raises(PaiementIntrouvableError), magasin.transaction() as ecriture:
        ecriture.paiement("rien")


def test_a_refund_is_stored_with_its_ledger(magasin: Any) -> None:
    """Credit before the refund, none after, as of each date."""
    ajouter(magasin, paiement())
    lendemain = date(2026, 11, 21)
    with magasin.transaction() as ecriture:
        actuel = ecriture.paiement("p1")
        apres = rembourser(
            actuel, Remboursement(id="r1", montant_centimes=5_000, motif="erreur", date=lendemain)
        )
        ecriture.remplacer(apres)
    lu = magasin.paiement("p1")
    assert (lu.version, lu.etat) == (2, EtatPaiement.ANNULATION_EN_ATTENTE)
    assert magasin.en_suspens(10) == ["p1"]
    with magasin.transaction() as ecriture:
        actuel = ecriture.paiement("p1")
        ecriture.remplacer(actuel.avec_affectation(annulation_faite(actuel.affectations[0])).dans_son_etat())
    assert magasin.paiement("p1").affectations[0].montant_centimes == 5_000
    assert [s.non_affecte_centimes for s in magasin.soldes(["c1"], JOUR)] == [4_000]
    assert magasin.soldes(None, lendemain) == []


def test_awaited_cents_are_no_credit(magasin: Any) -> None:
    """A payment that waits shows as awaited, not as credit."""
    attente = replace(paiement().affectations[0], etat=EtatAffectation.EN_ATTENTE)
    ajouter(magasin, paiement(affectations=(attente,), confirme=False))
    (solde,) = magasin.soldes(None, JOUR)
    assert (solde.non_affecte_centimes, solde.en_attente_centimes) == (4_000, 6_000)


def test_currencies_have_balances_of_their_own(magasin: Any) -> None:
    """Euro and dollar credits of one client are two lines."""
    ajouter(magasin, paiement(1), paiement(2, devise="USD"))
    assert [(s.devise, s.non_affecte_centimes) for s in magasin.soldes(["c1"], JOUR)] == [
        ("EUR", 4_000),
        ("USD", 4_000),
    ]


@pytest.mark.parametrize(
    ("filtres", "attendus"),
    [
        ({"client_id": "c2"}, ["p2"]),
        ({"facture_id": "f1"}, ["p1"]),
        ({"etat": EtatPaiement.CONFIRME}, ["p3", "p2", "p1"]),
        ({"recu_du": date(2026, 11, 21)}, ["p3"]),
        ({"recu_au": date(2026, 11, 20)}, ["p2", "p1"]),
        ({"q": "fa-2"}, ["p2"]),
        ({"q": "100%"}, ["p3"]),
        ({"devise": "USD"}, []),
    ],
)
def test_filters_select(magasin: Any, filtres: Any, attendus: list[str]) -> None:
    """Each filter by itself."""
    ajouter(
        magasin,
        paiement(1),
        paiement(2, client_id="c2"),
        paiement(3, date_paiement=date(2026, 11, 21), reference="Acompte 100%"),
    )
    assert [p.id for p in page(magasin, **filtres).paiements] == attendus


def test_pages_give_one_more_than_asked_when_others_follow(magasin: Any) -> None:
    """The next page starts after the last one shown."""
    ajouter(magasin, *(paiement(i) for i in range(1, 6)))
    premiere = page(magasin, 2)
    assert ([p.id for p in premiere.paiements], premiere.total) == (["p5", "p4", "p3"], 5)
    suite = page(magasin, 2, apres=(JOUR, "p4"))
    assert [p.id for p in suite.paiements] == ["p3", "p2", "p1"]


def test_known_references_are_found_within_their_source(magasin: Any) -> None:
    """The same reference in two sources is two payments."""
    ajouter(
        magasin,
        paiement(1, source=Source.REPRISE, reference_externe="R"),
        paiement(2, source=Source.BANQUE, reference_externe="R"),
    )
    with magasin.transaction() as ecriture:
        assert ecriture.references_connues({(Source.REPRISE, "R"), (Source.REPRISE, "X")}) == {
            (Source.REPRISE, "R"): "p1"
        }
        trouve = ecriture.paiement_de_cle("aucune")
    assert trouve is None
