"""Each rule of the ladder by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from batch.domain.dossier import (
    Client,
    Demande,
    Dossier,
    EtatRelance,
    FactureEnRetard,
    Historique,
    Solde,
    Suspension,
)
from batch.domain.echelle import Decision, Motif, decider
from batch.domain.interets import Semestre, TableDesTaux, TypeClient
from batch.domain.politique import STANDARD, Envoi, Politiques

AU = date(2026, 6, 15)
TAUX = TableDesTaux({Semestre(2026, 1): Decimal("2.15"), Semestre(2025, 2): Decimal("2.15")})


def facture(retard: int, id: str = "f1", **autres: object) -> FactureEnRetard:
    echeance = AU - timedelta(days=retard)
    neuve = FactureEnRetard(
        id, f"FA-{id}", "c1", "EUR", echeance - timedelta(days=30), echeance, 24000, 24000
    )
    return replace(neuve, **autres)  # type: ignore[arg-type]


def client(**autres: object) -> Client:
    return replace(Client("c1", "Client Un", TypeClient.ENTREPRISE), **autres)  # type: ignore[arg-type]


def decision(
    *factures: FactureEnRetard,
    qui: Client | None = None,
    historique: Historique | None = None,
    solde: Solde | None = None,
) -> Decision:
    dossier = Dossier("c1", qui or client(), factures, {"EUR": solde or Solde()})
    return decider(dossier, historique or Historique(), AU, Politiques({"standard": STANDARD}), TAUX)


def demandes(niveau: int, etat: EtatRelance, il_y_a: int, *ids: str) -> Historique:
    """Claims at one level made some days ago; a sent one is also a contact."""
    jour = AU - timedelta(days=il_y_a)
    contacts = {"c1": jour} if etat is EtatRelance.ENVOYEE else {}
    return Historique({}, {id: Demande(niveau, etat, jour, "r1") for id in ids or ("f1",)}, contacts)


def motifs(obtenue: Decision) -> list[Motif]:
    return [e.motif for e in obtenue.ecartees]


@pytest.mark.parametrize(("retard", "relancee"), [(1, False), (4, False), (5, True), (60, True)])
def test_level_one_from_five_days_late(retard: int, relancee: bool) -> None:
    """However late an invoice is when it is met, it starts at level 1."""
    obtenue = decision(facture(retard))

    assert [r.niveau for r in obtenue.relances] == ([1] if relancee else [])
    assert motifs(obtenue) == ([] if relancee else [Motif.DELAI_NON_ATTEINT])


@pytest.mark.parametrize(
    ("atteint", "retard", "attendu"),
    [(1, 14, None), (1, 15, 2), (1, 60, 2), (2, 29, None), (2, 30, 3), (3, 45, 4)],
)
def test_next_level_once_its_delay_has_passed(atteint: int, retard: int, attendu: int | None) -> None:
    """One level at a time, each with its delay."""
    obtenue = decision(facture(retard), historique=demandes(atteint, EtatRelance.ENVOYEE, 10))

    assert [r.niveau for r in obtenue.relances] == ([attendu] if attendu else [])


@pytest.mark.parametrize(
    "etat", [e for e in EtatRelance if e not in (EtatRelance.ENVOYEE, EtatRelance.ANNULEE)]
)
def test_next_level_only_after_the_one_before_was_sent(etat: EtatRelance) -> None:
    """A reminder that is on its way, failed or waits for a person holds the ladder."""
    obtenue = decision(facture(60), historique=demandes(1, etat, 20))

    assert (obtenue.relances, motifs(obtenue)) == ((), [Motif.NIVEAU_DEJA_DEMANDE])


@pytest.mark.parametrize(
    ("il_y_a", "motif"), [(0, Motif.CONTACT_RECENT), (6, Motif.CONTACT_RECENT), (7, None)]
)
def test_seven_days_between_contacts_whatever_the_invoice(il_y_a: int, motif: Motif | None) -> None:
    """A contact about another invoice counts."""
    historique = Historique({}, {}, {"c1": AU - timedelta(days=il_y_a)})

    obtenue = decision(facture(10), historique=historique)

    assert motifs(obtenue) == ([motif] if motif else [])


def test_last_level_ends_the_ladder() -> None:
    """After a letter that was really sent there is nothing more to ask."""
    obtenue = decision(facture(90), historique=demandes(4, EtatRelance.ENVOYEE, 30))

    assert motifs(obtenue) == [Motif.ECHELLE_TERMINEE]


def test_disputed_invoice_is_left_out_of_the_message() -> None:
    """Neither claimed nor listed, and explained."""
    obtenue = decision(facture(10, "f1"), facture(10, "f2", litige="non livré"))

    (relance,) = obtenue.relances
    assert [ligne.facture.facture_id for ligne in relance.lignes] == ["f1"]
    assert [(e.facture.facture_id, e.motif) for e in obtenue.ecartees] == [("f2", Motif.LITIGE)]


@pytest.mark.parametrize(
    ("jusqu_au", "suspendu"), [(None, True), (AU, True), (AU - timedelta(days=1), False)]
)
def test_suspended_client(jusqu_au: date | None, suspendu: bool) -> None:
    """Until further notice, or up to and including a day."""
    obtenue = decision(facture(10), qui=client(suspension=Suspension("échéancier", jusqu_au)))

    assert motifs(obtenue) == ([Motif.CLIENT_SUSPENDU] if suspendu else [])


def test_all_late_invoices_are_listed_those_not_due_without_level() -> None:
    """The level of the message is the highest due; the sum is that of every line."""
    obtenue = decision(
        facture(16, "f1"),
        facture(2, "f2"),
        facture(8, "f3"),
        historique=demandes(1, EtatRelance.ENVOYEE, 9, "f1"),
    )

    (relance,) = obtenue.relances
    assert relance.niveau == 2
    assert [(x.facture.facture_id, x.niveau) for x in relance.lignes] == [("f1", 2), ("f3", 1), ("f2", None)]
    assert relance.total_du_centimes == 72000
    assert [(e.facture.facture_id, e.motif) for e in obtenue.ecartees] == [("f2", Motif.DELAI_NON_ATTEINT)]


def test_one_message_per_currency() -> None:
    """Currencies never mix."""
    obtenue = decision(facture(10, "f1"), facture(10, "f2", devise="USD"))

    assert [(r.devise, r.total_du_centimes) for r in obtenue.relances] == [("EUR", 24000), ("USD", 24000)]


@pytest.mark.parametrize(
    ("solde", "motif"),
    [
        (Solde(24000, 0), Motif.CREDIT_COUVRANT),
        (Solde(4000, 20000), Motif.PAIEMENT_EN_ATTENTE),
        (Solde(23501, 0), Motif.MONTANT_MINIMUM),
        (Solde(23500, 0), None),
    ],
)
def test_money_in_hand_is_deducted_first(solde: Solde, motif: Motif | None) -> None:
    """Credit, then pending payments, then the minimum of 5.00."""
    obtenue = decision(facture(10), solde=solde)

    assert motifs(obtenue) == ([motif] if motif else [])
    assert [(r.credits_centimes, r.total_du_centimes) for r in obtenue.relances] == (
        [] if motif else [(23500, 500)]
    )


def test_unknown_policy_is_explained() -> None:
    """A policy that nobody wrote sends nothing."""
    assert motifs(decision(facture(10), qui=client(politique="douce"))) == [Motif.POLITIQUE_INCONNUE]


def test_unknown_client_is_explained() -> None:
    """Without its type nothing may be asked of a client."""
    obtenue = decider(Dossier("c1", None, (facture(10),)), Historique(), AU, Politiques({}), TAUX)

    assert motifs(obtenue) == [Motif.POLITIQUE_INCONNUE]


@pytest.mark.parametrize(
    ("type_client", "interets", "indemnite"),
    [(TypeClient.ENTREPRISE, 160, 4000), (TypeClient.PUBLIC, 133, 4000), (TypeClient.PARTICULIER, 0, 0)],
)
def test_penalties_from_level_two_and_never_for_a_consumer(
    type_client: TypeClient, interets: int, indemnite: int
) -> None:
    """240.00 for 20 days: at 12.15 % for a firm, 10.15 % for a public buyer; shown, not added to the sum."""
    obtenue = decision(
        facture(20), qui=client(type=type_client), historique=demandes(1, EtatRelance.ENVOYEE, 10)
    )

    (relance,) = obtenue.relances
    (ligne,) = relance.lignes
    assert (ligne.interets.centimes, ligne.indemnite_centimes) == (interets, indemnite)
    assert relance.total_du_centimes == 24000


def test_no_penalty_at_level_one() -> None:
    """The first reminder assumes an oversight."""
    (relance,) = decision(facture(20)).relances

    assert (relance.lignes[0].interets.centimes, relance.lignes[0].indemnite_centimes) == (0, 0)


def test_missing_rate_gives_no_amount() -> None:
    """A half-year that the table lacks makes the interest unknown, and says which."""
    dossier = Dossier("c1", client(), (facture(20),), {})
    historique = demandes(1, EtatRelance.ENVOYEE, 10)

    (relance,) = decider(
        dossier, historique, AU, Politiques({"standard": STANDARD}), TableDesTaux({})
    ).relances

    assert relance.lignes[0].interets.centimes is None
    assert relance.lignes[0].indemnite_centimes == 4000
    assert relance.semestres_manquants == (Semestre(2026, 1),)


def test_formal_notice_waits_for_a_person_and_stands_alone() -> None:
    """Level 4 is a letter for its own invoices; another level of the same client waits for another run."""
    historique = Historique(
        {},
        {"f1": Demande(3, EtatRelance.ENVOYEE, AU - timedelta(days=10), "r1")},
        {"c1": AU - timedelta(days=10)},
    )

    obtenue = decision(facture(50, "f1"), facture(10, "f2"), historique=historique)

    (relance,) = obtenue.relances
    assert (relance.niveau, relance.envoi) == (4, Envoi.MANUEL)
    assert [ligne.facture.facture_id for ligne in relance.lignes] == ["f1"]
    assert [(e.facture.facture_id, e.motif) for e in obtenue.ecartees] == [("f2", Motif.CONTACT_RECENT)]


def test_cycle_is_named_on_each_line() -> None:
    """An invoice begun anew is asked at level 1 of its second cycle."""
    (relance,) = decision(facture(60), historique=Historique({"f1": 2}, {}, {})).relances

    assert (relance.lignes[0].cycle, relance.lignes[0].niveau) == (2, 1)
