"""What the database keeps beside a notification: columns drawn from it, to search and sort by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from notification_service.application.consultation import cle_de_destinataire
from notification_service.domain.notification import Contenu, Destinataire, Notification, numeros_de
from ressort.texts import fold


def colonnes_tirees(
    message: Mapping[str, Any], destinataire: Destinataire | None, contenu: Contenu | None
) -> dict[str, Any]:
    """The columns that revision 0002 draws again for the notifications that were there before."""
    return {
        "recherche": _texte(message, destinataire, contenu),
        "destinataire_nom": cle_de_destinataire(destinataire),
    }


def texte_recherche(notification: Notification) -> str:
    """What ``q`` is looked for in: recipient, subject and invoice numbers, folded."""
    return _texte(notification.message, notification.destinataire, notification.contenu)


def _texte(message: Mapping[str, Any], destinataire: Destinataire | None, contenu: Contenu | None) -> str:
    parts: list[str | None] = [*numeros_de(message)]
    if destinataire is not None:
        parts += [destinataire.nom, destinataire.email, destinataire.telephone]
    if contenu is not None:
        parts.append(contenu.sujet)
    return "\n".join(fold(part) for part in parts if part)
