"""What can be read of one document: itself, its page, its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import flask

from facture_service.adapters.document_html import page_html
from facture_service.adapters.http.cas_usage import CasUsage, etiquette, vue
from facture_service.adapters.reponses import EvenementVue, FactureVue
from facture_service.adapters.schemas import VueDatee
from facture_service.adapters.vues import evenement_json, facture_dict
from facture_service.application.consultation import Apercu
from ressort.flask.api import Answer, Api, PageRequest, Paging, Problem
from ressort.flask.paging import page_of

PAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""No script, nothing loaded, nothing sent, framed by the front only."""


def routes_de_lecture(api: Api, cas: CasUsage) -> None:
    """GET routes that everybody may call."""
    _document(api, cas)
    _historique(api, cas)


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
    entetes = {
        "Vary": "Accept",
        "Content-Security-Policy": PAGE_CSP,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    page = flask.Response(page_html(facture_dict(apercu)), content_type="text/html; charset=utf-8")
    return Answer(page, etag=etiquette(apercu, "html"), headers=entetes)


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
