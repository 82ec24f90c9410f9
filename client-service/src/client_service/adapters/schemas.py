"""The JSON of the API: what a caller may send, what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from client_service.application.consultation import OngletClients
from client_service.application.doublons import MotifDoublon
from client_service.application.retoucher_client import EtatRetouche
from client_service.domain.client import ModeEcheance, TypeClient
from client_service.domain.verification import NiveauConstat
from ressort.flask.api import CommaList, IsoDate, IsoInstant, Model, PlainText, Query

MAX_IDS = 200

Numero = Annotated[str, PlainText(30)]
"""A registration number as people write and paste it; it is kept without spaces, dots and hyphens."""


class AdresseJson(Model):
    """A postal address in parts; ``pays`` is ISO 3166-1 alpha-2."""

    ligne1: Annotated[str, PlainText(120)]
    ligne2: Annotated[str, PlainText(120)] | None = None
    code_postal: Annotated[str, PlainText(10)] | None = None
    ville: Annotated[str, PlainText(80)]
    pays: Annotated[str, PlainText(2, min=2)] = "FR"


class ConditionsJson(Model):
    """Payment terms."""

    delai_jours: int
    mode: Literal["NET", "FIN_DE_MOIS", "FIN_DE_MOIS_PUIS_JOURS"] = ModeEcheance.NET.value


class SuspensionJson(Model):
    """Reminders held; without ``jusqu_au`` until further notice."""

    motif: Annotated[str, PlainText(500)]
    jusqu_au: IsoDate | None = None


class LotJson(Model):
    """Clients to change together."""

    ids: Annotated[list[Annotated[str, PlainText(36)]], Field(min_length=1, max_length=MAX_IDS)]


class LotPolitiqueJson(LotJson):
    """The dunning policy they get."""

    politique_relance: Annotated[str, PlainText(60)]


class LotSuspensionJson(LotJson, SuspensionJson):
    """Why and until when their reminders are held."""


class IssueClientJson(Model):
    """The outcome for one client of a bulk change; `code` and `detail` say why it was refused."""

    id: str
    etat: EtatRetouche
    code: str | None
    detail: str | None


class FicheJson(Model):
    """A client's record as a caller writes it."""

    read_only = frozenset({"id", "nom_affiche", "archive", "cree_le", "modifie_le"})

    type: Literal["ENTREPRISE", "PARTICULIER", "PUBLIC"]
    raison_sociale: Annotated[str, PlainText(200)] | None = None
    prenom: Annotated[str, PlainText(100)] | None = None
    nom: Annotated[str, PlainText(100)] | None = None
    siren: Numero | None = None
    siret: Numero | None = None
    tva_intracom: Numero | None = None
    reference_externe: Annotated[str, PlainText(120)] | None = None
    adresse: AdresseJson | None = None
    email: Annotated[str, PlainText(254)] | None = None
    telephone: Annotated[str, PlainText(30)] | None = None
    langue: Annotated[str, PlainText(2, min=2)] = "fr"
    conditions_paiement: ConditionsJson = ConditionsJson(delai_jours=30)
    politique_relance: Annotated[str, PlainText(60)] = "standard"
    suspension: SuspensionJson | None = None


class ClientJson(FicheJson):
    """A client as answered."""

    id: str
    nom_affiche: str
    archive: bool
    cree_le: IsoInstant
    modifie_le: IsoInstant


class AnomalieJson(Model):
    """A rule that one client of a take-over breaks."""

    pointer: str
    code: str
    detail: str


class ReprisJson(Model):
    """The outcome for one client of a take-over."""

    reference_externe: str | None
    etat: Literal["CREE", "DEJA_CONNU", "REFUSE"]
    id: str | None
    errors: list[AnomalieJson]


class DoublonJson(Model):
    """A client that may be the one being typed."""

    id: str
    nom_affiche: str
    siren: str | None
    ville: str | None
    motif: MotifDoublon
    archive: bool


class QuestionDoublons(Query):
    """What is typed so far, each as it stands; `sauf` is the client being changed."""

    siren: str | None = None
    siret: str | None = None
    nom: str | None = None
    email: str | None = None
    sauf: str | None = None


class ConstatJson(Model):
    """What is found about one field; `propose` is a value for the field `propose_pour`."""

    champ: Literal["siren", "siret", "tva_intracom", "code_postal", "pays", "email", "telephone"]
    niveau: NiveauConstat
    code: str | None
    detail: str | None
    propose: str | None
    propose_pour: str | None


class QuestionVerification(Query):
    """The fields to look at, each as it is typed; `pays` is FR when it is not given."""

    type: TypeClient = TypeClient.ENTREPRISE
    siren: str | None = None
    siret: str | None = None
    tva_intracom: str | None = None
    code_postal: str | None = None
    pays: str | None = None
    email: str | None = None
    telephone: str | None = None


class CompteurClientsJson(Model):
    """How many clients a tab would show."""

    nom: OngletClients
    total: int


class CompteursClientsJson(Model):
    """Every tab of the list, in the order in which they are shown."""

    onglets: list[CompteurClientsJson]


class FiltreClients(Query):
    """The filters of the list, but for its tabs."""

    q: Annotated[str, PlainText(100)] | None = None
    type: TypeClient | None = None
    archive: bool | None = None
    reference_externe: Annotated[str, PlainText(120)] | None = None
    ids: CommaList | None = None


class FiltreListe(FiltreClients):
    """The filters of the list; `onglet` is a named condition more."""

    onglet: OngletClients | None = None
