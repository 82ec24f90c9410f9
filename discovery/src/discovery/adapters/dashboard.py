"""The page for people, and the JSON behind it. No asset of another host; every registered text escaped."""

from __future__ import annotations

import secrets
import time
from typing import Any

import flask

from discovery.adapters.overview import overview
from discovery.adapters.texts import LANGUAGES, TEXTS, duration_text
from discovery.domain.registry import Registry
from discovery.settings import Settings

REFRESH_S = 5


def dashboard(registry: Registry, settings: Settings) -> flask.Blueprint:
    """A blueprint with the page at `eureka.dashboard.path` and its data at `registry.json` beside it."""
    started = time.monotonic()
    base = "/" + settings.dashboard.path.strip("/")
    blueprint = flask.Blueprint("dashboard", __name__, template_folder="templates")

    def data() -> dict[str, Any]:
        return overview(registry, settings, time.time_ns() // 1_000_000, time.monotonic() - started)

    @blueprint.get(base)
    def page() -> flask.Response:
        language = _language(settings.locale)
        nonce = secrets.token_urlsafe(16)
        name = "instances.html" if flask.request.args.get("fragment") else "page.html"
        html = flask.render_template(
            name,
            data=data(),
            t=TEXTS[language],
            language=language,
            nonce=nonce,
            refresh_s=REFRESH_S,
            base=base,
            json_path=f"{base.rstrip('/')}/registry.json",
            duration=lambda seconds: duration_text(seconds, language),
        )
        return _guarded(flask.make_response(html), nonce, language)

    @blueprint.get(f"{base.rstrip('/')}/registry.json")
    def document() -> flask.Response:
        response = flask.jsonify(data())
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _language(default: str) -> str:
    asked = flask.request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    fallback = default[:2] if default[:2] in LANGUAGES else LANGUAGES[0]
    return flask.request.accept_languages.best_match(LANGUAGES, fallback) or fallback


def _guarded(response: flask.Response, nonce: str, language: str) -> flask.Response:
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return response
