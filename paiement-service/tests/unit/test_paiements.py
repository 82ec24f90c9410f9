"""Receiving, allocating and undoing payments, against a facture-service in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from paiement_service.adapters.memory import MagasinEnMemoire
from paiement_service.application.affecter_credit import AffecterCredit
from paiement_service.application.annuler_paiement import AnnulerPaiement
from paiement_service.application.avancer_paiement import AvancerPaiement
from paiement_service.application.ports import Demande, Destinataire, FactureVue, Reglee, Reponse
from paiement_service.application.recevoir_lot import RecevoirLot
from paiement_service.application.recevoir_paiement import NouveauPaiement, RecevoirPaiement
from paiement_service.domain.erreurs import (
    ClientServiceIndisponibleError,
    CreditInsuffisantError,
    FactureInconnueError,
    FactureServiceIndisponibleError,
    PaiementInvalideError,
    PaiementNonRemboursableError,
    RejetImpossibleError,
    RemboursementExcessifError,
)
from paiement_service.domain.imputation import FactureOuverte, Part, imputer
from paiement_service.domain.paiement import Affectation, EtatAffectation, EtatPaiement, Moyen, Source
from ressort.clock import FixedClock

JOUR = date(2026, 11, 20)


class Factures:
    """facture-service in memory: balances, settlements by id, reversals by key, and a switch to be out."""

    def __init__(self) -> None:
        self.restes: dict[str, int] = {}
        self.vues: dict[str, FactureVue] = {}
        self.reglements: dict[str, int] = {}
        self.annulations: set[tuple[str, str]] = set()
        self.echeances: dict[str, date] = {}
        self.en_panne = False
        self.perdre_la_reponse = False

    def ouvrir(self, facture_id: str, reste: int, client_id: str = "c1", devise: str = "EUR") -> None:
        self.restes[facture_id] = reste
        self.vues[facture_id] = FactureVue(
            facture_id, f"FA-{facture_id}", client_id, devise, True, False, date(2026, 10, 1)
        )

    def _repondre(self) -> None:
        if self.en_panne:
            raise FactureServiceIndisponibleError

    def facture(self, facture_id: str) -> FactureVue:
        self._repondre()
        if facture_id not in self.vues:
            raise FactureInconnueError(facture_id)
        return self.vues[facture_id]

    def ouvertes(self, client_id: str, devise: str, le: date) -> list[FactureOuverte]:
        self._repondre()
        return [
            FactureOuverte(
                v.id,
                v.numero or "",
                date(2026, 10, 1),
                self.echeances.get(v.id, date(2026, 10, 31)),
                self.restes[v.id],
                10_000,
            )
            for v in self.vues.values()
            if v.client_id == client_id and v.devise == devise and self.restes[v.id]
        ]

    def regler(self, demandes: Sequence[Demande]) -> list[Reponse]:
        self._repondre()
        reponses = [self._un(affectation) for _, affectation in demandes]
        if self.perdre_la_reponse:
            raise FactureServiceIndisponibleError
        return reponses

    def _un(self, affectation: Affectation) -> Reponse:
        facture_id = affectation.facture_id
        if facture_id not in self.restes:
            return FactureInconnueError(facture_id)
        if affectation.affectation_id not in self.reglements:
            pris = min(affectation.montant_centimes, self.restes[facture_id])
            self.restes[facture_id] -= pris
            self.reglements[affectation.affectation_id] = pris
        return Reglee(
            self.reglements[affectation.affectation_id], self.restes[facture_id], f"FA-{facture_id}"
        )

    def annuler(self, affectation: Affectation) -> None:
        self._repondre()
        cle = (affectation.affectation_id, affectation.annulation_cle or "")
        if cle not in self.annulations:
            self.annulations.add(cle)
            self.restes[affectation.facture_id] += affectation.a_annuler_centimes
        if self.perdre_la_reponse:
            raise FactureServiceIndisponibleError


class Clients:
    """client-service in memory: knows everybody but those named, and has a switch to be out."""

    def __init__(self) -> None:
        self.inconnus: set[str] = set()
        self.demandes: list[str] = []
        self.en_panne = False

    def destinataire(self, client_id: str) -> Destinataire | None:
        self.demandes.append(client_id)
        if self.en_panne:
            raise ClientServiceIndisponibleError
        if client_id in self.inconnus:
            return None
        return Destinataire(f"Client {client_id}", "a@exemple.fr", None, "fr")

    def noms(self, client_ids: Sequence[str]) -> dict[str, str]:
        if self.en_panne:
            raise ClientServiceIndisponibleError
        return {client_id: f"Client {client_id}" for client_id in client_ids}


class Service:
    """The use cases on memory, on 20 November 2026."""

    def __init__(self) -> None:
        numeros = count()
        clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        self.magasin = MagasinEnMemoire()
        self.factures = Factures()

        def identifiants() -> str:
            return f"id-{next(numeros):05}"

        clients = Clients()
        self.avancer = AvancerPaiement(
            self.magasin, self.magasin, self.factures, clients, identifiants, clock
        )
        self._recevoir = RecevoirPaiement(
            self.magasin, self.factures, clients, self.avancer, identifiants, clock
        )
        self.affecter = AffecterCredit(self.magasin, self.factures, self.avancer, identifiants, clock)
        self.annuler = AnnulerPaiement(self.magasin, self.avancer, identifiants, clock)
        self.lot = RecevoirLot(self.magasin, self.avancer, identifiants, clock)

    def recevoir(self, montant: int, **champs: Any) -> Any:
        nouveau = NouveauPaiement(
            montant_centimes=montant, devise="EUR", date_paiement=JOUR, moyen=Moyen.VIREMENT
        )
        return self._recevoir(replace(nouveau, **champs))[0]

    def rattraper(self) -> None:
        for paiement_id in self.magasin.en_suspens(100):
            self.avancer(self.magasin.paiement(paiement_id))


@pytest.fixture
def service() -> Service:
    """One client with two invoices of 100.00 and 50.00."""
    made = Service()
    made.factures.ouvrir("a", 10_000)
    made.factures.ouvrir("b", 5_000)
    return made


def test_a_payment_on_an_invoice_is_confirmed_and_told_once(service: Service) -> None:
    """The invoice's balance falls, one message lists what was allocated."""
    paiement = service.recevoir(4_000, facture_id="a")
    assert paiement.etat is EtatPaiement.CONFIRME
    assert service.factures.restes["a"] == 6_000
    ((destination, message),) = service.magasin.messages
    assert destination == "paiement-topic"
    assert message["affectations"] == [
        {"facture_id": "a", "numero": "FA-a", "montant_centimes": 4_000, "reste_centimes": 6_000}
    ]
    assert message["destinataire"]["nom"] == "Client c1"


def test_money_above_the_balance_stays_as_credit(service: Service) -> None:
    """Nothing is refused: what exceeds the invoice is unallocated."""
    paiement = service.recevoir(12_000, facture_id="a")
    assert (paiement.etat, paiement.non_affecte_centimes) == (EtatPaiement.CONFIRME, 2_000)
    assert service.magasin.soldes(None, JOUR)[0].non_affecte_centimes == 2_000


def test_a_payment_of_a_settled_invoice_is_all_credit(service: Service) -> None:
    """Paying twice loses nothing."""
    service.recevoir(10_000, facture_id="a")
    second = service.recevoir(10_000, facture_id="a")
    assert (second.etat, second.non_affecte_centimes) == (EtatPaiement.CONFIRME, 10_000)


def test_a_payment_without_indication_follows_the_legal_order(service: Service) -> None:
    """Only the client is known: the oldest due debt first."""
    paiement = service.recevoir(12_000, client_id="c1")
    assert [(a.facture_id, a.montant_centimes) for a in paiement.affectations] == [
        ("a", 10_000),
        ("b", 2_000),
    ]


def test_a_payment_meant_for_none_of_the_invoices_is_all_credit(service: Service) -> None:
    """An empty indication is one: the legal order does not apply, facture-service is not needed."""
    service.factures.en_panne = True
    paiement = service.recevoir(12_000, client_id="c1", parts=())
    assert (paiement.etat, paiement.non_affecte_centimes) == (EtatPaiement.CONFIRME, 12_000)
    assert len(service.magasin.messages) == 1


def test_the_legal_order_puts_due_debts_first_then_the_oldest() -> None:
    """A debt not yet due waits, even if it was issued earlier."""
    future = FactureOuverte("f", "1", date(2026, 1, 1), date(2026, 12, 1), 100, 100)
    recente = FactureOuverte("r", "2", date(2026, 10, 1), date(2026, 11, 1), 100, 100)
    ancienne = FactureOuverte("x", "3", date(2026, 9, 1), date(2026, 10, 1), 100, 100)
    assert imputer(250, [future, recente, ancienne], JOUR) == [Part("x", 100), Part("r", 100), Part("f", 50)]


@pytest.mark.parametrize("lost", [False, True], ids=["refused", "answer lost"])
def test_an_outage_delays_and_never_doubles(service: Service, lost: bool) -> None:
    """Kept as EN_ATTENTE, then allocated exactly once, told exactly once."""
    service.factures.en_panne, service.factures.perdre_la_reponse = not lost, lost
    paiement = service.recevoir(4_000, facture_id="a")
    assert paiement.etat is EtatPaiement.EN_ATTENTE
    assert service.magasin.messages == []
    service.rattraper()
    service.factures.en_panne = service.factures.perdre_la_reponse = False
    service.rattraper()
    service.rattraper()
    fini = service.magasin.paiement(paiement.id)
    assert (fini.etat, fini.client_id) == (EtatPaiement.CONFIRME, "c1")
    assert service.factures.restes["a"] == 6_000
    assert len(service.magasin.messages) == 1


def test_an_outage_of_the_legal_order_too(service: Service) -> None:
    """Without invoices to ask, the whole payment waits."""
    service.factures.en_panne = True
    paiement = service.recevoir(12_000, client_id="c1")
    assert (paiement.etat, paiement.en_attente_centimes) == (EtatPaiement.EN_ATTENTE, 12_000)
    service.factures.en_panne = False
    service.rattraper()
    assert service.magasin.paiement(paiement.id).affecte_centimes == 12_000


def test_an_invoice_that_turns_out_not_to_exist_is_a_persons_task(service: Service) -> None:
    """The allocation is refused, the money is not lost."""
    service.factures.en_panne = True
    paiement = service.recevoir(4_000, facture_id="nulle-part")
    service.factures.en_panne = False
    service.rattraper()
    fini = service.magasin.paiement(paiement.id)
    assert (fini.etat, fini.affectations[0].etat) == (EtatPaiement.A_TRAITER, EtatAffectation.REFUSEE)
    assert fini.non_affecte_centimes == 4_000


@pytest.mark.parametrize(
    ("champs", "code"),
    [
        ({"facture_id": "nulle-part"}, "facture-inconnue"),
        ({"facture_id": "usd"}, "devise-differente"),
        ({"facture_id": "a", "client_id": "c2"}, "facture-d-un-autre-client"),
        ({"parts": (Part("a", 3_000), Part("b", 3_000))}, "affectations-superieures-au-montant"),
        ({"parts": (Part("a", 1), Part("a", 1))}, "facture-repetee"),
        ({}, "imputation-absente"),
        ({"facture_id": "a", "date_paiement": date(2026, 11, 21)}, "date-future"),
    ],
)
def test_a_contradictory_request_records_nothing(service: Service, champs: Any, code: str) -> None:
    """The error has a code, and no payment exists."""
    service.factures.ouvrir("usd", 100, devise="USD")
    with pytest.raises(PaiementInvalideError) as caught:
        service.recevoir(4_000, **champs)
    assert caught.value.code == code
    assert service.magasin.en_suspens(10) == []


def test_the_same_key_records_once_even_after_a_crash(service: Service) -> None:
    """A retry finds the payment that the first attempt recorded."""
    service.factures.en_panne = True
    first = service.recevoir(4_000, facture_id="a", cle="k")
    service.factures.en_panne = False
    again = service.recevoir(4_000, facture_id="a", cle="k")
    assert (again.id, again.etat) == (first.id, EtatPaiement.CONFIRME)


def test_a_refund_takes_the_credit_first_then_reopens_the_latest_invoice(service: Service) -> None:
    """30.00 of credit, then 20.00 back from the invoice settled last."""
    paiement = service.recevoir(18_000, parts=(Part("a", 10_000), Part("b", 5_000)))
    apres, _ = service.annuler.rembourser(paiement.id, 5_000, "erreur", JOUR)
    assert apres.etat is EtatPaiement.PARTIELLEMENT_REMBOURSE
    assert service.factures.restes == {"a": 0, "b": 2_000}
    assert (apres.non_affecte_centimes, service.magasin.soldes(None, JOUR)) == (0, [])
    with pytest.raises(RemboursementExcessifError):
        service.annuler.rembourser(paiement.id, 13_001, "trop", JOUR)
    fini, _ = service.annuler.rembourser(paiement.id, 13_000, "le reste", JOUR)
    assert fini.etat is EtatPaiement.REMBOURSE
    assert service.factures.restes == {"a": 10_000, "b": 5_000}


@pytest.mark.parametrize("lost", [False, True], ids=["refused", "answer lost"])
def test_a_refund_during_an_outage_reverses_once(service: Service, lost: bool) -> None:
    """The reversal waits under its own key."""
    paiement = service.recevoir(4_000, facture_id="a")
    service.factures.en_panne, service.factures.perdre_la_reponse = not lost, lost
    apres, _ = service.annuler.rembourser(paiement.id, 1_000, "erreur", JOUR)
    assert apres.etat is EtatPaiement.ANNULATION_EN_ATTENTE
    with pytest.raises(PaiementNonRemboursableError):
        service.annuler.rembourser(paiement.id, 1_000, "encore", JOUR)
    service.factures.en_panne = service.factures.perdre_la_reponse = False
    service.rattraper()
    assert service.magasin.paiement(paiement.id).etat is EtatPaiement.PARTIELLEMENT_REMBOURSE
    assert service.factures.restes["a"] == 7_000


def test_a_bank_return_reopens_every_invoice_and_leaves_no_credit(service: Service) -> None:
    """The allocations are reversed at that date; it cannot happen twice."""
    paiement = service.recevoir(16_000, parts=(Part("a", 10_000), Part("b", 5_000)))
    apres, _ = service.annuler.rejeter(paiement.id, "provision insuffisante", JOUR)
    assert (apres.etat, apres.non_affecte_centimes) == (EtatPaiement.REJETE, 0)
    assert service.factures.restes == {"a": 10_000, "b": 5_000}
    assert service.magasin.soldes(None, JOUR) == []
    with pytest.raises(RejetImpossibleError):
        service.annuler.rejeter(paiement.id, "encore", JOUR)


def test_what_is_left_over_is_allocated_later(service: Service) -> None:
    """The reserve is checked under the payment's lock."""
    paiement = service.recevoir(12_000, facture_id="a")
    with pytest.raises(CreditInsuffisantError):
        service.affecter(paiement, [Part("b", 2_001)])
    apres, _ = service.affecter(paiement, [Part("b", 2_000)])
    assert (apres.non_affecte_centimes, service.factures.restes["b"]) == (0, 3_000)


def test_balances_are_those_of_the_date_asked_for(service: Service) -> None:
    """Credit received before a later allocation is still credit at the earlier date."""
    paiement = service.recevoir(12_000, facture_id="a", date_paiement=date(2026, 11, 1))
    service.affecter(paiement, [Part("b", 2_000)])
    assert [s.non_affecte_centimes for s in service.magasin.soldes(["c1"], date(2026, 11, 19))] == [2_000]
    assert service.magasin.soldes(["c1"], JOUR) == []


def test_a_lot_is_recorded_once(service: Service) -> None:
    """Known references answer DEJA_CONNU with the id of the first time."""
    nouveau = NouveauPaiement(
        montant_centimes=100,
        devise="EUR",
        date_paiement=JOUR,
        moyen=Moyen.VIREMENT,
        client_id="c1",
        facture_id="a",
        source=Source.REPRISE,
        reference_externe="R1",
        notifier=False,
    )
    futur = replace(nouveau, reference_externe="R2", date_paiement=date(2027, 1, 1))
    premier = service.lot([nouveau, nouveau, futur])
    assert [r.etat.value for r in premier] == ["CREE", "DEJA_CONNU", "REFUSE"]
    assert [r.id for r in service.lot([nouveau])] == [premier[0].id]
    assert service.factures.restes["a"] == 9_900


def test_an_allocation_added_meanwhile_is_followed_too(service: Service) -> None:
    """Two allocations of one payment at once: neither answer says that facture-service is out."""
    paiement = service.recevoir(14_000, facture_id="a")
    vraie = service.factures.regler
    ajoutee: list[Any] = []

    def entre_temps(demandes: Any) -> Any:
        if not ajoutee:
            ajoutee.append(True)
            with service.magasin.transaction() as ecriture:
                actuel = ecriture.paiement(paiement.id)
                autre = replace(actuel.affectations[-1], affectation_id="autre", montant_centimes=500)
                ecriture.remplacer(
                    replace(actuel, affectations=(*actuel.affectations, autre)).dans_son_etat()
                )
        return vraie(demandes)

    service.factures.regler = entre_temps  # type: ignore[method-assign]
    apres, _ = service.affecter(paiement, [Part("b", 1_000)])
    assert not apres.en_suspens
    assert service.factures.restes["b"] == 3_500
