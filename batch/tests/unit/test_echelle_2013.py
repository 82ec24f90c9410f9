"""The ladder on the real ledger, against an independent script."""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from batch.domain.dossier import Client, Demande, Dossier, EtatRelance, FactureEnRetard, Historique
from batch.domain.echelle import Decision, Motif, decider
from batch.domain.interets import TableDesTaux, TypeClient
from batch.domain.politique import STANDARD, Envoi, Politiques
from batch.domain.reprise import FormatReprise, LigneReprise, lire_ligne

POLITIQUES = Politiques({"standard": STANDARD})
AU = date(2013, 10, 31)


def _oracle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("oracle_2013", Path(__file__).with_name("oracle_2013.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ORACLE = _oracle()


@pytest.fixture(scope="module")
def grand_livre() -> list[LigneReprise]:
    with ORACLE.FILE.open(encoding="ascii", newline="") as file:
        reader = csv.DictReader(file)
        fmt = FormatReprise.pour_les_colonnes(list(reader.fieldnames or []), ".", "EUR")
        return [lire_ligne(numero, ligne, fmt) for numero, ligne in enumerate(reader, 2)]


def dossiers(livre: list[LigneReprise], au: date) -> list[Dossier]:
    """What facture-service and client-service would answer at a date."""
    par_client: dict[str, list[FactureEnRetard]] = defaultdict(list)
    for ligne in livre:
        if ligne.emise_au(au) and not ligne.reglee_au(au) and ligne.date_echeance < au:
            par_client[ligne.client_reference].append(
                FactureEnRetard(
                    ligne.reference,
                    ligne.reference,
                    ligne.client_reference,
                    "EUR",
                    ligne.date_emission,
                    ligne.date_echeance,
                    ligne.montant_centimes,
                    ligne.montant_centimes,
                    "contestée" if ligne.en_litige else None,
                )
            )
    return [
        Dossier(ref, Client(ref, ref, TypeClient.ENTREPRISE), tuple(factures))
        for ref, factures in sorted(par_client.items())
    ]


def passage(livre: list[LigneReprise], au: date, historique: Historique) -> list[Decision]:
    return [decider(d, historique, au, POLITIQUES, TableDesTaux({})) for d in dossiers(livre, au)]


@pytest.mark.parametrize(
    ("jour", "ouvertes", "retard", "centimes", "clients"),
    [
        ("2013-03-31", 94, 9, 68137, 8),
        ("2013-06-30", 84, 12, 83556, 12),
        ("2013-09-30", 88, 7, 46548, 6),
        ("2013-10-31", 79, 11, 61468, 9),
    ],
)
def test_book_at_a_date(
    grand_livre: list[LigneReprise], jour: str, ouvertes: int, retard: int, centimes: int, clients: int
) -> None:
    """Our reading, the script's and the published facts are the same."""
    au = date.fromisoformat(jour)
    lus = [ligne for ligne in grand_livre if ligne.emise_au(au) and not ligne.reglee_au(au)]
    en_retard = [facture for dossier in dossiers(grand_livre, au) for facture in dossier.factures]

    livre = ORACLE.book(au)

    assert (len(lus), len(en_retard)) == (ouvertes, retard) == (livre["open"], livre["late"])
    assert sum(f.reste_centimes for f in en_retard) == centimes == livre["late_cents"]
    assert len({f.client_id for f in en_retard}) == clients == livre["customers"]


def test_cut_of_october(grand_livre: list[LigneReprise]) -> None:
    """2,352 issued; 11 late, 7 of them by 5 days or more, 4 of those disputed: 3 mails, 8 explanations."""
    decisions = passage(grand_livre, AU, Historique())

    relances = [r for d in decisions for r in d.relances]
    ecartees = [e for d in decisions for e in d.ecartees]
    assert sum(ligne.emise_au(AU) for ligne in grand_livre) == 2352
    assert [(r.client.nom, r.niveau, len(r.lignes)) for r in relances] == [
        ("1408-OQZUE", 1, 1),
        ("1604-LIFKX", 1, 1),
        ("2125-HJDLA", 1, 1),
    ]
    assert len(ecartees) == 8
    assert {e.motif for e in ecartees} == {Motif.LITIGE, Motif.DELAI_NON_ATTEINT}


@pytest.mark.parametrize(
    ("premier", "niveaux"), [("2012-06-01", {1, 2}), ("2013-03-31", {1, 2}), ("2013-10-31", {1})]
)
def test_ladder_over_the_following_weeks(
    grand_livre: list[LigneReprise], premier: str, niveaux: set[int]
) -> None:
    """Ten weeks of daily runs, every mail delivered: the same mails, levels and invoices as the script says."""
    jours = [date.fromisoformat(premier) + timedelta(days=n) for n in range(70)]
    attendu = ORACLE.reminders(jours)
    demandes: dict[str, Demande] = {}
    contacts: dict[str, date] = {}

    obtenu: dict[date, dict[str, dict[str, int]]] = {}
    for jour in jours:
        obtenu[jour] = {}
        for decision in passage(grand_livre, jour, Historique({}, demandes, contacts)):
            for relance in decision.relances:
                dues = {ligne.facture.numero: ligne.niveau for ligne in relance.lignes if ligne.niveau}
                obtenu[jour][relance.client.client_id] = dues
                manuel = relance.envoi is Envoi.MANUEL
                etat = EtatRelance.A_TRAITER if manuel else EtatRelance.ENVOYEE
                demandes |= {numero: Demande(n, etat, jour, "r") for numero, n in dues.items()}
                if not manuel:
                    contacts[relance.client.client_id] = jour

    assert obtenu == attendu
    vus = {n for par_client in attendu.values() for dues in par_client.values() for n in dues.values()}
    assert vus == niveaux
