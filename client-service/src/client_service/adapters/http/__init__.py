"""The REST API of client-service (api.md, section 2)."""

from __future__ import annotations

from client_service.adapters.http.cas_usage import CasUsage
from client_service.adapters.http.ecritures import routes_d_ecriture
from client_service.adapters.http.erreurs import PROBLEMES
from client_service.adapters.http.lectures import routes_de_lecture
from client_service.adapters.http.lots import routes_par_lot
from client_service.adapters.http.saisie import routes_de_saisie
from client_service.adapters.http.suspensions import routes_de_suspension
from ressort.flask.api import Api

__all__ = ["CasUsage", "client_api"]


def client_api(cas: CasUsage) -> Api:
    """The routes, their documents and their errors."""
    api = Api("Clients", description="Les clients à qui l'on facture.")
    api.problems(PROBLEMES)
    routes_de_lecture(api, cas)
    routes_de_saisie(api, cas)
    routes_d_ecriture(api, cas)
    routes_de_suspension(api, cas)
    routes_par_lot(api, cas)
    return api
