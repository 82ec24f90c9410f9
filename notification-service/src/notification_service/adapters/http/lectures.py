"""What can be read: one notification as JSON or as the letter it is, the list, its tabs and its saved views."""

from __future__ import annotations

from typing import Any

import flask

from notification_service.adapters.http.cas_usage import CasUsage, vue, vue_entiere
from notification_service.adapters.http.colonnes_csv import COLONNES
from notification_service.adapters.schemas import (
    CompteursNotificationsJson,
    FiltreListe,
    FiltreNotifications,
    NotificationEntiereJson,
    NotificationJson,
)
from notification_service.application.consultation import CHAMPS_DE_TRI, Criteres, valeur_de_tri
from notification_service.domain.notification import Notification
from ressort.flask.api import Answer, Api, CsvExport, PageRequest, Paging, Problem
from ressort.flask.views import add_saved_views

JSON, HTML = "application/json", "text/html"
LETTRE_CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
"""A letter is looked at in a frame of our own pages: no script, no form, nothing fetched from anywhere."""


def routes_de_lecture(api: Api, cas: CasUsage) -> None:
    """GET routes, and the saved views of the list."""
    _liste(api, cas)
    _compteurs(api, cas)
    add_saved_views(api, "/notifications", store=cas.vues, clock=cas.clock)
    _une(api, cas)


def _liste(api: Api, cas: CasUsage) -> None:
    export = CsvExport("notifications", COLONNES, day=lambda _: cas.clock.today())
    paging = Paging(CHAMPS_DE_TRI, default="-cree_le")

    @api.get("/notifications", response=NotificationJson, paging=paging, csv=export)
    def lister(filtre: FiltreListe, page: PageRequest) -> dict[str, Any]:
        """Les notifications, filtrées et triées.

        `q` cherche sans casse ni accents dans destinataires, sujets et numéros ; `onglet` est une condition de
        plus, nommée. Avec `Accept: text/csv`, toute la liste filtrée, pour un tableur.
        """
        trouvees = cas.lectures.page(_criteres(cas, filtre), page, page.counted)
        return page.envelope(trouvees.notifications, trouvees.total, show=vue, key_of=valeur_de_tri)


def _compteurs(api: Api, cas: CasUsage) -> None:
    @api.get("/notifications/compteurs", response=CompteursNotificationsJson)
    def compter(filtre: FiltreNotifications) -> dict[str, Any]:
        """Combien de notifications chaque onglet montrerait sous ces filtres, dans l'ordre des onglets."""
        comptes = cas.lectures.compteurs(_criteres(cas, filtre))
        return {"onglets": [{"nom": compte.onglet, "total": compte.total} for compte in comptes]}


def _criteres(cas: CasUsage, filtre: FiltreNotifications) -> Criteres:
    return Criteres(jour=cas.clock.today(), **dict(filtre))


def _une(api: Api, cas: CasUsage) -> None:
    @api.get(
        "/notifications/{id}",
        response=NotificationEntiereJson,
        etag=True,
        produces=(JSON, HTML),
        problems=[(404, "notification-introuvable"), (404, "message-pas-encore-redige")],
    )
    def consulter(id: str) -> Answer:
        """Une notification, avec ses textes et ses tentatives.

        Avec `Accept: text/html`, le courriel seul, pour un cadre isolé (`<iframe sandbox>`).
        """
        notification = cas.lectures.notification(id)
        if flask.request.accept_mimetypes.best_match([JSON, HTML]) == HTML:
            return _lettre(cas, notification)
        entetes = {"Vary": "Accept"}
        return Answer(vue_entiere(notification), etag=cas.etiquette(notification), headers=entetes)


def _lettre(cas: CasUsage, notification: Notification) -> Answer:
    if notification.contenu is None:
        detail = "Le texte de cette notification n'est pas encore rédigé : il l'est au moment de l'envoi."
        raise Problem(404, "message-pas-encore-redige", "Message pas encore rédigé", detail)
    entetes = {
        "Vary": "Accept",
        "Content-Security-Policy": LETTRE_CSP,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    lettre = flask.Response(notification.contenu.html, content_type=f"{HTML}; charset=utf-8")
    return Answer(lettre, etag=cas.etiquette(notification, "html"), headers=entetes)
