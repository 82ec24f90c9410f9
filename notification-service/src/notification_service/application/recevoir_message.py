"""A message arrives: it becomes one notification in the queue, however often it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from notification_service.application.compte_rendu import annoncer
from notification_service.application.ports import Clock, Identifiants, Magasin, Redaction
from notification_service.domain.notification import (
    Canal,
    Destinataire,
    Etat,
    Notification,
    Resultat,
    TypeMessage,
)

HEURES_OUVREES = "heures-ouvrees"


class RecevoirMessage:
    """Turns a message that was read into a notification."""

    def __init__(
        self, magasin: Magasin, redaction: Redaction, identifiants: Identifiants, clock: Clock
    ) -> None:
        self._magasin = magasin
        self._redaction = redaction
        self._identifiants = identifiants
        self._clock = clock

    def __call__(self, message_id: str, message: Mapping[str, Any], fenetre: str | None = None) -> None:
        """Stores the notification; a receipt nobody wants makes none."""
        type_message = TypeMessage(message["type"])
        if type_message is TypeMessage.PAIEMENT_CONFIRME and not message["notifier"]:
            return
        notification = self._notification(message_id, type_message, message, fenetre)
        with self._magasin.transaction() as ecriture:
            nouvelle = ecriture.ajouter(notification)
            if nouvelle and notification.etat is Etat.A_TRAITER:
                annoncer(ecriture, notification)

    def _notification(
        self, message_id: str, type_message: TypeMessage, message: Mapping[str, Any], fenetre: str | None
    ) -> Notification:
        maintenant = self._clock.now()
        destinataire = _destinataire(message)
        notification = Notification(
            id=self._identifiants(),
            message_id=message_id,
            type=type_message,
            message=dict(message),
            canal=(destinataire.canal if destinataire else None) or Canal.EMAIL,
            client_id=message["client_id"],
            facture_ids=_factures(type_message, message),
            destinataire=destinataire,
            heures_ouvrees=fenetre == HEURES_OUVREES,
            cree_le=maintenant,
            modifie_le=maintenant,
            prochain_essai=maintenant,
        )
        if not notification.attend_une_personne:
            return notification
        langue = destinataire.langue if destinataire else "fr"
        lettre = replace(
            notification,
            canal=Canal.COURRIER,
            contenu=self._redaction(type_message, message, langue),
        )
        return lettre.finie(
            Etat.A_TRAITER,
            Resultat.REPORTEE,
            maintenant,
            "Mise en demeure : une personne imprime ou confirme l'envoi.",
        )


def _destinataire(message: Mapping[str, Any]) -> Destinataire | None:
    brut = message.get("destinataire")
    if brut is None:
        return None
    return Destinataire(brut["nom"], brut.get("email"), brut.get("telephone"), brut.get("langue") or "fr")


def _factures(type_message: TypeMessage, message: Mapping[str, Any]) -> tuple[str, ...]:
    if type_message is TypeMessage.FACTURE_A_ENVOYER:
        return (message["facture_id"],)
    lignes = message["factures" if type_message is TypeMessage.RELANCE_DEMANDEE else "affectations"]
    return tuple(ligne["facture_id"] for ligne in lignes)
