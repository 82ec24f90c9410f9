"""The gateway's own pages on Flask: the list of the members' API documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template_string, request

from gateway.routes.table import Table

_TEXTS = {
    "fr": {
        "title": "Documents d’API",
        "intro": "Chaque service décrit son API en OpenAPI 3.1. Les appels passent par cette passerelle, sous /api.",
        "service": "Service",
        "document": "Document OpenAPI",
        "try": "Essayer",
        "none": "Aucun service ne publie de document pour l’instant.",
    },
    "en": {
        "title": "API documents",
        "intro": "Every service describes its API in OpenAPI 3.1. Calls go through this gateway, below /api.",
        "service": "Service",
        "document": "OpenAPI document",
        "try": "Try it",
        "none": "No service publishes a document yet.",
    },
}
_PAGE = """<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ t.title }}</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; --page: #fdfdfb; --text: #1c1c1a; --link: #0b5d3b }
  @media (prefers-color-scheme: dark) { :root { --page: #161714; --text: #ecece6; --link: #7fd6ab } }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem;
    background: var(--page); color: var(--text) }
  a { color: var(--link) }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid #8888; overflow-wrap: anywhere }
  @media (max-width: 30rem) { th, td { padding: .5rem .25rem; vertical-align: top } }
</style>
</head>
<body>
<main>
<h1>{{ t.title }}</h1>
<p>{{ t.intro }}</p>
{% if documents %}
<table>
<thead>
<tr><th scope="col">{{ t.service }}</th><th scope="col">{{ t.document }}</th><th scope="col">{{ t.try }}</th></tr>
</thead>
<tbody>
{% for each in documents %}
<tr><th scope="row">{{ each.service }}</th><td><a href="{{ each.document }}">{{ each.document }}</a></td>
<td><a href="{{ each.page }}">{{ t.try }} <span class="sr">{{ each.service }}</span></a></td></tr>
{% endfor %}
</tbody>
</table>
{% else %}<p>{{ t.none }}</p>{% endif %}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class ApiDocument:
    """Where one service's document and its page are, seen from the gateway."""

    service: str
    document: str
    page: str


def documents_of(table: Table) -> list[ApiDocument]:
    """The routes whose metadata say ``openapi: <service>``, in order."""
    return [
        ApiDocument(service, f"/api-docs/{service}", f"/api-docs/{service}/swagger-ui.html")
        for route in table.routes
        if (service := str(route.metadata.get("openapi") or ""))
    ]


def documents_page(table: Callable[[], Table], locale: str) -> Blueprint:
    """``/api-docs``: a page for people, JSON for programs."""
    blueprint = Blueprint("api-docs", __name__)
    language = "fr" if locale.lower().startswith("fr") else "en"

    @blueprint.get("/api-docs")
    @blueprint.get("/api-docs/")
    def index() -> Response | str:
        documents = documents_of(table())
        accepted = request.accept_mimetypes
        if accepted["application/json"] > accepted["text/html"]:
            listed: list[dict[str, Any]] = [
                {"service": each.service, "url": each.document} for each in documents
            ]
            return jsonify(listed)
        return render_template_string(_PAGE, t=_TEXTS[language], documents=documents, locale=language)

    return blueprint
