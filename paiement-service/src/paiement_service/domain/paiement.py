"""A payment: money received once, allocated to invoices, refunded or returned by the bank.

What is left unallocated is the client's credit: ``montant - affecté - en attente - remboursé``, never negative.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

Jour = date
"""A local date; a name of its own, since records have a field called `date`."""


class Source(StrEnum):
    """Where a payment was recorded."""

    SAISIE = "SAISIE"
    REPRISE = "REPRISE"
    BANQUE = "BANQUE"


class Moyen(StrEnum):
    """How the money came."""

    VIREMENT = "VIREMENT"
    CARTE = "CARTE"
    CHEQUE = "CHEQUE"
    PRELEVEMENT = "PRELEVEMENT"
    ESPECES = "ESPECES"


class EtatPaiement(StrEnum):
    """The life of a payment; EN_ATTENTE and ANNULATION_EN_ATTENTE wait for facture-service."""

    CONFIRME = "CONFIRME"
    EN_ATTENTE = "EN_ATTENTE"
    A_TRAITER = "A_TRAITER"
    REMBOURSE = "REMBOURSE"
    PARTIELLEMENT_REMBOURSE = "PARTIELLEMENT_REMBOURSE"
    REJETE = "REJETE"
    ANNULATION_EN_ATTENTE = "ANNULATION_EN_ATTENTE"


class EtatAffectation(StrEnum):
    """The life of one allocation; EN_ATTENTE is asked again under the same identifier until answered."""

    AFFECTEE = "AFFECTEE"
    EN_ATTENTE = "EN_ATTENTE"
    REFUSEE = "REFUSEE"
    ANNULEE = "ANNULEE"


class Imputation(StrEnum):
    """Who chose the invoices: the payer, or the legal order once they are known."""

    INDIQUEE = "INDIQUEE"
    LEGALE_A_FAIRE = "LEGALE_A_FAIRE"
    LEGALE = "LEGALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Affectation:
    """A part of a payment meant for one invoice: its cents after reversals, and the reversal still owed.

    `verifiee`: the invoice was seen to exist, in this currency. `a_annuler_centimes` waits to be reversed at
    facture-service under the identity `annulation_cle`, as of `annulation_le`.
    """

    affectation_id: str
    facture_id: str
    montant_centimes: int
    date: date
    numero: str | None = None
    etat: EtatAffectation = EtatAffectation.EN_ATTENTE
    motif: str | None = None
    reste_facture_centimes: int | None = None
    verifiee: bool = False
    a_annuler_centimes: int = 0
    annulation_cle: str | None = None
    annulation_le: Jour | None = None
    annulation_motif: str | None = None

    @property
    def reglee_centimes(self) -> int:
        """Cents that facture-service counts on the invoice."""
        return self.montant_centimes if self.etat is EtatAffectation.AFFECTEE else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Remboursement:
    """Money given back."""

    id: str
    montant_centimes: int
    motif: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Paiement:
    """A stored payment with its allocations and refunds."""

    id: str
    client_id: str | None
    montant_centimes: int
    devise: str
    date_paiement: date
    source: Source
    moyen: Moyen
    cree_le: datetime
    modifie_le: datetime
    reference_externe: str | None = None
    reference: str | None = None
    notifier: bool = True
    etat: EtatPaiement = EtatPaiement.EN_ATTENTE
    imputation: Imputation = Imputation.INDIQUEE
    affectations: tuple[Affectation, ...] = ()
    remboursements: tuple[Remboursement, ...] = ()
    rejet_le: date | None = None
    rejet_motif: str | None = None
    cle: str | None = None
    confirme: bool = False
    version: int = 1

    @property
    def affecte_centimes(self) -> int:
        """Cents settled on invoices."""
        return sum(a.reglee_centimes for a in self.affectations)

    @property
    def en_attente_centimes(self) -> int:
        """Cents whose allocation is not answered yet; all of it while the invoices are not known."""
        if self.imputation is Imputation.LEGALE_A_FAIRE:
            return self.montant_centimes
        return sum(a.montant_centimes for a in self.affectations if a.etat is EtatAffectation.EN_ATTENTE)

    @property
    def rembourse_centimes(self) -> int:
        """Cents given back."""
        return sum(r.montant_centimes for r in self.remboursements)

    @property
    def non_affecte_centimes(self) -> int:
        """The client's credit from this payment."""
        if self.rejet_le is not None:
            return 0
        pris = self.affecte_centimes + self.en_attente_centimes + self.rembourse_centimes
        return self.montant_centimes - pris + self.a_annuler_centimes

    @property
    def a_annuler_centimes(self) -> int:
        """Cents refunded whose invoices do not know it yet."""
        return sum(a.a_annuler_centimes for a in self.affectations) if self.rejet_le is None else 0

    @property
    def remboursable_centimes(self) -> int:
        """The most that may still be given back."""
        return 0 if self.rejet_le is not None else self.montant_centimes - self.rembourse_centimes

    @property
    def en_suspens(self) -> bool:
        """Whether facture-service still owes an answer about this payment."""
        return (
            self.imputation is Imputation.LEGALE_A_FAIRE
            or any(a.etat is EtatAffectation.EN_ATTENTE for a in self.affectations)
            or any(a.a_annuler_centimes for a in self.affectations)
        )

    def avec_affectation(self, nouvelle: Affectation) -> Paiement:
        """The payment with one allocation replaced."""
        affectations = tuple(
            nouvelle if a.affectation_id == nouvelle.affectation_id else a for a in self.affectations
        )
        return replace(self, affectations=affectations)

    def dans_son_etat(self) -> Paiement:
        """The payment in the state that its allocations, refunds and return make."""
        return replace(self, etat=_etat(self))


def _etat(paiement: Paiement) -> EtatPaiement:
    annulation = any(a.a_annuler_centimes for a in paiement.affectations)
    if annulation:
        return EtatPaiement.ANNULATION_EN_ATTENTE
    if paiement.rejet_le is not None:
        return EtatPaiement.REJETE
    if paiement.en_suspens:
        return EtatPaiement.EN_ATTENTE
    if paiement.rembourse_centimes:
        entier = paiement.rembourse_centimes == paiement.montant_centimes
        return EtatPaiement.REMBOURSE if entier else EtatPaiement.PARTIELLEMENT_REMBOURSE
    if paiement.non_affecte_centimes and any(a.motif in A_REGARDER for a in paiement.affectations):
        return EtatPaiement.A_TRAITER
    return EtatPaiement.CONFIRME


FACTURE_INCONNUE = "facture-inconnue"
FACTURE_NON_EMISE = "facture-non-emise"
DEVISE_DIFFERENTE = "devise-differente"
AUTRE_CLIENT = "facture-d-un-autre-client"
FACTURE_SOLDEE = "facture-soldee"
A_REGARDER = frozenset({FACTURE_INCONNUE, FACTURE_NON_EMISE, DEVISE_DIFFERENTE, AUTRE_CLIENT})
"""Refusals that a person must look at; a settled invoice merely leaves a credit."""
