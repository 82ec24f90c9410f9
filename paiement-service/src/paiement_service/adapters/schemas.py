"""The JSON of the API: what a caller may send, what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from paiement_service.domain.paiement import EtatPaiement
from ressort.flask.api import (
    CommaList,
    DaysBetween,
    FieldError,
    IsoDate,
    Model,
    PlainText,
    Query,
    minor_units,
)

Identifiant = Annotated[str, PlainText(36)]
Montant = Annotated[int, minor_units(min=1)]
Jour = Annotated[date, DaysBetween(date(2000, 1, 1), date(2099, 12, 31))]
"""A day on which money moved, or that is asked about; another century is a slip of the pen."""
MoyenJson = Literal["VIREMENT", "CARTE", "CHEQUE", "PRELEVEMENT", "ESPECES"]

# ISO 4217 currencies whose minor unit is the hundredth; others are refused until amounts can carry their own.
DEVISES = frozenset(
    [
        "AED",
        "AUD",
        "BGN",
        "BRL",
        "CAD",
        "CHF",
        "CNY",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
        "GEL",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "MAD",
        "MXN",
        "MYR",
        "NOK",
        "NZD",
        "PHP",
        "PLN",
        "RON",
        "RSD",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TRY",
        "TWD",
        "UAH",
        "USD",
        "ZAR",
    ]
)


class PartJson(Model):
    """Cents meant for one invoice."""

    facture_id: Identifiant
    montant_centimes: Montant


class PaiementEntrantJson(Model):
    """A payment as a caller records it: `facture_id`, or `affectations`, or only `client_id`."""

    client_id: Identifiant | None = None
    facture_id: Identifiant | None = None
    affectations: Annotated[list[PartJson], Field(min_length=1, max_length=100)] | None = None
    montant_centimes: Montant
    devise: Annotated[str, PlainText(3, min=3)] = "EUR"
    date_paiement: Jour
    moyen: MoyenJson = "VIREMENT"
    reference: Annotated[str, PlainText(200)] | None = None
    notifier: bool = True

    @classmethod
    def checks(cls, valid: Mapping[str, Any]) -> Iterable[FieldError]:
        devise = valid.get("devise")
        if devise is not None and devise not in DEVISES:
            yield FieldError("/devise", "devise-inconnue", "La devise est un code ISO 4217 à deux décimales.")


class PaiementDeLotJson(PaiementEntrantJson):
    """A payment of another system or of the bank; `reference_externe` is its identity within `source`."""

    source: Literal["REPRISE", "BANQUE"] = "REPRISE"
    reference_externe: Annotated[str, PlainText(120)]
    notifier: bool = False


class RemboursementJson(Model):
    """Money to give back."""

    montant_centimes: Montant
    motif: Annotated[str, PlainText(500)]
    date: Jour


class RejetJson(Model):
    """A payment taken back by the bank."""

    motif: Annotated[str, PlainText(500)]
    date: Jour


class AffectationJson(Model):
    """A part of a payment, as answered."""

    affectation_id: str
    facture_id: str
    numero: str | None
    montant_centimes: int
    etat: Literal["AFFECTEE", "EN_ATTENTE", "REFUSEE", "ANNULEE"]
    motif: str | None


class RembourseJson(Model):
    """Money given back, as answered."""

    id: str
    montant_centimes: int
    motif: str
    date: IsoDate


class PaiementJson(Model):
    """A payment as answered."""

    id: str
    client_id: str | None
    montant_centimes: int
    devise: str
    date_paiement: IsoDate
    source: Literal["SAISIE", "REPRISE", "BANQUE"]
    reference_externe: str | None
    moyen: MoyenJson
    reference: str | None
    notifier: bool
    etat: EtatPaiement
    affectations: list[AffectationJson]
    remboursements: list[RembourseJson]
    rejet: RejetJson | None
    non_affecte_centimes: int


class SoldeJson(Model):
    """A client's credit and awaited allocations in one currency."""

    client_id: str
    devise: str
    non_affecte_centimes: int
    en_attente_centimes: int


class RecuJson(Model):
    """The outcome for one payment of a lot."""

    reference_externe: str | None
    etat: Literal["CREE", "DEJA_CONNU", "REFUSE"]
    id: str | None
    errors: list[dict[str, str]]


class FiltrePaiements(Query):
    """The filters of the list; dates inclusive."""

    client_id: Identifiant | None = None
    facture_id: Identifiant | None = None
    etat: EtatPaiement | None = None
    recu_du: Jour | None = None
    recu_au: Jour | None = None
    devise: Annotated[str, PlainText(3, min=3)] | None = None
    q: Annotated[str, PlainText(100)] | None = None


class FiltreSoldes(Query):
    """Of which clients, on which day."""

    client_ids: CommaList | None = None
    au: Jour | None = None
