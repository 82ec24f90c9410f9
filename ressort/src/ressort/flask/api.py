"""The API kit: routes with typed bodies and queries, problem documents and a generated OpenAPI document.

    api = Api("Orders")

    @api.post("/orders", status=201, response=OrderView)
    @idempotent()
    def place(order: NewOrder): ...

Wrong requests are answered in this order: 400 (not JSON, bad query), 404, 428 and 412, 409, 422.
The kit checks syntax and query before the handler runs and, for routes without path parameters, the
body; handlers of `/orders/{id}` take `Body[Change]` and call `valid()` once 404 to 409 are settled.
A writing route that declares no body takes none or `{}`, checked before the handler runs; where 404 to
409 must come first, it takes `Body[NoFields]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import flask

from . import idempotency
from .api_answers import Answer, answer, created, location, respond
from .api_binding import (
    UNDECLARED,
    QueryReader,
    Signature,
    bind_body,
    read_json_body,
    read_signature,
    refuse_other_than_form,
)
from .api_body import Body, Item, Items
from .api_json import OrjsonProvider
from .api_models import (
    MAX_MINOR_UNITS,
    CommaList,
    DaysBetween,
    DecimalString,
    InvalidFieldsError,
    IsoDate,
    IsoInstant,
    MinorUnits,
    Model,
    NoFields,
    PlainText,
    Query,
    minor_units,
)
from .api_texts import FieldError
from .csv_export import MEDIA_TYPE as CSV
from .csv_export import Cell, Column, CsvExport
from .idempotency import AnswerStore, MemoryAnswers, idempotent
from .paging import PageRequest, Paging
from .problem import InvalidBody, InvalidQuery, Mapped, Problem, ProblemTable, install, problems

__all__ = [
    "MAX_MINOR_UNITS",
    "Answer",
    "Api",
    "Body",
    "Cell",
    "Column",
    "CommaList",
    "CsvExport",
    "DaysBetween",
    "DecimalString",
    "FieldError",
    "InvalidBody",
    "InvalidFieldsError",
    "InvalidQuery",
    "IsoDate",
    "IsoInstant",
    "Item",
    "Items",
    "MinorUnits",
    "Model",
    "NoFields",
    "PageRequest",
    "Paging",
    "PlainText",
    "Problem",
    "ProblemTable",
    "Query",
    "answer",
    "create_api_app",
    "created",
    "idempotent",
    "location",
    "minor_units",
    "problems",
]

Handler = TypeVar("Handler", bound=Callable[..., Any])
_PLACEHOLDER = re.compile(r"{([a-z_][a-z0-9_]*)}")
_WRITES = frozenset({"POST", "PUT", "PATCH"})
MAX_BODY_BYTES = 4 * 1024 * 1024
MAX_ITEMS = 500


@dataclass(frozen=True)
class Operation:
    """One route as declared: what the dispatcher and the OpenAPI document need to know."""

    method: str
    path: str
    handler: Callable[..., Any]
    status: int
    signature: Signature
    reader: QueryReader
    policy: idempotency.Policy | None
    summary: str
    description: str
    tag: str
    response: Any
    problems: Sequence[tuple[int, str]]
    paging: Paging | None
    if_match: str | None
    etag: bool
    internal: bool
    max_items: int
    max_body_bytes: int | None
    produces: Sequence[str]
    form: Mapping[str, str]
    csv: CsvExport | None
    other_statuses: Sequence[int]

    @property
    def rule(self) -> str:
        """The path in Flask's spelling."""
        return _PLACEHOLDER.sub(r"<\1>", self.path)

    @property
    def endpoint(self) -> str:
        """Unique name of the route."""
        return f"{self.method} {self.path}"

    def view(self, **path: Any) -> flask.Response:
        """Flask's view function."""
        if self.max_body_bytes is not None:
            flask.request.max_content_length = self.max_body_bytes
        arguments, finish = self._bind(path)
        if self.policy is None:
            finish()
            if self.csv is not None:
                return self._exported(self.csv, arguments)
            return respond(self.handler(**arguments), self.status)
        if "HTTP_IDEMPOTENCY_KEY" not in flask.request.environ:
            idempotency.check_header(self.policy)
        finish()
        return idempotency.run(self.policy, lambda: respond(self.handler(**arguments), self.status))

    def _exported(self, csv: CsvExport, arguments: dict[str, Any]) -> flask.Response:
        name = self.signature.page

        def call(page: PageRequest | None) -> Any:
            return self.handler(**arguments, **({name: page} if name is not None else {}))

        page = arguments.pop(name) if name is not None else None
        return csv.answer(call, page, self.paging, self.status)

    def _bind(self, path: dict[str, Any]) -> tuple[dict[str, Any], Callable[[], None]]:
        """The arguments, and the body's check of content that comes after every check of syntax."""
        signature, arguments = self.signature, path
        query, page = self.reader.read()
        if signature.query is not None:
            arguments[signature.query[0]] = query
        if signature.page is not None:
            arguments[signature.page] = page
        if self.form:
            refuse_other_than_form()
        body = signature.body
        if body is None:
            return arguments, _nothing
        read = read_json_body(body)

        def finish() -> None:
            value = bind_body(body, read, self.max_items)
            if body is not UNDECLARED:
                arguments[body.name] = value

        return arguments, finish


def _nothing() -> None:
    """No body to check."""


@dataclass
class Api:
    """Routes of one service, collected before they are put on an application.

    `wire` names and texts never hold business words; those come with the models.
    """

    title: str
    version: str = "1.0"
    description: str = ""
    operations: list[Operation] = field(default_factory=list)
    table: ProblemTable = field(default_factory=ProblemTable)

    def problems(self, mapping: ProblemTable | Mapping[type[BaseException], Mapped]) -> None:
        """Adds lines to the table that turns domain errors into problem documents."""
        self.table.add(mapping.lines() if isinstance(mapping, ProblemTable) else mapping)

    def route(
        self,
        method: str,
        path: str,
        *,
        status: int = 200,
        response: Any = None,
        summary: str = "",
        description: str = "",
        tag: str = "",
        problems: Sequence[tuple[int, str]] = (),
        paging: Paging | None = None,
        if_match: str | None = None,
        etag: bool = False,
        internal: bool = False,
        max_items: int = MAX_ITEMS,
        max_body_bytes: int | None = None,
        produces: Sequence[str] = ("application/json",),
        form: Mapping[str, str] | None = None,
        csv: CsvExport | None = None,
        other_statuses: Sequence[int] = (),
    ) -> Callable[[Handler], Handler]:
        """Declares a route; `path` as in `/orders/{id}`.

        `status`: of a plain return value. `response`: model that documents it (not checked at run time).
        `problems`: (status, code) pairs to document. `paging`: makes it a list, the handler takes a
        PageRequest. `if_match`: "required" or "optional", for the document; the handler calls
        `etag.require_match` or `etag.check_match`. `internal`: between services only.
        `form`: multipart fields (name -> "file" or "text") the handler reads itself; other types are a 415.
        `csv`: elements also as text/csv, of a list or of an answer whose `rows` it names. `other_statuses`:
        those that it may answer with the same body, for the document.
        """

        def declare(handler: Handler) -> Handler:
            names = set(_PLACEHOLDER.findall(path))
            policy = idempotency.policy_of(handler)
            inner = getattr(handler, "__wrapped__", handler) if policy else handler
            signature = read_signature(inner, names, f"{method} {path}")
            if signature.body is None and not form and method in _WRITES:
                signature.body = UNDECLARED
            if (signature.page is None) != (paging is None):
                raise TypeError(f"{method} {path}: paging= and a PageRequest parameter go together")
            if csv is not None and (csv.rows is None) != (paging is not None):
                raise TypeError(
                    f"{method} {path}: csv= takes rows= where, and only where, there is no paging="
                )
            text = (handler.__doc__ or "").strip()
            first, _, rest = text.partition("\n\n")
            self.operations.append(
                Operation(
                    method=method,
                    path=path,
                    handler=inner,
                    status=status,
                    signature=signature,
                    reader=QueryReader(
                        signature.query[1] if signature.query else None,
                        paging,
                        csv.parameters if csv else frozenset(),
                    ),
                    policy=policy,
                    summary=summary or " ".join(first.split()).rstrip("."),
                    description=description or " ".join(rest.split()),
                    tag=tag or path.strip("/").split("/")[0],
                    response=response,
                    problems=tuple(problems),
                    paging=paging,
                    if_match=if_match,
                    etag=etag,
                    internal=internal,
                    max_items=max_items,
                    max_body_bytes=max_body_bytes,
                    produces=(*produces, *((CSV,) if csv else ())),
                    form=dict(form or {}),
                    csv=csv,
                    other_statuses=tuple(other_statuses),
                )
            )
            return handler

        return declare

    def get(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        """`route("GET", ...)`."""
        return self.route("GET", path, **options)

    def post(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        """`route("POST", ...)`."""
        return self.route("POST", path, **options)

    def put(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        """`route("PUT", ...)`."""
        return self.route("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        """`route("PATCH", ...)`."""
        return self.route("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        """`route("DELETE", ...)`; 204 unless said otherwise."""
        options.setdefault("status", 204)
        return self.route("DELETE", path, **options)

    def register(
        self,
        app: flask.Flask,
        *,
        answers: AnswerStore | None = None,
        locale: str | None = None,
        documents: bool = True,
    ) -> None:
        """Puts the routes, the error table and (unless told otherwise) the OpenAPI pages on an application.

        `answers`: where Idempotency-Key claims and answers are kept; in memory when None. `locale`: language
        of the texts when the application was not made by `create_api_app`. The Api is found again as
        `app.extensions["ressort.api"]`, for tools that write contracts.
        """
        settings = install(app, locale or "en")
        settings.table.add(self.table.lines())
        idempotency.use(app, answers or MemoryAnswers())
        app.extensions["ressort.api"] = self
        for operation in self.operations:
            app.add_url_rule(operation.rule, operation.endpoint, operation.view, methods=[operation.method])
        if documents:
            from .openapi import add_pages

            add_pages(app, self, settings.texts.language)


def create_api_app(
    import_name: str, *, locale: str = "en", max_body_bytes: int = MAX_BODY_BYTES
) -> flask.Flask:
    """A Flask application with the kit's JSON, problem documents for every error and a body limit.

    `locale`: `spring.web.locale`. Paths match exactly: `/orders/` is not `/orders`.
    """
    app = flask.Flask(import_name, static_folder=None)
    app.json = OrjsonProvider(app)
    app.config["MAX_CONTENT_LENGTH"] = max_body_bytes
    app.url_map.redirect_defaults = False
    install(app, locale)
    return app
