"""The JSON of the API: what a caller may send, what is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from notification_service.domain.notification import Canal, Etat, Resultat, TypeMessage
from ressort.flask.api import DaysBetween, IsoInstant, Model, PlainText, Query

Jour = Annotated[date, DaysBetween(date(2000, 1, 1), date(2099, 12, 31))]
"""A local day that may be asked about: there is one before and one after it."""


class RenvoiJson(Model):
    """Why it is sent again."""

    motif: Annotated[str, PlainText(500)]


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
    destinataire: DestinataireJson | None
    sujet: str | None
    fournisseur_id: str | None
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
    """The filters of the list; `du` and `au` are inclusive local dates of reception."""

    canal: Canal | None = None
    etat: Etat | None = None
    client_id: Annotated[str, PlainText(36)] | None = None
    facture_id: Annotated[str, PlainText(36)] | None = None
    type: TypeMessage | None = None
    du: Jour | None = None
    au: Jour | None = None
    q: Annotated[str, PlainText(100)] | None = None
