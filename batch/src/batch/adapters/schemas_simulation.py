"""The JSON of simulations: what a caller may ask, what is answered."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from batch.adapters.schemas import DestinataireVue, Identifiant, LigneVue, MessageVue, PolitiqueJson
from batch.application.comparer_simulations import Changement
from batch.application.exclusions import MAXIMUM
from batch.domain.echelle import Motif
from ressort.flask.api import IsoDate, Model, PlainText, Query


class PolitiqueBrouillonJson(PolitiqueJson):
    """A policy that is not saved; it counts in the place of the saved one of its name."""

    read_only: ClassVar[frozenset[str]] = frozenset()

    nom: Annotated[str, PlainText(60)]


class SimulationDemandee(Model):
    """A simulation: today, every client under its own policy and nobody left out, unless told otherwise.

    `politique`: every client under that one. `exclusions`: clients left out. `compare_a`: what differs from that date,
    with the policies as saved and nobody left out; the same date shows what a draft or exclusions change.
    """

    date_reference: IsoDate | None = None
    politique: Annotated[str, PlainText(60)] | None = None
    politique_brouillon: PolitiqueBrouillonJson | None = None
    exclusions: Annotated[list[Identifiant], Field(max_length=MAXIMUM)] = Field(default_factory=list)
    compare_a: IsoDate | None = None


class RelanceSimulee(Model):
    """A reminder that a run would ask for; `message` is what notification-service would be given.

    `interets_centimes` is null when a statutory rate is missing for one of the lines.
    """

    client_id: str
    nom: str
    type_client: Literal["ENTREPRISE", "PARTICULIER", "PUBLIC"]
    niveau: int
    devise: str
    politique: str
    version_politique: int
    envoi: Literal["AUTOMATIQUE", "MANUEL"]
    credits_centimes: int
    total_du_centimes: int
    interets_centimes: int | None
    indemnites_centimes: int
    factures: list[LigneVue]
    destinataire: DestinataireVue
    sans_adresse: bool
    message: MessageVue


class EcarteeVue(Model):
    """A late invoice without a reminder, and why; `nom` is null for a client that client-service does not know."""

    facture_id: str
    numero: str
    client_id: str
    nom: str | None
    devise: str
    date_echeance: IsoDate
    jours_retard: int
    reste_centimes: int
    motif: Motif
    detail: str


class FiltreEcartees(Query):
    """What of a campaign's late invoices without a reminder is listed."""

    motif: Motif | None = None


class MotifVue(Model):
    """How many late invoices a campaign left out for a reason."""

    motif: Motif
    total: int


class DifferenceVue(Model):
    """A reminder that is not what it was; `motif` says why one disappeared, null when nothing is late any more."""

    changement: Changement
    client_id: str
    nom: str
    devise: str
    niveau_avant: int | None
    niveau: int | None
    total_du_avant_centimes: int | None
    total_du_centimes: int | None
    motif: Motif | None
    detail: str | None


class ComparaisonVue(Model):
    """What differs from the simulation of `date_reference`."""

    date_reference: IsoDate
    apparues: int
    disparues: int
    niveaux_changes: int
    inchangees: int
    differences: list[DifferenceVue]


class SimulationVue(Model):
    """What a run would do."""

    date_reference: IsoDate
    relances: list[RelanceSimulee]
    ecartees: list[EcarteeVue]
    avertissements: list[str]
    comparaison: ComparaisonVue | None
