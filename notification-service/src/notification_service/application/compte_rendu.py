"""Telling batch what became of a reminder: `RelanceTraitee` on `notification-topic` (api.md, section 7)."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from notification_service.application.ports import Ecriture
from notification_service.domain.notification import Etat, Notification

DESTINATION = "notification-topic"
PARTIES = (Etat.ENVOYEE, Etat.INCONNU)
"""States in which the letter has left, or may have."""


def annoncer(ecriture: Ecriture, notification: Notification) -> None:
    """Publishes the fate of a reminder with the row that says it; other notifications are nobody's business."""
    if not notification.est_relance:
        return
    ecriture.publier(
        DESTINATION,
        {
            "type": "RelanceTraitee",
            "relance_id": notification.message["relance_id"],
            "etat": notification.etat.value,
            "motif": notification.motif,
            "notification_id": notification.id,
            "le": notification.modifie_le.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            **_lignes(notification),
        },
    )


def _lignes(notification: Notification) -> dict[str, Any]:
    """The lines of the letter that left: those that dropped out when it was re-read are not among them."""
    if notification.etat not in PARTIES:
        return {}
    lignes = notification.message["factures"]
    return {"factures": [{"facture_id": li["facture_id"], "niveau": li["niveau"]} for li in lignes]}
