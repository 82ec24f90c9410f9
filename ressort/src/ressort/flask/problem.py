"""Errors as RFC 9457 problem documents: the exception, the table of domain errors, the Flask handlers."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flask
import orjson
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
)

from ressort.errors import RessortError

from .api_texts import FieldError, Texts
from .database_outage import is_database_outage

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
DEFAULT_TYPE_BASE = "/problems/"
RETRY_AFTER_S = 5

_HTTP_CODES = {
    400: "requete-illisible",
    404: "ressource-introuvable",
    405: "methode-non-permise",
    406: "non-acceptable",
    413: "corps-trop-volumineux",
    415: "type-de-contenu-refuse",
    429: "trop-de-requetes",
    500: "erreur-interne",
}


class Problem(Exception):
    """An error answer: raise it anywhere below a request.

    `title` and `detail` left out come from the kit's catalogue for its own codes, filled with `values`.
    `extra` members are added to the document, `headers` to the answer. `keeps_key`: whether an
    Idempotency-Key remembers this answer; by default 409 and 422 do, other statuses free the key.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str | None = None,
        detail: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        keeps_key: bool | None = None,
    ) -> None:
        super().__init__(status, code, title, detail)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})
        self.values = dict(values or {})
        self.keeps_key = status in (409, 422) if keeps_key is None else keeps_key

    def document(self, texts: Texts, instance: str, type_base: str = DEFAULT_TYPE_BASE) -> dict[str, Any]:
        """The members of the problem document, in RFC 9457's order."""
        known = texts.problem(self.code, {"status": self.status, **self.values})
        title, detail = known or (self.code.replace("-", " ").capitalize(), None)
        members: dict[str, Any] = {
            "type": type_base + self.code,
            "title": self.title or title,
            "status": self.status,
            "detail": self.detail or detail or self.title or title,
            "instance": instance,
            "code": self.code,
        }
        if self.errors:
            members["errors"] = [error.as_json() for error in self.errors]
        return {**members, **self.extra}


class InvalidBody(Problem):
    """422 with every error of the body.

    Raised by a service, or made of a domain error, it is an answer an Idempotency-Key remembers. The kit's own
    checks of a body against its type raise it with `keeps_key=False`: nothing was decided yet, and the key stays
    free for the corrected body.
    """

    def __init__(self, errors: Sequence[FieldError], *, keeps_key: bool = True) -> None:
        super().__init__(
            422, "donnees-invalides", errors=errors, values={"count": len(errors)}, keeps_key=keeps_key
        )


class InvalidQuery(Problem):
    """400 naming the wrong query parameters."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        summary = " ".join(f"{e.detail}" if e.parameter is None else _named(e) for e in errors)
        super().__init__(400, "requete-invalide", errors=errors, values={"summary": summary})


def _named(error: FieldError) -> str:
    name = error.parameter or ""
    return error.detail if name in error.detail else f"{name} : {error.detail}"


Mapped = (
    tuple[int, str] | tuple[int, str, str] | tuple[int, str, str, Sequence[str]] | Callable[[Any], Problem]
)
"""(status, code), (status, code, title), with names of the error's attributes to show as extra members,
or a function that makes the Problem."""


class ProblemTable:
    """Which problem each domain error becomes; subclasses inherit their parent's line."""

    def __init__(self, mapping: Mapping[type[BaseException], Mapped] | None = None) -> None:
        self._lines: dict[type[BaseException], Mapped] = {}
        self.add(mapping or {})

    def add(self, mapping: Mapping[type[BaseException], Mapped]) -> None:
        """Adds lines; a later line for the same class replaces the earlier one."""
        self._lines.update(mapping)

    def lines(self) -> Mapping[type[BaseException], Mapped]:
        """Every line, as declared."""
        return dict(self._lines)

    def find(self, error: BaseException) -> Problem | None:
        """The problem an error becomes, None for an error nobody expected."""
        for kind in type(error).__mro__:
            line = self._lines.get(kind)
            if line is not None:
                return _made(line, error)
        return None


def problems(mapping: Mapping[type[BaseException], Mapped]) -> ProblemTable:
    """The table an `adapters/http.py` declares: `problems({InvoiceMissing: (404, "invoice-missing")})`."""
    return ProblemTable(mapping)


def _made(line: Mapped, error: BaseException) -> Problem:
    if callable(line):
        return line(error)
    status, code, *rest = line
    title: Any = rest[0] if rest else None
    names: Sequence[str] = rest[1] if len(rest) > 1 else ()
    shown = {name: getattr(error, name) for name in names}
    return Problem(status, code, title, str(error) or None, extra=shown)


class Problems:
    """What an application knows about errors: language, table, where problem types live."""

    def __init__(self, texts: Texts, type_base: str = DEFAULT_TYPE_BASE) -> None:
        self.texts = texts
        self.table = ProblemTable()
        self.type_base = type_base

    def of(self, error: BaseException) -> Problem:
        """The problem for any exception; unexpected ones are logged with their trace and say nothing."""
        if isinstance(error, Problem):
            return error
        found = self.table.find(error)
        if found is not None:
            return found
        if isinstance(error, HTTPException):
            return _from_http(error)
        outage = _from_outage(error)
        if outage is not None:
            log.warning("Answering %d: %s", outage.status, error)
            return outage
        log.error("Unexpected error", exc_info=error)
        return Problem(500, "erreur-interne")

    def respond(self, error: BaseException) -> flask.Response:
        """The answer for an exception raised below the current request."""
        if isinstance(error, HTTPException) and _is_ready_made(error):
            return error.get_response()  # type: ignore[return-value]
        return self.render(self.of(error))

    def render(self, problem: Problem) -> flask.Response:
        """The problem as a Flask response; a 503 always says when to come back."""
        request = flask.request
        if problem.status == 503:
            problem.headers.setdefault("Retry-After", str(RETRY_AFTER_S))
        document = problem.document(self.texts, request.script_root + request.path, self.type_base)
        body = orjson.dumps(document, default=str, option=orjson.OPT_UTC_Z)
        return flask.Response(body, problem.status, problem.headers, content_type=MEDIA_TYPE)


def current_problems() -> Problems:
    """The error settings of the running application; `install` must have been called on it."""
    found: Problems = flask.current_app.extensions["ressort.problems"]
    return found


def current_texts() -> Texts:
    """The catalogue in the running application's language."""
    return current_problems().texts


def install(app: flask.Flask, locale: str = "en", type_base: str = DEFAULT_TYPE_BASE) -> Problems:
    """Makes every error of the application a problem document; doing it again changes nothing."""
    existing: Problems | None = app.extensions.get("ressort.problems")
    if existing is not None:
        return existing
    handlers = Problems(Texts(locale), type_base)
    app.extensions["ressort.problems"] = handlers
    for kind in (Problem, HTTPException, Exception):
        app.register_error_handler(kind, handlers.respond)
    return handlers


def _is_ready_made(error: HTTPException) -> bool:
    """Redirects and `abort(response)` carry their answer; so do statuses that are no error."""
    return error.response is not None or error.code is None or error.code < 400


def _from_http(error: HTTPException) -> Problem:
    status = error.code or 500
    code = _HTTP_CODES.get(status, "erreur-http")
    headers: dict[str, str] = {}
    values: dict[str, Any] = {"method": flask.request.method, "expected": "application/json"}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = values["allowed"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, RequestEntityTooLarge):
        values["max_bytes"] = flask.request.max_content_length
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Problem(status, code, headers=headers, values=values)


def _from_outage(error: BaseException) -> Problem | None:
    """503 for a peer or a database that is out, 502 for a peer's answer nobody foresaw."""
    if is_database_outage(error):
        return Problem(503, "base-indisponible")
    service = getattr(error, "service", None)
    if not isinstance(error, RessortError) or service is None:
        return None
    if hasattr(error, "status"):
        return Problem(502, "reponse-inattendue", values={"service": service})
    wait_s = getattr(error, "retry_after_s", None)
    headers = {"Retry-After": str(max(1, math.ceil(wait_s)))} if wait_s else None
    return Problem(503, "service-indisponible", headers=headers, values={"service": service})
