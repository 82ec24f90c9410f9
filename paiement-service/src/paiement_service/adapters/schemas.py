"""The JSON of the API: what a caller may send, what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from paiement_service.application.consultation import Onglet
from paiement_service.domain.paiement import EtatPaiement, Moyen, Source
from ressort.flask.api import (
    MAX_MINOR_UNITS,
    CommaList,
    DaysBetween,
    FieldError,
    IsoDate,
    IsoInstant,
    MinorUnits,
    Model,
    PlainText,
    Query,
    minor_units,
)

Identifiant = Annotated[str, PlainText(36)]
Montant = Annotated[int, minor_units(min=1)]
Borne = Annotated[int, Field(ge=0, le=MAX_MINOR_UNITS)]
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


Parts = Annotated[list[PartJson], Field(max_length=100)]


class PaiementEntrantJson(Model):
    """A payment as a caller records it: `facture_id`, or `affectations`, or only `client_id`.

    `affectations` empty beside a `client_id`: for no invoice there is, all of it the client's credit.
    """

    client_id: Identifiant | None = None
    facture_id: Identifiant | None = None
    affectations: Parts | None = None
    montant_centimes: Montant
    devise: Annotated[str, PlainText(3, min=3)] = "EUR"
    date_paiement: Jour
    moyen: MoyenJson = "VIREMENT"
    reference: Annotated[str, PlainText(200)] | None = None
    notifier: bool = True

    @classmethod
    def checks(cls, valid: Mapping[str, Any]) -> Iterable[FieldError]:
        yield from _devise_connue(valid)


def _devise_connue(valid: Mapping[str, Any]) -> Iterable[FieldError]:
    devise = valid.get("devise")
    if devise is not None and devise not in DEVISES:
        yield FieldError("/devise", "devise-inconnue", "La devise est un code ISO 4217 à deux décimales.")


class PaiementDeLotJson(PaiementEntrantJson):
    """A payment of another system or of the bank; `reference_externe` is its identity within `source`."""

    source: Literal["REPRISE", "BANQUE"] = "REPRISE"
    reference_externe: Annotated[str, PlainText(120)]
    notifier: bool = False


class RepartitionDemandeeJson(Model):
    """A payment not yet made: without `affectations` in the legal order, without a date made today."""

    client_id: Identifiant
    montant_centimes: MinorUnits = 0
    devise: Annotated[str, PlainText(3, min=3)] = "EUR"
    date_paiement: Jour | None = None
    affectations: Parts | None = None

    @classmethod
    def checks(cls, valid: Mapping[str, Any]) -> Iterable[FieldError]:
        yield from _devise_connue(valid)


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
    date: IsoDate
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
    affecte_centimes: int
    en_attente_centimes: int
    non_affecte_centimes: int
    rembourse_centimes: int
    remboursable_centimes: int
    cree_le: IsoInstant
    modifie_le: IsoInstant


class TotauxJson(Model):
    """Sums of a set of payments in one currency."""

    devise: str
    montant_centimes: int
    non_affecte_centimes: int


class OngletJson(Model):
    """How many payments a tab would show, and their sums."""

    nom: Onglet
    total: int
    totaux: list[TotauxJson]


class CompteursJson(Model):
    """Every tab of the list, in the order in which they are shown."""

    onglets: list[OngletJson]


class PointMoisJson(Model):
    """One month, from `du` to `au`: received, refunded, returned by the bank, and what is left of it."""

    mois: str
    du: IsoDate
    au: IsoDate
    recu_centimes: int
    rembourse_centimes: int
    rejete_centimes: int
    encaisse_centimes: int


class SerieJson(Model):
    """Every month asked for, in one currency."""

    devise: str
    points: list[PointMoisJson]


class SeriesJson(Model):
    """What came in month by month; a currency in which nothing moved has no series."""

    au: IsoDate
    series: list[SerieJson]


class SoldeJson(Model):
    """A client's credit and awaited allocations in one currency."""

    client_id: str
    devise: str
    non_affecte_centimes: int
    en_attente_centimes: int


class LigneRepartitionJson(Model):
    """What one invoice would get; `reste_centimes` is what it owes before."""

    facture_id: str
    numero: str | None
    date_echeance: IsoDate | None
    reste_centimes: int
    montant_centimes: int


class FactureOuverteJson(Model):
    """An open invoice of the client, as of today."""

    facture_id: str
    numero: str
    date_emission: IsoDate
    date_echeance: IsoDate
    jours_retard: int
    total_ttc_centimes: int
    reste_centimes: int
    en_litige: bool


class RepartitionJson(Model):
    """A payment spread, what stays as credit, and the open invoices of the client, oldest due first."""

    affectations: list[LigneRepartitionJson]
    non_affecte_centimes: int
    ouvertes: list[FactureOuverteJson]


class RecuJson(Model):
    """The outcome for one payment of a lot."""

    reference_externe: str | None
    etat: Literal["CREE", "DEJA_CONNU", "REFUSE"]
    id: str | None
    errors: list[dict[str, str]]


class RestrictionPaiements(Query):
    """The filters of the list but its tab; dates and amounts inclusive."""

    client_id: Identifiant | None = None
    facture_id: Identifiant | None = None
    etat: EtatPaiement | None = None
    moyen: Moyen | None = None
    source: Source | None = None
    recu_du: Jour | None = None
    recu_au: Jour | None = None
    rendu_du: Jour | None = None
    rendu_au: Jour | None = None
    montant_min_centimes: Borne | None = None
    montant_max_centimes: Borne | None = None
    devise: Annotated[str, PlainText(3, min=3)] | None = None
    q: Annotated[str, PlainText(100)] | None = None


class FiltrePaiements(RestrictionPaiements):
    """The filters of the list."""

    onglet: Onglet | None = None


class FiltreSeries(Query):
    """The months that end with the one of `au`."""

    au: Jour | None = None
    mois: Annotated[int, Field(ge=1, le=60)] = 12


class FiltreSoldes(Query):
    """Of which clients, on which day."""

    client_ids: CommaList | None = None
    au: Jour | None = None
