"""``POST /monitor``: webhooks of git hosts, or plain lists of paths."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from config_server.domain.signatures import proven
from config_server.domain.webhooks import changed_paths, guessed_services

_LOG = logging.getLogger("config_server")
_FORM = "application/x-www-form-urlencoded"


def monitor_routes(
    pushed: Callable[[Sequence[str]], None],
    prefix: str,
    enabled: Sequence[str],
    secrets: Mapping[str, str],
    max_body_bytes: int,
) -> Blueprint:
    """The route below ``spring.cloud.config.monitor.endpoint.path``; ``pushed`` is told the guessed applications."""
    routes = Blueprint("monitoring", __name__, url_prefix=prefix or None)

    @routes.post("/monitor")
    def monitor() -> ResponseReturnValue:
        """The guessed applications as a list; empty for a message nobody understands."""
        request.max_content_length = max_body_bytes
        body = request.get_data(cache=True)
        if not proven(_header, body, secrets):
            _LOG.warning("a push message from %s carries no valid signature", request.remote_addr)
            abort(HTTPStatus.UNAUTHORIZED)
        services = guessed_services(changed_paths(_header, _payload(), enabled))
        if services:
            _LOG.info("pushed: %s", ", ".join(services))
            pushed(services)
        return jsonify(services)

    @routes.get("/monitor")
    def only_posted() -> Response:
        return Response(status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})

    return routes


def _payload() -> dict[str, Any]:
    """The message: a JSON object, or a form with at least one ``path``. Ends in 400 or 415."""
    if request.mimetype == _FORM:
        paths = request.form.getlist("path")
        if not paths:
            abort(HTTPStatus.BAD_REQUEST)
        return {"path": paths}
    if not request.is_json and request.get_data():
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    content = request.get_json(silent=True)
    if not isinstance(content, dict):
        abort(HTTPStatus.BAD_REQUEST)
    return content


def _header(name: str) -> str:
    return request.headers.get(name, "")
