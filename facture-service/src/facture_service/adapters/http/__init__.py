"""The REST API of facture-service (api.md, section 3)."""

from __future__ import annotations

from facture_service.adapters.http.actes import routes_des_actes
from facture_service.adapters.http.brouillons import routes_des_brouillons
from facture_service.adapters.http.cas_usage import CasUsage
from facture_service.adapters.http.erreurs import PROBLEMES
from facture_service.adapters.http.internes import routes_internes
from facture_service.adapters.http.lectures import routes_de_lecture
from facture_service.adapters.http.listes import routes_des_listes
from ressort.flask.api import Api
from ressort.flask.views import ViewStore

__all__ = ["CasUsage", "facture_api"]


def facture_api(cas: CasUsage, vues: ViewStore) -> Api:
    """The routes, their documents and their errors."""
    api = Api("Factures", description="Les factures, les avoirs et ce qui reste dû.")
    api.problems(PROBLEMES)
    routes_de_lecture(api, cas)
    routes_des_listes(api, cas, vues)
    routes_des_brouillons(api, cas)
    routes_des_actes(api, cas)
    routes_internes(api, cas)
    return api
