"""What a list of notifications may be asked: filters, tabs, order; and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from notification_service.domain.notification import Canal, Destinataire, Etat, Notification, TypeMessage
from ressort.texts import fold

MAX_TRI = 300
"""Characters of a name that order a list; longer ones are told apart by their identifiers."""
_PARIS = "Europe/Paris"


class OngletNotifications(StrEnum):
    """A tab of the list: a named condition, in the order in which tabs are shown.

    AUJOURD_HUI: received today. The others but the first are states.
    """

    TOUTES = "toutes"
    A_TRAITER = "a-traiter"
    ECHECS = "echecs"
    INCONNUES = "inconnues"
    EN_FILE = "en-file"
    AUJOURD_HUI = "aujourd-hui"

    @property
    def etat(self) -> Etat | None:
        """The state that it shows, None where the state does not count."""
        return {
            OngletNotifications.A_TRAITER: Etat.A_TRAITER,
            OngletNotifications.ECHECS: Etat.ECHEC,
            OngletNotifications.INCONNUES: Etat.INCONNU,
            OngletNotifications.EN_FILE: Etat.EN_FILE,
        }.get(self)

    def montre(self, notification: Notification, jour: date) -> bool:
        """Whether the notification is shown under this tab on a day."""
        if self is OngletNotifications.AUJOURD_HUI:
            debut, fin = journee(jour)
            return debut <= notification.cree_le < fin
        return self.etat in (None, notification.etat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteres:
    """Filters of a list, joined by and; `du` and `au` are inclusive dates of reception, `jour` is today."""

    jour: date
    canal: Canal | None = None
    etat: Etat | None = None
    client_id: str | None = None
    facture_id: str | None = None
    type: TypeMessage | None = None
    du: date | None = None
    au: date | None = None
    q: str | None = None
    onglet: OngletNotifications | None = None


CHAMPS_DE_TRI: Mapping[str, type] = {
    "cree_le": datetime,
    "modifie_le": datetime,
    "envoyee_le": datetime,
    "etat": str,
    "canal": str,
    "type": str,
    "destinataire": str,
}
"""Keys a list may be sorted by; the identifier always comes last."""


@dataclass(frozen=True, slots=True)
class Trouvees:
    """The notifications of a page, one more than its limit when others follow, and the size of the whole list."""

    notifications: Sequence[Notification]
    total: int


@dataclass(frozen=True, slots=True)
class CompteurOnglet:
    """How many notifications a tab would show."""

    onglet: OngletNotifications
    total: int


def valeur_de_tri(notification: Notification, champ: str) -> Any:
    """A notification's value of a sort key: the folded name for the recipient, empty without one."""
    if champ == "destinataire":
        return cle_de_destinataire(notification.destinataire)
    valeur = getattr(notification, champ)
    return valeur.value if isinstance(valeur, StrEnum) else valeur


def cle_de_destinataire(destinataire: Destinataire | None) -> str:
    """What a recipient is sorted by."""
    return fold(destinataire.nom)[:MAX_TRI] if destinataire else ""


def journee(jour: date) -> tuple[datetime, datetime]:
    """The instants between which a local day of Paris lies; the end is exclusive."""
    zone = ZoneInfo(_PARIS)
    return datetime.combine(jour, time(), zone), datetime.combine(jour + timedelta(days=1), time(), zone)


def bornes(criteres: Criteres) -> tuple[datetime | None, datetime | None]:
    """The instants between which a notification was received; the end is exclusive."""
    debut = journee(criteres.du)[0] if criteres.du else None
    fin = journee(criteres.au)[1] if criteres.au else None
    return debut, fin
