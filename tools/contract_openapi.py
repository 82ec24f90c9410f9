"""The OpenAPI 3.1 document of each business service, asked of its own application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask

import batch.app
import batch.settings
import client_service.app
import client_service.settings
import facture_service.app
import facture_service.settings
import notification_service.app
import notification_service.settings
import paiement_service.app
import paiement_service.settings

PATH = "/v3/api-docs"
_NOBODY: Any = object()
"""Stands for the other services: while a document is written, none is called."""


def documents() -> dict[str, Any]:
    """Service name -> document."""
    return {name: document(build()) for name, build in APPLICATIONS.items()}


def document(app: flask.Flask) -> Any:
    """What the application answers at `/v3/api-docs`."""
    answer = app.test_client().get(PATH)
    if answer.status_code != 200:
        raise RuntimeError(f"{app.import_name} answers {answer.status_code} at {PATH}")
    return answer.get_json()


def _paiement() -> flask.Flask:
    adapters = paiement_service.app.Adapters(factures=_NOBODY, clients=_NOBODY)
    return paiement_service.app.create_app(paiement_service.settings.Settings(), adapters)


def _notification() -> flask.Flask:
    adapters = notification_service.app.Adapters(services=_NOBODY, transporteurs={})
    return notification_service.app.create_app(notification_service.settings.Settings(), adapters)


APPLICATIONS: dict[str, Callable[[], flask.Flask]] = {
    "client-service": lambda: client_service.app.create_app(client_service.settings.Settings()),
    "facture-service": lambda: facture_service.app.create_app(facture_service.settings.Settings()),
    "paiement-service": _paiement,
    "notification-service": _notification,
    "batch": lambda: batch.app.create_app(batch.settings.Settings()),
}
