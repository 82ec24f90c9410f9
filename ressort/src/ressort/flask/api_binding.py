"""From a handler's signature to its arguments: path, query, page, body, each checked in its turn."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

import flask
from pydantic import TypeAdapter, ValidationError

from . import api_json
from .api_body import Body, Items, Validator, field_errors, items
from .api_models import Model, NoFields, Query
from .api_texts import FieldError
from .paging import PageRequest, Paging
from .problem import InvalidQuery, Problem, current_texts

Bind = Callable[[], Any]
FORM = "multipart/form-data"


@dataclass(slots=True)
class Signature:
    """What a handler asks for; the binders run in the order query, page, body."""

    query: tuple[str, type[Query]] | None = None
    page: str | None = None
    body: BodySpec | None = None
    paths: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BodySpec:
    """The body parameter: `style` is eager (checked before the call), lazy (`Body`) or items (`Items`)."""

    name: str
    style: str
    validator: Validator[Any]
    default: Any = inspect.Parameter.empty

    @property
    def optional(self) -> bool:
        """Whether the call may come without a body."""
        return self.default is not inspect.Parameter.empty or self.empty

    @property
    def empty(self) -> bool:
        """Whether there is nothing to send but an empty object."""
        return self.validator.kind is NoFields


UNDECLARED = BodySpec("", "eager", Validator(NoFields), None)
"""Of a writing route whose handler asks for no body: fields that it would pass over are refused."""


def read_signature(handler: Callable[..., Any], path_names: set[str], where: str) -> Signature:
    """The signature's reading. Raises TypeError, when the route is declared, for what cannot be bound."""
    found = Signature()
    for parameter in inspect.signature(handler, eval_str=True).parameters.values():
        _place(found, parameter, path_names, where)
    missing = path_names - set(found.paths)
    if missing:
        raise TypeError(f"{where}: the handler has no parameter {', '.join(sorted(missing))}")
    if found.body is not None and found.body.style == "eager" and path_names:
        raise TypeError(
            f"{where}: take {found.body.name} as Body[...] and call valid() after 404, 412 and 409 are"
            " settled, since an invalid body (422) is answered last"
        )
    return found


def _place(found: Signature, parameter: inspect.Parameter, path_names: set[str], where: str) -> None:
    name, kind = parameter.name, parameter.annotation
    if name in path_names:
        found.paths.append(name)
    elif kind is PageRequest:
        found.page = name
    elif isinstance(kind, type) and issubclass(kind, Query):
        found.query = (name, kind)
    elif get_origin(kind) is Body:
        found.body = BodySpec(name, "lazy", Validator(get_args(kind)[0]), parameter.default)
    elif get_origin(kind) is Items:
        found.body = BodySpec(name, "items", Validator(get_args(kind)[0]))
    elif _is_body(kind):
        found.body = BodySpec(name, "eager", Validator(kind), parameter.default)
    else:
        raise TypeError(
            f"{where}: parameter {name} is neither in the path nor a Model, Body, Query or PageRequest"
        )


def _is_body(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, Model):
        return True
    return any(_is_body(inner) for inner in get_args(kind))


class QueryReader:
    """Reads a call's query once: the declared parameters and, on lists, the paging ones.

    `more` names parameters that somebody else reads.
    """

    def __init__(
        self, model: type[Query] | None, paging: Paging | None, more: frozenset[str] = frozenset()
    ) -> None:
        self._adapter = TypeAdapter(model) if model else None
        self._lists = _list_parameters(model) if model else frozenset()
        self.names = frozenset(model.model_fields if model else ())
        self._paging = paging
        self._page_names = frozenset(paging.wire.parameters if paging else ()) | more

    def read(self) -> tuple[Any, PageRequest | None]:
        """(query model, page). Raises InvalidQuery (400) naming every wrong parameter."""
        if not flask.request.query_string:
            given: dict[str, list[str]] = {}
        else:
            given = dict(flask.request.args.lists())
            self._refuse_unknown(given)
        page = self._paging.read(given) if self._paging else None
        return (self._model(given) if self._adapter else None), page

    def _refuse_unknown(self, given: Mapping[str, list[str]]) -> None:
        texts = current_texts()
        errors = []
        for name, values in given.items():
            if name not in self.names and name not in self._page_names:
                errors.append(
                    _named(
                        name[:60], *texts.field("unknown_parameter", None, {"name": name[:60], "hint": ""})
                    )
                )
            elif len(values) > 1 and name in self.names and name not in self._lists:
                errors.append(_named(name, *texts.field("repeated_parameter", None, {"name": name})))
        if errors:
            raise InvalidQuery(errors)

    def _model(self, given: Mapping[str, list[str]]) -> Any:
        assert self._adapter is not None
        values = {
            n: v if n in self._lists and len(v) > 1 else v[0] for n, v in given.items() if n in self.names
        }
        try:
            return self._adapter.validate_python(values)
        except ValidationError as error:
            wrong = field_errors(error, current_texts())
            raise InvalidQuery(
                [_named(e.pointer[1:].split("/")[0], e.code, e.detail) for e in wrong]
            ) from None


def _named(name: str, code: str, detail: str) -> FieldError:
    return FieldError("", code, detail, name)


def _list_parameters(model: type[Query]) -> frozenset[str]:
    return frozenset(name for name, info in model.model_fields.items() if "list" in str(info.annotation))


def read_json_body(spec: BodySpec) -> tuple[bytes, Any] | None:
    """(bytes, value) of the request's JSON; None when it is absent and may be. Raises 400 or 415 problems."""
    request = flask.request
    raw = request.get_data()
    if not raw:
        if spec.optional:
            return None
        raise Problem(400, "corps-absent")
    if not request.is_json:
        raise Problem(415, "type-de-contenu-refuse", values={"expected": "application/json"})
    try:
        return raw, api_json.read(raw)
    except api_json.MalformedJsonError as error:
        raise _malformed(error) from None


def refuse_other_than_form() -> None:
    """The check of a route that reads a multipart form: a 415 problem for content of another type."""
    request = flask.request
    if request.mimetype != FORM and (request.mimetype or request.get_data()):
        raise Problem(415, "type-de-contenu-refuse", values={"expected": FORM})


def _malformed(error: api_json.MalformedJsonError) -> Problem:
    if error.key is not None:
        return Problem(400, "json-cle-repetee", values={"key": error.key})
    if not error.line:
        return Problem(400, "json-trop-profond", values={"depth": api_json.MAX_DEPTH})
    return Problem(400, "json-invalide", values={"line": error.line, "column": error.column})


def bind_body(spec: BodySpec, read: tuple[bytes, Any] | None, max_items: int) -> Any:
    """The body argument; eager bodies and the outline of bulk ones are checked here (422)."""
    if read is None:
        return spec.default if spec.style == "eager" else Body(b"{}", {}, spec.validator)
    raw, value = read
    if spec.style == "lazy":
        return Body(raw, value, spec.validator)
    if spec.style == "items":
        return items(value, spec.validator, max_items)
    return spec.validator.validate(raw, value)
