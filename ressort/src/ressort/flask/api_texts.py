"""What the API kit says to its callers, read from one data file (`api_texts.json`) in French and English.

Codes are the same in every language: programs compare them, people read the texts.
"""

from __future__ import annotations

import ast
import importlib.resources
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

LANGUAGES = ("fr", "en")
_CHOICES = frozenset({"expected", "expected_tags"})
_CHOICE = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s,'"]+""")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong place of a body (`pointer`, RFC 6901) or query (`parameter`), for programs and people."""

    pointer: str
    code: str
    detail: str
    parameter: str | None = None

    def as_json(self) -> dict[str, str]:
        """The entry of a problem document's `errors` list."""
        place = {"parameter": self.parameter} if self.parameter is not None else {"pointer": self.pointer}
        return {**place, "code": self.code, "detail": self.detail}

    def below(self, prefix: str) -> FieldError:
        """The same error seen from a document that holds this one at the pointer `prefix`."""
        return FieldError(prefix + self.pointer, self.code, self.detail, self.parameter)


class Texts:
    """The catalogue in one language (`fr`, `en`; a Spring locale such as `fr_FR` is cut to its language)."""

    def __init__(self, locale: str = "en") -> None:
        language = locale.replace("-", "_").split("_", 1)[0].lower()
        self.language = language if language in LANGUAGES else "en"

    def field(self, kind: str, given: Any = None, values: Mapping[str, Any] | None = None) -> tuple[str, str]:
        """(code, detail) for an error kind; the JSON type of what was given may select a closer text."""
        entries = _catalogue()["fields"]
        entry = entries.get(f"{kind}:{json_type(given)}") or entries.get(kind) or entries["*"]
        told = {
            key: self.choice(value) if key in _CHOICES else value for key, value in (values or {}).items()
        }
        return entry["code"], _fill(entry[self.language], told)

    def choice(self, listed: str) -> str:
        """The values of a choice, which pydantic lists in Python and English: `'A', 'B' or 'C'`."""
        values = [_unquoted(one) for one in _CHOICE.findall(listed) if one != "or"]
        if len(values) < 2:
            return "".join(values)
        return f"{', '.join(values[:-1])}{_catalogue()['last_of_a_choice'][self.language]}{values[-1]}"

    def knows_field(self, kind: str) -> bool:
        """Whether the catalogue has a text for this error kind."""
        return kind in _catalogue()["fields"]

    def problem(self, code: str, values: Mapping[str, Any]) -> tuple[str, str] | None:
        """(title, detail) of one of the kit's own problems, None for a code that is not the kit's."""
        entry = _catalogue()["problems"].get(code)
        if entry is None:
            return None
        title, detail = entry[self.language]
        return _fill(title, values), _fill(detail, values)


def json_type(value: Any) -> str:
    """The JSON word for a Python value: null, bool, int, float, string, list or object."""
    if value is None:
        return "null"
    for kind, word in ((bool, "bool"), (int, "int"), (float, "float"), (str, "string"), (list, "list")):
        if isinstance(value, kind):
            return word
    return "object"


def _unquoted(value: str) -> str:
    return str(ast.literal_eval(value)) if value[0] in "'\"" else value


class _Blanks(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def _fill(text: str, values: Mapping[str, Any]) -> str:
    return text.format_map(_Blanks(values)) if "{" in text else text


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(
        importlib.resources.files(__package__).joinpath("api_texts.json").read_bytes()
    )
    return data
