"""What can be read: one document, its page, its history, the list, the aged balance."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import flask

from facture_service.adapters.document_html import page_html
from facture_service.adapters.http.cas_usage import CasUsage, etiquette, vue
from facture_service.adapters.reponses import BalanceVue, EvenementVue, FactureVue
from facture_service.adapters.schemas import FiltreBalance, FiltreFactures, VueDatee
from facture_service.adapters.vues import balance_json, evenement_json, facture_dict, facture_json
from facture_service.application.consultation import CHAMPS_DE_TRI, Apercu, Criteres
from ressort.flask.api import Answer, Api, FieldError, PageRequest, Paging, Problem
from ressort.flask.paging import page_of
from ressort.flask.problem import InvalidQuery

TRI_PAR_DEFAUT = "-date_emission,-numero"
PAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'"


def routes_de_lecture(api: Api, cas: CasUsage) -> None:
    """GET routes that everybody may call."""
    _document(api, cas)
    _liste(api, cas)
    _historique(api, cas)
    _balance(api, cas)


def _document(api: Api, cas: CasUsage) -> None:
    @api.get(
        "/factures/{id}",
        response=FactureVue,
        etag=True,
        produces=("application/json", "text/html"),
        problems=[(404, "facture-introuvable"), (404, "facture-pas-encore-emise")],
    )
    def consulter(id: str, vue_datee: VueDatee) -> Answer:
        """Une facture ou un avoir, aujourd'hui ou à une date passée.

        Avec `Accept: text/html`, la page légale imprimable.
        """
        apercu = _apercu(cas, id, vue_datee)
        if "text/html" in flask.request.environ.get("HTTP_ACCEPT", ""):
            return _page(apercu)
        reponse = vue(apercu)
        return Answer(reponse.body, etag=reponse.etag, headers={"Vary": "Accept"})


def _apercu(cas: CasUsage, facture_id: str, vue_datee: VueDatee) -> Apercu:
    jour = cas.clock.today()
    if vue_datee.au is None and vue_datee.connu_au is None:
        return cas.lectures.apercu(facture_id, jour)
    return cas.lectures.apercu_au(facture_id, vue_datee.au or jour, vue_datee.connu_au)


def _page(apercu: Apercu) -> Answer:
    """The printable page; it holds no script and loads nothing."""
    entetes = {"Vary": "Accept", "Content-Security-Policy": PAGE_CSP, "Cache-Control": "private, no-cache"}
    page = flask.Response(page_html(facture_dict(apercu)), content_type="text/html; charset=utf-8")
    return Answer(page, etag=etiquette(apercu, "html"), headers=entetes)


def _liste(api: Api, cas: CasUsage) -> None:
    @api.get("/factures", response=FactureVue, paging=Paging(CHAMPS_DE_TRI, default=TRI_PAR_DEFAUT))
    def lister(filtre: FiltreFactures, page: PageRequest) -> dict[str, Any]:
        """Les factures et les avoirs, filtrés et triés, avec les sommes de tout l'ensemble filtré.

        Avec `ouverte_au`, seulement ce qui était ouvert à cette date, et tous les montants à cette date ;
        `connu_au` les donne tels qu'ils étaient connus à cet instant.
        """
        trouves = cas.lectures.lister(_criteres(cas, filtre, page))
        return page.envelope(
            trouves.elements,
            trouves.total,
            show=facture_json,
            key_of=lambda apercu, cle: apercu.cles[cle],
            totaux=[
                {
                    "devise": t.devise,
                    "total_ttc_centimes": t.total_ttc_centimes,
                    "reste_centimes": t.reste_centimes,
                }
                for t in trouves.totaux
            ],
        )


def _criteres(cas: CasUsage, filtre: FiltreFactures, page: PageRequest) -> Criteres:
    if filtre.connu_au is not None and filtre.ouverte_au is None:
        texte = "connu_au ne s'emploie qu'avec ouverte_au."
        raise InvalidQuery([FieldError("", "connu-au-sans-date", texte, "connu_au")])
    filtres = {k: v for k, v in filtre if k != "ouverte_au"}
    return Criteres(
        jour=filtre.ouverte_au or cas.clock.today(),
        ouverte=filtre.ouverte_au is not None,
        tri=page.order,
        limite=page.limit + 1,
        apres=page.after,
        **filtres,
    )


def _historique(api: Api, cas: CasUsage) -> None:
    par_instant = Paging({"enregistre_le": datetime}, default="enregistre_le")

    @api.get("/factures/{id}/evenements", response=EvenementVue, paging=par_instant)
    def evenements(id: str, page: PageRequest) -> dict[str, Any]:
        """L'histoire d'un document, du plus ancien au plus récent."""
        connus = cas.lectures.evenements(id)
        return page.envelope(page_of(connus, page), len(connus), show=evenement_json)

    @api.get("/factures/{id}/evenements/{evenement_id}", response=EvenementVue)
    def evenement(id: str, evenement_id: str) -> dict[str, Any]:
        """Un événement d'un document."""
        trouve = next((e for e in cas.lectures.evenements(id) if e.id == evenement_id), None)
        if trouve is None:
            raise Problem(404, "evenement-introuvable", "Événement introuvable")
        return evenement_json(trouve)


def _balance(api: Api, cas: CasUsage) -> None:
    @api.get("/balance-agee", response=BalanceVue)
    def balance(filtre: FiltreBalance) -> dict[str, Any]:
        """Ce que doivent les clients à une date, selon le retard."""
        au = filtre.au or cas.clock.today()
        return balance_json(au, cas.lectures.balance_agee(au, filtre.client_id, filtre.connu_au))
