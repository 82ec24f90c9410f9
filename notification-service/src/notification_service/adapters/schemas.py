"""The JSON of the API: what a caller may send, what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from notification_service.application.consultation import OngletNotifications
from notification_service.application.renvoyer import EtatRenvoi
from notification_service.domain.coordonnees import est_courriel, est_telephone
from notification_service.domain.notification import Canal, Etat, Resultat, TypeMessage
from ressort.flask.api import (
    DaysBetween,
    FieldError,
    IsoDate,
    IsoInstant,
    MinorUnits,
    Model,
    PlainText,
    Query,
)


def _courriel(adresse: str) -> str:
    if not est_courriel(adresse):
        raise PydanticCustomError("email-invalide", "L'adresse électronique n'est pas valable.")
    return adresse


def _telephone(numero: str) -> str:
    if not est_telephone(numero):
        texte = "Un numéro en forme internationale est attendu, par exemple +33612345678."
        raise PydanticCustomError("telephone-invalide", texte)
    return numero


Jour = Annotated[date, DaysBetween(date(2000, 1, 1), date(2099, 12, 31))]
"""A local day that may be asked about: there is one before and one after it."""


MAX_LOT = 200
MAX_LIGNES = 5_000


class AdressesJson(Model):
    """Where to send it instead: an e-mail address, or a telephone for an SMS; the e-mail first."""

    email: Annotated[str, PlainText(254), AfterValidator(_courriel)] | None = None
    telephone: Annotated[str, PlainText(16), AfterValidator(_telephone)] | None = None

    @classmethod
    def checks(cls, valid: Mapping[str, Any]) -> Iterable[FieldError]:
        if valid == {"email": None, "telephone": None}:
            yield FieldError("", "adresse-manquante", "Donnez une adresse électronique ou un téléphone.")


class RenvoiJson(Model):
    """Why it is sent again, and where to when the known address is not the right one."""

    motif: Annotated[str, PlainText(500)]
    destinataire: AdressesJson | None = None


class EnvoiPostalJson(Model):
    """When a person posted the letter, today unless told, and what is worth keeping of it: a registered number."""

    postee_le: Jour | None = None
    note: Annotated[str, PlainText(500)] | None = None


class LotRenvoiJson(Model):
    """Notifications to send again, and why."""

    ids: Annotated[list[Annotated[str, PlainText(36)]], Field(min_length=1, max_length=MAX_LOT)]
    motif: Annotated[str, PlainText(500)]


class IssueRenvoiJson(Model):
    """The outcome for one notification; `code` and `detail` say why it was refused."""

    id: str
    etat: EtatRenvoi
    code: str | None
    detail: str | None
    deja_envoyee_le: IsoInstant | None


class CompteurNotificationsJson(Model):
    """How many notifications a tab would show."""

    nom: OngletNotifications
    total: int


class CompteursNotificationsJson(Model):
    """Every tab of the list, in the order in which they are shown."""

    onglets: list[CompteurNotificationsJson]


class TentativeJson(Model):
    """One attempt, or one decision of a person."""

    le: IsoInstant
    resultat: Resultat
    detail: str | None


class DestinataireJson(Model):
    """Whom it is written to."""

    nom: str
    email: str | None
    telephone: str | None
    langue: str


class LigneApercuJson(Model):
    """An invoice on a reminder that is not asked for yet; `interets_centimes` is null where a rate is missing."""

    facture_id: Annotated[str, PlainText(36)]
    numero: Annotated[str, PlainText(100)]
    cycle: int
    niveau: int | None
    date_emission: IsoDate
    date_echeance: IsoDate
    jours_retard: int
    total_ttc_centimes: MinorUnits
    reste_centimes: MinorUnits
    interets_centimes: MinorUnits | None
    indemnite_centimes: MinorUnits


class RelanceApercuJson(Model):
    """`RelanceDemandee` as a simulation of batch gives it, to be read before anything is sent."""

    type: Literal["RelanceDemandee"]
    relance_id: Annotated[str, PlainText(36)]
    client_id: Annotated[str, PlainText(36)]
    niveau: Annotated[int, Field(ge=1, le=9)]
    date_reference: IsoDate
    devise: Annotated[str, PlainText(3)]
    politique: Annotated[str, PlainText(60)]
    version_politique: int
    destinataire: DestinataireJson | None
    factures: Annotated[list[LigneApercuJson], Field(min_length=1, max_length=MAX_LIGNES)]
    credits_centimes: MinorUnits
    total_du_centimes: MinorUnits


class ApercuJson(Model):
    """What a message says: subject, text and HTML, in the language of its recipient."""

    sujet: str
    texte: str
    html: str


class NotificationJson(Model):
    """A notification as listed."""

    id: str
    message_id: str
    type: TypeMessage
    canal: Canal
    etat: Etat
    motif: str | None
    niveau: int | None
    client_id: str | None
    facture_ids: list[str]
    numeros: list[str]
    destinataire: DestinataireJson | None
    sujet: str | None
    fournisseur_id: str | None
    nombre_tentatives: int
    envoyee_le: IsoInstant | None
    prochain_essai: IsoInstant | None
    cree_le: IsoInstant
    modifie_le: IsoInstant


class NotificationEntiereJson(NotificationJson):
    """A notification with its texts, attempts and the message it comes from."""

    texte: str | None
    html: str | None
    tentatives: list[TentativeJson]
    message: dict[str, Any]


class RenvoiAccepteJson(NotificationEntiereJson):
    """Taken back into the queue; `deja_envoyee_le` says when it was delivered before, if it was."""

    deja_envoyee_le: IsoInstant | None


class FiltreNotifications(Query):
    """The filters of the list, but for its tabs; `du` and `au` are inclusive local dates of reception."""

    canal: Canal | None = None
    etat: Etat | None = None
    client_id: Annotated[str, PlainText(36)] | None = None
    facture_id: Annotated[str, PlainText(36)] | None = None
    type: TypeMessage | None = None
    du: Jour | None = None
    au: Jour | None = None
    q: Annotated[str, PlainText(100)] | None = None


class FiltreListe(FiltreNotifications):
    """The filters of the list; `onglet` is a named condition more."""

    onglet: OngletNotifications | None = None
