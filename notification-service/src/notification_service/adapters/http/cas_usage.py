"""What the routes work with: the use cases, and a notification as it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from notification_service.application.ports import Lectures, Redaction
from notification_service.application.poster import Poster
from notification_service.application.renvoyer import Renvoyer
from notification_service.domain.notification import Etat, Notification
from ressort.clock import Clock
from ressort.flask import etag
from ressort.flask.views import ViewStore


@dataclass(frozen=True)
class CasUsage:
    """The use cases that the routes call; `reveiller` wakes the sender."""

    renvoyer: Renvoyer
    poster: Poster
    lectures: Lectures
    redaction: Redaction
    vues: ViewStore
    reveiller: Callable[[], None]
    clock: Clock

    def etiquette(self, notification: Notification, forme: str = "") -> str:
        """The strong ETag of a notification today; `forme` names another form than JSON."""
        return etag.etag(notification.version, self.clock.today(), forme)

    def verifier_if_match(self, notification: Notification) -> None:
        """Honours an If-Match that was sent; raises the 412 problem."""
        etag.check_match(notification.version, self.clock.today())


def vue(notification: Notification) -> dict[str, Any]:
    """A notification as listed."""
    destinataire, contenu = notification.destinataire, notification.contenu
    return {
        "id": notification.id,
        "message_id": notification.message_id,
        "type": notification.type,
        "canal": notification.canal,
        "etat": notification.etat,
        "motif": notification.motif,
        "niveau": notification.niveau,
        "client_id": notification.client_id,
        "facture_ids": list(notification.facture_ids),
        "numeros": list(notification.numeros),
        "destinataire": asdict(destinataire) if destinataire else None,
        "sujet": contenu.sujet if contenu else None,
        "fournisseur_id": notification.fournisseur_id,
        "nombre_tentatives": notification.nombre_tentatives,
        "envoyee_le": notification.envoyee_le,
        "prochain_essai": notification.prochain_essai if notification.etat is Etat.EN_FILE else None,
        "cree_le": notification.cree_le,
        "modifie_le": notification.modifie_le,
    }


def vue_entiere(notification: Notification) -> dict[str, Any]:
    """A notification with its texts, attempts and the message it comes from."""
    contenu = notification.contenu
    return {
        **vue(notification),
        "texte": contenu.texte if contenu else None,
        "html": contenu.html if contenu else None,
        "tentatives": [asdict(tentative) for tentative in notification.tentatives],
        "message": dict(notification.message),
    }
