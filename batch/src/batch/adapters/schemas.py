"""The JSON of the API: what a caller may send, what is answered."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from batch.application.consultation import Onglet
from batch.domain.dossier import EtatRelance
from batch.domain.limites import DERNIER_JOUR, PREMIER_JOUR
from ressort.flask.api import CommaList, DaysBetween, IsoDate, IsoInstant, MinorUnits, Model, PlainText, Query

Identifiant = Annotated[str, PlainText(36)]
Jour = Annotated[date, DaysBetween(PREMIER_JOUR, DERNIER_JOUR)]


class LancementJson(Model):
    """Parameters of a launch; `GET /jobs` says which each job takes."""

    parametres: dict[str, Any] = Field(default_factory=dict)


class RecommencementJson(Model):
    """A person's decision to begin the reminders of an invoice anew."""

    facture_id: Identifiant
    motif: Annotated[str, PlainText(500)]


class NiveauJson(Model):
    """One level: from so many days late on; whether it states interest and indemnity; how it leaves."""

    niveau: int
    delai_jours: int
    penalites: bool
    envoi: Literal["AUTOMATIQUE", "MANUEL"] = "AUTOMATIQUE"


class PolitiqueJson(Model):
    """A dunning policy as a caller writes it."""

    read_only = frozenset({"nom", "version", "modifie_le"})

    niveaux: Annotated[list[NiveauJson], Field(min_length=1, max_length=9)]
    intervalle_min_jours: int = 7
    minimum_centimes: MinorUnits = 500
    indemnite_centimes: MinorUnits = 4000
    libelle: Annotated[str, PlainText(200, min=0)] = ""


class PolitiqueVue(PolitiqueJson):
    """A dunning policy as answered."""

    nom: str
    version: int
    modifie_le: IsoInstant


class ParametreVue(Model):
    """A parameter of a job."""

    nom: str
    type: str
    obligatoire: bool
    defaut: Any
    description: str


class JobVue(Model):
    """A job: its parameters, when it is fired and when next."""

    nom: str
    parametres: list[ParametreVue]
    cron: str | None
    zone: str | None
    prochain: IsoInstant | None


class Statut(StrEnum):
    """Where an execution stands (api.md, section 6)."""

    STARTING = "STARTING"
    STARTED = "STARTED"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    STOPPED = "STOPPED"
    ABANDONED = "ABANDONED"


class EtapeVue(Model):
    """A step of an execution with its counters; `attendus` is how many it will read, where that is known."""

    nom: str
    statut: str
    lus: int
    ecrits: int
    filtres: int
    ignores: int
    attendus: int | None
    duree_ms: int


class ExclusionVue(Model):
    """A client whom a person left out of a campaign, and why; null where nobody said."""

    client_id: str
    motif: str | None


class ExecutionVue(Model):
    """One attempt at a job; `exclusions` are those of the parameters, with the reasons."""

    id: str
    job: str
    statut: Statut
    code_sortie: str
    parametres: dict[str, Any]
    cree_le: IsoInstant
    debut: IsoInstant | None
    fin: IsoInstant | None
    duree_ms: int
    etapes: list[EtapeVue]
    echecs: list[str]
    rejets: int
    rejeu: bool | None
    exclusions: list[ExclusionVue]


class PasseVue(Model):
    """One attempt at a job, as a line of the list of all; `lus` to `ignores` are sums over its steps."""

    id: str
    job: str
    statut: Statut
    code_sortie: str
    parametres: dict[str, Any]
    cree_le: IsoInstant
    debut: IsoInstant | None
    fin: IsoInstant | None
    duree_ms: int
    lus: int
    ecrits: int
    filtres: int
    ignores: int
    rejets: int


class FiltreExecutions(Query):
    """Filters of the list of all: one job, one or several states joined by commas."""

    job: Annotated[str, PlainText(100)] | None = None
    statut: CommaList | None = None


class RejetVue(Model):
    """A bad row: its line in the file, the step that met it, the reason and the row."""

    ligne: int
    etape: str
    motif: str
    detail: str
    contenu: str


class FichierVue(Model):
    """An uploaded file, to be named as `fichier`."""

    fichier: str
    taille: int
    sha256: str


class LigneVue(Model):
    """An invoice on a reminder; without `niveau` it is listed for information."""

    facture_id: str
    numero: str
    cycle: int
    niveau: int | None
    date_emission: IsoDate
    date_echeance: IsoDate
    jours_retard: int
    total_ttc_centimes: int
    reste_centimes: int
    interets_centimes: int | None
    indemnite_centimes: int


class DestinataireVue(Model):
    """Whom a reminder is written to; without e-mail and telephone nobody can be."""

    nom: str
    email: str | None
    telephone: str | None
    langue: str


class RelanceVue(Model):
    """A reminder that was decided."""

    id: str
    client_id: str
    nom: str
    niveau: int
    devise: str
    date_reference: IsoDate
    politique: str
    version_politique: int
    envoi: Literal["AUTOMATIQUE", "MANUEL"]
    etat: EtatRelance
    motif: str | None
    rejeu: bool
    execution_id: str
    credits_centimes: int
    total_du_centimes: int
    factures: list[LigneVue]
    notification_id: str | None
    creee_le: IsoInstant
    etat_le: IsoInstant | None
    destinataire: DestinataireVue | None


class MessageVue(Model):
    """`RelanceDemandee`, as put on relance-topic; what a preview of the letter is made from."""

    type: Literal["RelanceDemandee"]
    relance_id: str
    client_id: str
    niveau: int
    date_reference: IsoDate
    devise: str
    politique: str
    version_politique: int
    destinataire: DestinataireVue | None
    factures: list[LigneVue]
    credits_centimes: int
    total_du_centimes: int


class RelanceEntiereVue(RelanceVue):
    """A reminder with the message that asked for it."""

    message: MessageVue


class OngletVue(Model):
    """How many reminders a tab would show."""

    nom: Onglet
    total: int


class CompteursVue(Model):
    """Every tab of the list, in the order in which they are shown."""

    onglets: list[OngletVue]


class CycleVue(Model):
    """The cycle of reminders an invoice is in now."""

    facture_id: str
    cycle: int
    motif: str
    depuis: IsoInstant


class RestrictionRelances(Query):
    """Filters of the list but its tab, joined by and; `du` and `au` bound the reference date, inclusive."""

    client_id: Identifiant | None = None
    facture_id: Identifiant | None = None
    niveau: Annotated[int, Field(ge=1, le=9)] | None = None
    etat: EtatRelance | None = None
    date_reference: Jour | None = None
    du: Jour | None = None
    au: Jour | None = None
    execution_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    q: Annotated[str, PlainText(100)] | None = None


class PeriodeJson(Query):
    """From one day to another, both included: 400 days at most."""

    du: Jour
    au: Jour


class FerieVue(Model):
    """A day on which no reminder leaves by itself, besides Saturdays and Sundays."""

    jour: IsoDate
    nom: str


class FiltreRelances(RestrictionRelances):
    """Filters of the list."""

    onglet: Onglet | None = None
