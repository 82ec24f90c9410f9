"""The HTTP surface: Spring Cloud Config's paths, media types, statuses and error bodies."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, abort, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import BaseConverter

from config_server.adapters.answering import Answering, form_of
from config_server.adapters.plain_files import plain_file
from config_server.adapters.query import switch
from config_server.domain.errors import (
    BrokenContentError,
    ConfigServerError,
    InvalidRequestError,
    LabelNotFoundError,
    NothingFoundError,
    RepositoryUnavailableError,
)
from config_server.domain.json_text import json_text
from config_server.domain.question import Flattened, plain_file_of, question_of, refuse_encoded_separators

_LOG = logging.getLogger("config_server")
STATUS: dict[type[ConfigServerError], HTTPStatus] = {
    InvalidRequestError: HTTPStatus.BAD_REQUEST,
    LabelNotFoundError: HTTPStatus.NOT_FOUND,
    NothingFoundError: HTTPStatus.NOT_FOUND,
    BrokenContentError: HTTPStatus.INTERNAL_SERVER_ERROR,
    RepositoryUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}
# Spring hides the message of a 404 and a 400; a broken file must be told, or every client is left guessing.
_TOLD = (BrokenContentError, RepositoryUnavailableError)
_PARAMETERS = re.compile(r";[^/]*")
_ORIGIN = re.compile(r"^[a-z]+://[^/]*", re.I)  # of a request in absolute form


class AnyPath(BaseConverter):
    """The rest of a path, doubled slashes included: the original's clients send them and follow no redirect."""

    regex = ".*?"
    part_isolating = False


def configuration_routes(
    answering: Answering, prefix: str = "", *, strict_slashes: bool = False
) -> Blueprint:
    """The routes below ``prefix`` (``spring.cloud.config.server.prefix``).

    ``strict_slashes`` refuses doubled slashes and one at the end, as the original does.
    """
    routes = Blueprint("configuration", __name__, url_prefix=prefix or None)

    @routes.get("/<anything:path>")
    def configuration(path: str) -> Response:
        refuse_encoded_separators(_raw_path())
        if strict_slashes and ("//" in _raw_path() or path.endswith("/")):
            abort(HTTPStatus.NOT_FOUND)
        if ";" in _raw_path():
            path = _PARAMETERS.sub("", path)
        asked_file = plain_file_of(path, "useDefaultLabel" in request.args)
        if asked_file is not None:
            return plain_file(answering, asked_file)
        asked = question_of(path)
        if asked is None:
            abort(HTTPStatus.NOT_FOUND)
        resolve = not isinstance(asked, Flattened) or switch("resolvePlaceholders")
        form = form_of(asked, request.headers.get("Accept", ""), resolve)
        question = asked.question if isinstance(asked, Flattened) else asked
        snapshot = answering.snapshot(question)
        etag = answering.etag(snapshot, question, form)
        if request.headers.get("If-None-Match") == etag:
            return Response(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
        written = answering.answer(snapshot, question, form)
        response = Response(written.body, content_type=written.content_type)
        response.headers["ETag"] = etag
        return response

    return routes


def install_error_bodies(app: Flask, now: Callable[[], datetime]) -> None:
    """Answer every error with Spring Boot's body: timestamp, status, error, message where told, path."""

    def body(status: HTTPStatus, message: str | None = None) -> Response:
        instant = now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        content: dict[str, Any] = {"timestamp": instant, "status": status.value, "error": status.phrase}
        if message is not None:
            content["message"] = message
        content["path"] = _raw_path()
        return Response(json_text(content), status=status, content_type="application/json")

    def refused(error: Exception) -> Response:
        assert isinstance(error, ConfigServerError)
        status = STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)
        level = logging.WARNING if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.DEBUG
        _LOG.log(level, "%s %s: %s", status.value, request.path, error)
        return body(status, str(error) if isinstance(error, _TOLD) else None)

    def failed(error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = body(HTTPStatus(error.code or 500))
        if isinstance(error, MethodNotAllowed):
            methods = sorted({*(error.valid_methods or ())} - {"HEAD", "OPTIONS"})
            response.headers["Allow"] = ",".join(methods)
        return response

    def options(response: Response) -> Response:
        if request.method == "OPTIONS" and response.allow:
            response.headers["Allow"] = ",".join(sorted(response.allow))
            del response.headers["Content-Type"]
        return response

    app.after_request(options)
    app.register_error_handler(ConfigServerError, refused)
    app.register_error_handler(HTTPException, failed)


def _raw_path() -> str:
    """The path as it was sent, still encoded."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or quote(request.path)
    return _ORIGIN.sub("", str(raw).partition("?")[0])
