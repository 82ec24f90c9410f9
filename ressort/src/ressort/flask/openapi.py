"""The OpenAPI 3.1 document of an Api (`/v3/api-docs`) and a page to try it (`/swagger-ui.html`).

Both addresses are springdoc's, so that tools and gateways written for Spring find them. The page is one
file without any external asset.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import flask
import orjson
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from .api_binding import FORM
from .api_body import Validator
from .csv_export import MEDIA_TYPE as CSV
from .csv_export import CsvExport
from .paging import Paging

if TYPE_CHECKING:
    from .api import Api, Operation

DOCUMENT_PATH = "/v3/api-docs"
PAGE_PATH = "/swagger-ui.html"
_REF = "#/components/schemas/{model}"
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "code": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "format": "json-pointer"},
                    "parameter": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_PATH_PARAMETER = re.compile(r"{([a-z_][a-z0-9_]*)}")

Schema = dict[str, Any]


def document(api: Api, server: str = "/") -> Schema:
    """The whole document as plain JSON values, members in a stable order."""
    schemas = _Schemas()
    paths: dict[str, Schema] = {}
    for operation in sorted(api.operations, key=lambda o: (o.path, o.method)):
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    info: Schema = {"title": api.title, "version": api.version}
    if api.description:
        info["description"] = api.description
    tags = sorted({operation.tag for operation in api.operations})
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": server}],
        "tags": [{"name": tag} for tag in tags],
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM_SCHEMA, **schemas.definitions()}},
    }


def add_pages(app: flask.Flask, api: Api, language: str) -> None:
    """Serves the document and its page; the document is made at the first request for it."""

    @lru_cache(maxsize=8)
    def encoded(server: str) -> bytes:
        return orjson.dumps(document(api, server))

    def serve_document() -> flask.Response:
        return flask.Response(encoded(flask.request.script_root or "/"), content_type="application/json")

    def serve_page() -> flask.Response:
        return flask.Response(_page(language), content_type="text/html; charset=utf-8", headers=_PAGE_HEADERS)

    app.add_url_rule(DOCUMENT_PATH, "ressort.openapi", serve_document, methods=["GET"])
    app.add_url_rule(PAGE_PATH, "ressort.openapi-page", serve_page, methods=["GET"])


_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
    " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def _page(language: str) -> bytes:
    page = importlib.resources.files(__package__).joinpath("api_page.html").read_text(encoding="utf-8")
    return page.replace("{{language}}", language).encode()


class _Schemas:
    """JSON schemas of the models met on the way, each under one name of `components`."""

    def __init__(self) -> None:
        self._found: dict[str, Schema] = {}

    def of(self, kind: Any, mode: JsonSchemaMode) -> Schema:
        """The schema of a type: a reference for a model."""
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            keyed, top = models_json_schema([(kind, mode)], ref_template=_REF)
            self._found.update(top.get("$defs", {}))
            return dict(keyed[kind, mode])
        schema = TypeAdapter(kind).json_schema(mode=mode, ref_template=_REF)
        self._found.update(schema.pop("$defs", {}))
        return schema

    def add(self, definitions: Mapping[str, Schema]) -> None:
        """Remembers named schemas made elsewhere."""
        self._found.update(definitions)

    def definitions(self) -> dict[str, Schema]:
        """Every named schema, sorted."""
        return dict(sorted(self._found.items()))


def _operation(operation: Operation, schemas: _Schemas) -> Schema:
    out: Schema = {
        "operationId": _operation_id(operation),
        "tags": [operation.tag],
        "summary": operation.summary or operation.endpoint,
        "parameters": _parameters(operation, schemas),
        "responses": _responses(operation, schemas),
    }
    if operation.description:
        out["description"] = operation.description
    if operation.internal:
        out["x-internal"] = True
    body = _request_body(operation, schemas)
    if body is not None:
        out["requestBody"] = body
    return out


def _operation_id(operation: Operation) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", operation.path.lower()).strip("_")
    return f"{operation.method.lower()}_{words}"


def _parameters(operation: Operation, schemas: _Schemas) -> list[Schema]:
    found = [
        _parameter(name, "path", {"type": "string"}, required=True)
        for name in _PATH_PARAMETER.findall(operation.path)
    ]
    if operation.signature.query is not None:
        found += _query_parameters(operation.signature.query[1], schemas)
    if operation.paging is not None:
        found += _paging_parameters(operation.paging)
    if operation.csv is not None:
        found.append(_columns_parameter(operation.csv))
    if operation.if_match is not None:
        found.append(_parameter("If-Match", "header", {"type": "string"}, operation.if_match == "required"))
    if operation.policy is not None:
        key = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}
        found.append(_parameter("Idempotency-Key", "header", key, operation.policy.required))
    return found


def _parameter(name: str, place: str, schema: Schema, required: bool = False, text: str = "") -> Schema:
    out: Schema = {"name": name, "in": place, "required": required, "schema": schema}
    return {**out, "description": text} if text else out


def _query_parameters(model: type[BaseModel], schemas: _Schemas) -> list[Schema]:
    whole = TypeAdapter(model).json_schema(mode="validation", ref_template=_REF)
    schemas.add(whole.pop("$defs", {}))
    required = whole.get("required", [])
    return [
        _parameter(name, "query", _without_null(schema), name in required, schema.get("description", ""))
        for name, schema in whole.get("properties", {}).items()
    ]


def _without_null(schema: Schema) -> Schema:
    """A query parameter is absent rather than null."""
    options = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    out = {key: value for key, value in schema.items() if key not in ("anyOf", "title", "description")}
    if out.get("default", 0) is None:
        del out["default"]
    return {**out, **options[0]} if len(options) == 1 else ({**out, "anyOf": options} if options else out)


def _paging_parameters(paging: Paging) -> list[Schema]:
    limit = {"type": "integer", "minimum": 1, "maximum": paging.max_limit, "default": paging.default_limit}
    keys = ", ".join(paging.keys)
    return [
        _parameter(paging.wire.limit, "query", limit),
        _parameter(paging.wire.cursor, "query", {"type": "string"}),
        _parameter(
            paging.wire.sort,
            "query",
            {"type": "string", "default": paging.default},
            text=f"-key, key: {keys}",
        ),
    ]


def _columns_parameter(csv: CsvExport) -> Schema:
    names = ", ".join(column.name for column in csv.columns)
    return _parameter(csv.wire.columns, "query", {"type": "string"}, text=f"text/csv: {names}")


def _request_body(operation: Operation, schemas: _Schemas) -> Schema | None:
    if operation.form:
        return {"required": True, "content": {FORM: {"schema": _form(operation.form)}}}
    body = operation.signature.body
    if body is None or body.empty:
        return None
    validator: Validator[Any] = body.validator
    schema = schemas.of(validator.json_schema_type(), "validation")
    if body.style == "items":
        schema = {"type": "array", "items": schema, "maxItems": operation.max_items}
    required = not body.optional
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def _form(fields: Mapping[str, str]) -> Schema:
    kinds: dict[str, Schema] = {"file": {"type": "string", "format": "binary"}, "text": {"type": "string"}}
    return {
        "type": "object",
        "required": list(fields),
        "properties": {n: kinds[k] for n, k in fields.items()},
    }


def _responses(operation: Operation, schemas: _Schemas) -> dict[str, Schema]:
    found = {
        str(status): _success(operation, schemas, status)
        for status in (operation.status, *operation.other_statuses)
    }
    by_status: dict[int, list[str]] = {}
    for status, code in [*_implied(operation), *operation.problems]:
        by_status.setdefault(status, []).append(code)
    for status in sorted(by_status):
        text = ", ".join(dict.fromkeys(by_status[status]))
        found[str(status)] = {
            "description": text,
            "content": {"application/problem+json": {"schema": _PROBLEM}},
        }
    return found


def _implied(operation: Operation) -> list[tuple[int, str]]:
    """Problems a route can answer because of what it declares."""
    found: list[tuple[int, str]] = [(400, "requete-invalide")]
    if "{" in operation.path:
        found.append((404, "ressource-introuvable"))
    if operation.if_match is not None:
        found += [(412, "version-perimee")] + [(428, "if-match-requis")] * (operation.if_match == "required")
    if operation.csv is not None:
        found.append((413, "export-trop-grand"))
    if operation.policy is not None:
        found += [(409, "idempotency-key-en-cours"), (422, "idempotency-key-reutilisee")]
    if operation.signature.body is not None or operation.form:
        found += [(413, "corps-trop-volumineux"), (415, "type-de-contenu-refuse"), (422, "donnees-invalides")]
    return found


def _success(operation: Operation, schemas: _Schemas, status: int) -> Schema:
    out: Schema = {"description": HTTPStatus(status).phrase}
    if status == 204:
        return out
    schema = {} if operation.response is None else schemas.of(operation.response, "serialization")
    if operation.paging is not None:
        schema = _envelope(operation.paging, schema, schemas)
    content: dict[str, Schema] = {kind: {} for kind in operation.produces}
    content["application/json"] = {"schema": schema}
    if operation.csv is not None:
        content[CSV] = {"schema": {"type": "string"}}
    headers = {name: {"schema": {"type": "string"}} for name in _headers(operation, status)}
    return {**out, "content": content, **({"headers": headers} if headers else {})}


def _headers(operation: Operation, status: int) -> list[str]:
    found = ["ETag"] if operation.etag else []
    return [*found, "Location"] if status == 201 else found


def _envelope(paging: Paging, element: Schema, schemas: _Schemas) -> Schema:
    wire = paging.wire
    beside = {name: schemas.of(kind, "serialization") for name, kind in paging.beside.items()}
    return {
        "type": "object",
        "required": [wire.elements, wire.next, wire.total, *beside],
        "properties": {
            wire.elements: {"type": "array", "items": element},
            wire.next: {"type": ["string", "null"]},
            wire.total: {"type": "integer", "minimum": 0},
            **beside,
        },
    }
