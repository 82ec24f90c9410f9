"""What a caller of the API may send, and what the list and the views may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from facture_service.adapters.reponses import FactureVue
from facture_service.application.consultation import Onglet
from facture_service.domain.devises import DEVISES_A_DEUX_DECIMALES
from facture_service.domain.facture import TypeDocument
from facture_service.domain.lignes import TAUX_TVA_ADMIS
from facture_service.domain.situation import StatutDocument, StatutReglement
from ressort.flask.api import (
    MAX_MINOR_UNITS,
    CommaList,
    DaysBetween,
    DecimalString,
    FieldError,
    IsoInstant,
    MinorUnits,
    Model,
    PlainText,
    Query,
    minor_units,
)


def _taux_admis(taux: Decimal) -> Decimal:
    if taux not in TAUX_TVA_ADMIS:
        raise PydanticCustomError(
            "taux-tva-inconnu", "Ce taux de TVA n'est pas un taux français, présent ou passé."
        )
    return taux


def _devise_admise(devise: str) -> str:
    if devise not in DEVISES_A_DEUX_DECIMALES:
        raise PydanticCustomError(
            "devise-non-admise", "Une devise est un code ISO 4217 à deux décimales, par exemple EUR."
        )
    return devise


Identifiant = Annotated[str, PlainText(36)]
Reference = Annotated[str, PlainText(120)]
Motif = Annotated[str, PlainText(500, lines=True)]
Devise = Annotated[str, PlainText(3), AfterValidator(_devise_admise)]
MontantPositif = Annotated[int, minor_units(min=1)]
Nature = Literal["BIENS", "SERVICES", "MIXTE"]
Jour = Annotated[date, DaysBetween(date(2000, 1, 1), date(2099, 12, 31))]
"""A day of the books: a year of another century is a slip of the pen, and a number it gave would be there for good."""
MontantCherche = Annotated[int, Field(ge=0, le=MAX_MINOR_UNITS)]
MAX_LIGNES = 1000
MAX_IDS = 200


class LigneJson(Model):
    """A line; quantities, prices and rates are decimal strings."""

    read_only = frozenset({"montant_ht_centimes"})

    designation: Annotated[str, PlainText(1000, lines=True)]
    quantite: Annotated[Decimal, DecimalString(max_digits=15, places=4, min="0.0001")]
    unite: Annotated[str, PlainText(20)] | None = None
    prix_unitaire_ht: Annotated[Decimal, DecimalString(max_digits=15, places=6, min="0")]
    remise_pourcent: Annotated[Decimal, DecimalString(max_digits=5, places=2, min="0", max="100")] = Decimal(
        0
    )
    taux_tva: Annotated[
        Decimal, DecimalString(max_digits=5, places=2, min="0", max="100"), AfterValidator(_taux_admis)
    ]


class BrouillonJson(Model):
    """A draft as its author writes it."""

    read_only = (frozenset(FactureVue.model_fields) | {"id"}) - {
        "type", "client_id", "lignes", "devise", "nature_operation", "reference_externe", "numero_commande",
        "date_livraison", "facture_origine", "motif", "a_affecter_centimes",
    }  # fmt: skip

    type: Literal["FACTURE"] = "FACTURE"
    client_id: Identifiant
    lignes: Annotated[list[LigneJson], Field(max_length=MAX_LIGNES)]
    devise: Devise = "EUR"
    nature_operation: Nature | None = None
    reference_externe: Reference | None = None
    numero_commande: Reference | None = None
    date_livraison: Jour | None = None


class EmissionJson(Model):
    """When to issue: today unless said otherwise."""

    date_emission: Jour | None = None


class AvoirJson(Model):
    """What to credit: lines or an amount, neither for all that is left."""

    motif: Motif
    lignes: Annotated[list[LigneJson], Field(min_length=1, max_length=MAX_LIGNES)] | None = None
    montant_ttc_centimes: MontantPositif | None = None

    @classmethod
    def checks(cls, valid: Mapping[str, Any]) -> Iterable[FieldError]:
        """Lines and an amount exclude each other."""
        if valid.get("lignes") is not None and valid.get("montant_ttc_centimes") is not None:
            yield FieldError(
                "/montant_ttc_centimes",
                "lignes-ou-montant",
                "Un avoir porte sur des lignes ou sur un montant, pas sur les deux.",
            )


class EcartJson(Model):
    """A write-off."""

    montant_centimes: MontantPositif
    motif: Literal["FRAIS_BANCAIRES", "PETITE_DIFFERENCE", "ESCOMPTE", "PERTE", "ABANDON", "AUTRE"]


class LitigeJson(Model):
    """A dispute, from today unless said otherwise."""

    motif: Motif
    depuis: Jour | None = None


class ReglementJson(Model):
    """A settlement; `plafonner` takes what the balance allows instead of refusing."""

    affectation_id: Identifiant
    paiement_id: Identifiant
    montant_centimes: MontantPositif
    date_reglement: Jour
    plafonner: bool = False


class ReglementLotJson(ReglementJson):
    """A settlement of a lot, with its invoice."""

    facture_id: Identifiant


class AnnulationJson(Model):
    """A cancellation, of all that is left unless an amount is given."""

    montant_centimes: MontantPositif | None = None
    date: Jour
    motif: Motif


class LitigeRepriseJson(Model):
    """A dispute already open on an invoice taken over."""

    motif: Motif
    depuis: Jour


class RepriseJson(Model):
    """An invoice issued by another system, under its own number (`reference`)."""

    reference: Annotated[str, PlainText(100)]
    client_id: Identifiant
    date_emission: Jour
    date_echeance: Jour
    total_ttc_centimes: MinorUnits
    devise: Devise = "EUR"
    lignes: Annotated[list[LigneJson], Field(max_length=MAX_LIGNES, default_factory=list)]
    nature_operation: Nature | None = None
    reference_externe: Reference | None = None
    numero_commande: Reference | None = None
    date_livraison: Jour | None = None
    litige: LitigeRepriseJson | None = None


class FiltreCompteurs(Query):
    """Filters of the list and of its tabs, all joined by and."""

    client_id: Identifiant | None = None
    type: TypeDocument | None = None
    statut_document: StatutDocument | None = None
    statut_reglement: StatutReglement | None = None
    emise_du: Jour | None = None
    emise_au: Jour | None = None
    echue_avant: Jour | None = None
    echue_du: Jour | None = None
    echue_au: Jour | None = None
    en_retard: bool | None = None
    litige: bool | None = None
    ouverte_au: Jour | None = None
    connu_au: IsoInstant | None = None
    montant_min_centimes: MontantCherche | None = None
    montant_max_centimes: MontantCherche | None = None
    devise: Annotated[str, PlainText(3)] | None = None
    q: Annotated[str, PlainText(100)] | None = None
    ids: Annotated[CommaList, Field(max_length=MAX_IDS)] | None = None


class FiltreFactures(FiltreCompteurs):
    """Filters of the list; `onglet` is one more condition."""

    onglet: Onglet | None = None


class VueDatee(Query):
    """A past view: as of a date, and optionally as it was known at an instant."""

    au: Jour | None = None
    connu_au: IsoInstant | None = None


class FiltreBalance(VueDatee):
    """The aged balance of one client or of all."""

    client_id: Identifiant | None = None


class FiltreTableau(Query):
    """The day of the dashboard, today unless said otherwise; months back and ISO weeks ahead, its own included."""

    au: Jour | None = None
    mois: Annotated[int, Field(ge=1, le=36)] = 12
    semaines: Annotated[int, Field(ge=1, le=53)] = 8


class FiltreVerification(Query):
    """The day of an issue that is being considered, today unless said otherwise."""

    date_emission: Jour | None = None


class FinLitige(Query):
    """The last disputed day, yesterday unless said otherwise."""

    jusqu_au: Jour | None = None
