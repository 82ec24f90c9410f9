"""What can be read: one client, the list as JSON and CSV, its tabs and its saved views."""

from __future__ import annotations

from typing import Any

from client_service.adapters.fiche_json import client_en_json
from client_service.adapters.http.cas_usage import CasUsage
from client_service.adapters.http.colonnes_csv import COLONNES
from client_service.adapters.schemas import (
    MAX_IDS,
    ClientJson,
    CompteursClientsJson,
    FiltreClients,
    FiltreListe,
)
from client_service.application.consultation import CHAMPS_DE_TRI, Criteres, valeur_de_tri
from ressort.flask.api import Answer, Api, CsvExport, PageRequest, Paging, Problem
from ressort.flask.views import add_saved_views


def routes_de_lecture(api: Api, cas: CasUsage) -> None:
    """GET routes, and the saved views of the list."""
    _liste(api, cas)
    _compteurs(api, cas)
    add_saved_views(api, "/clients", store=cas.vues, clock=cas.clock)

    @api.get("/clients/{id}", response=ClientJson, etag=True)
    def consulter(id: str) -> Answer:
        """Un client."""
        return cas.vue(cas.lectures.client(id))


def _liste(api: Api, cas: CasUsage) -> None:
    export = CsvExport("clients", COLONNES, day=lambda _: cas.clock.today())

    @api.get("/clients", response=ClientJson, paging=Paging(CHAMPS_DE_TRI, default="nom_affiche"), csv=export)
    def lister(filtre: FiltreListe, page: PageRequest) -> dict[str, Any]:
        """Les clients, filtrés et triés.

        `q` cherche sans casse ni accents dans le nom, le SIREN, l'adresse électronique, la ville et la
        référence externe ; `ids` donne jusqu'à 200 identifiants séparés par des virgules ; `onglet` est une
        condition de plus, nommée. Avec `Accept: text/csv`, toute la liste filtrée, pour un tableur.
        """
        trouves = cas.lectures.page(_criteres(cas, filtre), page, page.counted)
        return page.envelope(trouves.clients, trouves.total, show=client_en_json, key_of=valeur_de_tri)


def _compteurs(api: Api, cas: CasUsage) -> None:
    @api.get("/clients/compteurs", response=CompteursClientsJson)
    def compter(filtre: FiltreClients) -> dict[str, Any]:
        """Combien de clients chaque onglet montrerait sous ces filtres, dans l'ordre des onglets."""
        comptes = cas.lectures.compteurs(_criteres(cas, filtre))
        return {"onglets": [{"nom": compte.onglet, "total": compte.total} for compte in comptes]}


def _criteres(cas: CasUsage, filtre: FiltreClients) -> Criteres:
    if filtre.ids is not None and len(filtre.ids) > MAX_IDS:
        raise Problem(400, "requete-invalide", detail=f"ids : {MAX_IDS} identifiants au plus.")
    lus = {**dict(filtre), "ids": None if filtre.ids is None else tuple(filtre.ids)}
    return Criteres(jour=cas.clock.today(), **lus)
