"""What a reminder would say, before anybody is asked to send it."""

from __future__ import annotations

from typing import Any

from notification_service.adapters.http.cas_usage import CasUsage
from notification_service.adapters.schemas import ApercuJson, RelanceApercuJson
from notification_service.domain.notification import TypeMessage
from ressort.flask.api import Api

SANS_DESTINATAIRE = "fr"


def routes_d_apercu(api: Api, cas: CasUsage) -> None:
    """Declare it."""

    @api.post("/notifications/apercu", response=ApercuJson)
    def apercevoir(relance: RelanceApercuJson) -> dict[str, Any]:
        """Ce que dirait une relance, telle que la simulation la donne : rien n'est envoyé ni gardé."""
        message = relance.model_dump(mode="json")
        langue = relance.destinataire.langue if relance.destinataire else SANS_DESTINATAIRE
        contenu = cas.redaction(TypeMessage.RELANCE_DEMANDEE, message, langue)
        return {"sujet": contenu.sujet, "texte": contenu.texte, "html": contenu.html}
