"""Telling batch what became of a reminder: `RelanceTraitee` on `notification-topic` (api.md, section 7)."""

from __future__ import annotations

from datetime import UTC

from notification_service.application.ports import Ecriture
from notification_service.domain.notification import Notification

DESTINATION = "notification-topic"


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
        },
    )
