"""What a reminder would say, before anybody is asked to send it."""

from __future__ import annotations

from typing import Any

import flask
from pydantic import ValidationError

from notification_service.adapters.http.cas_usage import CasUsage
from notification_service.adapters.http.lectures import HTML, LETTRE_CSP
from notification_service.adapters.schemas import ApercuJson, RelanceApercuJson
from notification_service.domain.notification import Contenu, TypeMessage
from ressort.flask.api import Answer, Api, FieldError, InvalidBody

SANS_DESTINATAIRE = "fr"


def routes_d_apercu(api: Api, cas: CasUsage) -> None:
    """Declare them."""

    @api.post("/notifications/apercu", response=ApercuJson)
    def apercevoir(relance: RelanceApercuJson) -> dict[str, Any]:
        """Ce que dirait une relance, telle que la simulation la donne : rien n'est envoyé ni gardé."""
        contenu = _rediger(cas, relance)
        return {"sujet": contenu.sujet, "texte": contenu.texte, "html": contenu.html}

    @api.post("/notifications/apercu/lettre", form={"relance": "text"}, produces=(HTML,))
    def mettre_en_page() -> Answer:
        """Le courriel que serait cette relance, pour un cadre isolé auquel un formulaire l'envoie."""
        contenu = _rediger(cas, _relance(flask.request.form.get("relance", "")))
        entetes = {"Content-Security-Policy": LETTRE_CSP, "Cache-Control": "no-store"}
        return Answer(flask.Response(contenu.html, content_type=f"{HTML}; charset=utf-8"), headers=entetes)


def _relance(texte: str) -> RelanceApercuJson:
    """Raises InvalidBody: the one who wrote this form is a page of ours, so the field is named and no more."""
    try:
        return RelanceApercuJson.model_validate_json(texte)
    except ValidationError as error:
        raise InvalidBody(
            [FieldError("/relance", "relance-illisible", "Une RelanceDemandee est attendue.")]
        ) from error


def _rediger(cas: CasUsage, relance: RelanceApercuJson) -> Contenu:
    message = relance.model_dump(mode="json")
    langue = relance.destinataire.langue if relance.destinataire else SANS_DESTINATAIRE
    return cas.redaction(TypeMessage.RELANCE_DEMANDEE, message, langue)
