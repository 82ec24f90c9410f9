"""Reading and writing JSON: strict in (no NaN, no key given twice, UTF-8 only), fast out (orjson)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import flask
import orjson
from flask.json.provider import JSONProvider
from pydantic import BaseModel

MAX_DEPTH = 64
OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


class MalformedJsonError(ValueError):
    """The bytes are not one JSON document: at a line and column, or because of a key given twice."""

    def __init__(self, message: str, line: int = 0, column: int = 0, key: str | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.key = key


def read(raw: bytes) -> Any:
    """The value of one JSON document. Raises MalformedJsonError; NaN and repeated keys are refused.

    A repeated key means two readers may see two different amounts (RFC 8259, 4), so it is not guessed.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedJsonError(str(error), error.lineno, error.colno) from error
    # Each key stands before one colon: only texts with colons, or repeated keys, make these differ.
    if raw.count(b":") != _count_keys(value):
        _refuse_repeated_keys(raw)
    return value


def write(value: Any) -> bytes:
    """UTF-8 JSON: decimals as strings, instants with `Z`, models by their JSON form."""
    return orjson.dumps(value, default=_encode, option=OPTIONS)


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, set | frozenset | Iterable):
        return list(value)
    raise TypeError(f"{type(value).__qualname__} has no JSON form")


def _count_keys(value: Any) -> int:
    """Keys of all objects, level by level. Raises MalformedJsonError below MAX_DEPTH levels."""
    keys, level = 0, [value]
    for _ in range(MAX_DEPTH + 1):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                keys += len(one)
                below += one.values()
            elif isinstance(one, list):
                below += one
        if not below:
            return keys
        level = below
    raise MalformedJsonError(f"nested more than {MAX_DEPTH} levels deep")


def _refuse_repeated_keys(raw: bytes) -> None:
    json.loads(raw, object_pairs_hook=_pairs)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise MalformedJsonError(f"key {key[:60]!r} given twice", key=key[:60])
            seen.add(key)
    return made


class OrjsonProvider(JSONProvider):
    """Flask's `jsonify` and `request.json` on the functions above, for this application only."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """JSON text; formatting arguments are ignored."""
        return write(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value of a JSON text."""
        return read(s.encode() if isinstance(s, str) else s)

    def response(self, *args: Any, **kwargs: Any) -> Any:
        """What `jsonify` returns."""
        body = write(self._prepare_response_obj(args, kwargs))
        return flask.Response(body, mimetype="application/json")
