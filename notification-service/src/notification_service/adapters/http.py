"""The REST API of notification-service (api.md, section 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from notification_service.adapters.schemas import (
    FiltreNotifications,
    NotificationEntiereJson,
    NotificationJson,
    RenvoiAccepteJson,
    RenvoiJson,
)
from notification_service.application.ports import CHAMPS_DE_TRI, Clock, Criteres, Lectures
from notification_service.application.renvoyer import Renvoyer
from notification_service.domain.erreurs import NotificationIntrouvableError, RenvoiImpossibleError
from notification_service.domain.notification import Etat, Notification
from ressort.flask import etag
from ressort.flask.api import Answer, Api, Body, PageRequest, Paging, answer, idempotent, problems


@dataclass(frozen=True)
class CasUsage:
    """The use cases that the routes call; `reveiller` wakes the sender."""

    renvoyer: Renvoyer
    lectures: Lectures
    reveiller: Callable[[], None]
    clock: Clock


def notification_api(cas: CasUsage) -> Api:
    """The routes, their documents and their errors."""
    api = Api("Notifications", description="Les courriels, SMS et lettres envoyés aux clients.")
    introuvable = (404, "notification-introuvable", "Notification introuvable", ("notification_id",))
    api.problems(
        problems(
            {
                NotificationIntrouvableError: introuvable,
                RenvoiImpossibleError: (409, "deja-en-file", "Déjà en file"),
            }
        )
    )

    @api.get("/notifications", response=NotificationJson, paging=Paging(CHAMPS_DE_TRI, default="-cree_le"))
    def lister(filtre: FiltreNotifications, page: PageRequest) -> dict[str, Any]:
        """Les notifications, filtrées et triées ; `q` cherche dans destinataires, sujets et numéros."""
        trouvees = cas.lectures.page(Criteres(**filtre.model_dump()), page)
        return page.envelope(trouvees.notifications, trouvees.total, show=vue)

    @api.get("/notifications/{id}", response=NotificationEntiereJson, etag=True)
    def consulter(id: str) -> Answer:
        """Une notification, avec ses textes et ses tentatives."""
        notification = cas.lectures.notification(id)
        return answer(vue_entiere(notification), etag=etag.etag(notification.version, cas.clock.today()))

    @api.post(
        "/notifications/{id}/renvoi",
        status=202,
        response=RenvoiAccepteJson,
        if_match="optional",
        problems=[(409, "deja-en-file")],
    )
    @idempotent()
    def renvoyer(id: str, corps: Body[RenvoiJson]) -> Answer:
        """Renvoyer une notification, ou confirmer l'envoi d'une mise en demeure."""
        actuelle = cas.lectures.notification(id)
        etag.check_match(actuelle.version, cas.clock.today())
        if actuelle.etat is Etat.EN_FILE:
            raise RenvoiImpossibleError(id)
        renvoyee = cas.renvoyer(id, corps.valid().motif)
        cas.reveiller()
        return answer({**vue_entiere(renvoyee), "deja_envoyee_le": actuelle.envoyee_le}, status=202)

    return api


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
        "destinataire": asdict(destinataire) if destinataire else None,
        "sujet": contenu.sujet if contenu else None,
        "fournisseur_id": notification.fournisseur_id,
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
