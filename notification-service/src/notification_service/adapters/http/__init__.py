"""The REST API of notification-service (api.md, section 5)."""

from __future__ import annotations

from notification_service.adapters.http.apercu import routes_d_apercu
from notification_service.adapters.http.cas_usage import CasUsage
from notification_service.adapters.http.lectures import routes_de_lecture
from notification_service.adapters.http.renvois import routes_de_renvoi
from notification_service.domain.erreurs import (
    LettreAbsenteError,
    NotificationIntrouvableError,
    RenvoiImpossibleError,
    RienAPosterError,
)
from ressort.flask.api import Api, problems

__all__ = ["CasUsage", "notification_api"]

_INTROUVABLE = (404, "notification-introuvable", "Notification introuvable", ("notification_id",))
PROBLEMES = problems(
    {
        NotificationIntrouvableError: _INTROUVABLE,
        RenvoiImpossibleError: (409, "deja-en-file", "Déjà en file"),
        RienAPosterError: (409, "rien-a-poster", "Rien à poster"),
        LettreAbsenteError: (409, "message-pas-encore-redige", "Message pas encore rédigé"),
    }
)


def notification_api(cas: CasUsage) -> Api:
    """The routes, their documents and their errors."""
    api = Api("Notifications", description="Les courriels, SMS et lettres envoyés aux clients.")
    api.problems(PROBLEMES)
    routes_de_lecture(api, cas)
    routes_d_apercu(api, cas)
    routes_de_renvoi(api, cas)
    return api
