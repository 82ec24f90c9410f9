"""What can be read: one payment, the list and its tabs, as CSV too, balances, what came in month by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import flask

from paiement_service.adapters.exportation import COLONNES, ligne_csv
from paiement_service.adapters.schemas import (
    CompteursJson,
    FiltrePaiements,
    FiltreSeries,
    FiltreSoldes,
    PaiementJson,
    RepartitionDemandeeJson,
    RepartitionJson,
    RestrictionPaiements,
    SeriesJson,
    SoldeJson,
    TotauxJson,
)
from paiement_service.adapters.vues import vue_paiement, vue_repartition, vue_serie
from paiement_service.application.consultation import CHAMPS_DE_TRI, Criteres, Trouves, compter
from paiement_service.application.encaissements import mois_jusqu_au, series
from paiement_service.application.ports import ClientApi, Lectures
from paiement_service.application.recevoir_paiement import NouveauPaiement
from paiement_service.application.repartir import SimulerRepartition
from paiement_service.domain.imputation import Part
from paiement_service.domain.paiement import Moyen, Paiement
from ressort.clock import Clock
from ressort.flask import etag
from ressort.flask.api import Answer, Api, CsvExport, PageRequest, Paging, Problem, answer
from ressort.flask.csv_export import is_preferred
from ressort.flask.views import ViewStore, add_saved_views

MAX_IDS = 200


@dataclass(frozen=True)
class CasLectures:
    """What the routes that only read call."""

    lectures: Lectures
    clients: ClientApi
    repartir: SimulerRepartition
    vues: ViewStore
    clock: Clock


def routes_de_lecture(api: Api, cas: CasLectures) -> None:
    """Declare them."""
    _paiement(api, cas)
    _liste(api, cas)
    _encaissements(api, cas)
    _repartition(api, cas)
    add_saved_views(api, "/paiements", store=cas.vues, clock=cas.clock)


def _paiement(api: Api, cas: CasLectures) -> None:
    @api.get("/paiements/soldes", response=list[SoldeJson])
    def soldes(filtre: FiltreSoldes) -> list[dict[str, Any]]:
        """Le crédit et les affectations en attente de chaque client, à une date (aujourd'hui sans `au`)."""
        if filtre.client_ids is not None and len(filtre.client_ids) > MAX_IDS:
            raise Problem(400, "requete-invalide", detail=f"client_ids : {MAX_IDS} identifiants au plus.")
        trouves = cas.lectures.soldes(filtre.client_ids, filtre.au or cas.clock.today())
        return [asdict(solde) for solde in trouves]

    @api.get("/paiements/{id}", response=PaiementJson, etag=True)
    def consulter(id: str) -> Answer:
        """Un paiement."""
        paiement = cas.lectures.paiement(id)
        return answer(vue_paiement(paiement), etag=etag.etag(paiement.version, cas.clock.today()))


def _liste(api: Api, cas: CasLectures) -> None:
    @api.get(
        "/paiements",
        response=PaiementJson,
        paging=Paging(CHAMPS_DE_TRI, default="-date_paiement", beside={"totaux": list[TotauxJson]}),
        csv=CsvExport("paiements", COLONNES, lambda _: cas.clock.today()),
    )
    def lister(filtre: FiltrePaiements, page: PageRequest) -> dict[str, Any]:
        """Les paiements, filtrés et triés, avec les sommes de tout l'ensemble filtré.

        `q` cherche sans casse ni accents dans les références et les numéros de facture ; `rendu_du` et `rendu_au`
        gardent ceux dont de l'argent est reparti ces jours-là. En CSV, la colonne `client` demande les noms à
        client-service.
        """
        trouves = cas.lectures.page(Criteres(**filtre.model_dump()), page, page.counted)
        totaux = [asdict(somme) for somme in trouves.totaux]
        return page.envelope(trouves.paiements, trouves.total, show=_affichage(cas, trouves), totaux=totaux)

    @api.get("/paiements/compteurs", response=CompteursJson)
    def compteurs(filtre: RestrictionPaiements) -> dict[str, Any]:
        """Ce que montrerait chaque onglet de la liste, sous les mêmes filtres."""
        groupes = cas.lectures.grouper(Criteres(**filtre.model_dump()))
        return {
            "onglets": [
                {"nom": un.onglet, "total": un.total, "totaux": [asdict(somme) for somme in un.totaux]}
                for un in compter(groupes)
            ]
        }


def _encaissements(api: Api, cas: CasLectures) -> None:
    @api.get("/paiements/series", response=SeriesJson)
    def serie(filtre: FiltreSeries) -> dict[str, Any]:
        """Ce qui est entré mois par mois, par devise : reçu, moins remboursé et rejeté à leur date.

        Le dernier mois est celui de `au` (aujourd'hui sans lui) et s'arrête ce jour-là. `recu_centimes` d'un mois est
        la somme de la liste avec `recu_du` et `recu_au`.
        """
        au = filtre.au or cas.clock.today()
        bornes = mois_jusqu_au(au, filtre.mois)
        sommes = cas.lectures.encaissements(bornes[0][0], au)
        return {"au": au, "series": [vue_serie(une) for une in series(sommes, bornes)]}


def _repartition(api: Api, cas: CasLectures) -> None:
    @api.post("/paiements/repartition", response=RepartitionJson, problems=[(503, "service-indisponible")])
    def repartir(demande: RepartitionDemandeeJson) -> dict[str, Any]:
        """Ce que deviendrait un paiement, sans rien enregistrer, et les factures ouvertes du client.

        Sans `affectations`, l'ordre légal, comme le ferait le paiement lui-même ; sinon ce que chaque facture
        indiquée prendrait. 503 avec `X-Degraded` quand facture-service ne répond pas.
        """
        parts = demande.affectations
        nouveau = NouveauPaiement(
            montant_centimes=demande.montant_centimes,
            devise=demande.devise,
            date_paiement=demande.date_paiement or cas.clock.today(),
            moyen=Moyen.VIREMENT,
            client_id=demande.client_id,
            parts=None if parts is None else tuple(Part(p.facture_id, p.montant_centimes) for p in parts),
        )
        return vue_repartition(cas.repartir(nouveau))


def _affichage(cas: CasLectures, trouves: Trouves) -> Callable[[Paiement], dict[str, Any]]:
    """How a payment of the page is shown: in a CSV with the name of its client, where that is asked for."""
    if not is_preferred():
        return vue_paiement
    colonnes = {nom.strip() for nom in flask.request.args.get("colonnes", "client").split(",")}
    ids = {p.client_id for p in trouves.paiements if p.client_id} if "client" in colonnes else set()
    noms = cas.clients.noms(sorted(ids)) if ids else {}
    return lambda paiement: ligne_csv(paiement, noms)
