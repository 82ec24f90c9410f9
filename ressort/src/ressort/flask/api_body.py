"""Bodies of requests: read once, checked for syntax first (400) and for content when the handler says (422)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args, get_origin

import orjson
from pydantic import BaseModel, TypeAdapter, ValidationError

from . import api_json
from .api_models import InvalidFieldsError, Model
from .api_texts import FieldError, Texts, json_type
from .problem import InvalidBody, current_texts

T = TypeVar("T")


def pointer(loc: Sequence[int | str]) -> str:
    """The RFC 6901 pointer of a pydantic location; the whole document is ``""``."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in loc)


def field_errors(error: ValidationError, texts: Texts) -> list[FieldError]:
    """Every line of a pydantic error in the texts' language, in the order of the body's fields."""
    found: list[FieldError] = []
    for line in error.errors(include_url=False):
        found.extend(_line(line, texts))
    return found


def _line(line: Any, texts: Texts) -> list[FieldError]:
    place = pointer(line["loc"])
    context = line.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, InvalidFieldsError):
        return [one.below(place) for one in cause.errors]
    kind = line["type"]
    if not texts.knows_field(kind) and "-" in kind:
        return [FieldError(place, kind, line["msg"])]
    code, detail = texts.field(kind, line["input"], context)
    return [FieldError(place, code, detail)]


class Validator(Generic[T]):
    """Turns JSON values into one declared type; made once per route."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)
        self._plan = plan_of(kind)

    def json_schema_type(self) -> Any:
        """The declared type, for documentation."""
        return self.kind

    def validate(self, raw: bytes, value: Any, current: Any = None) -> T:
        """The body as its type. Raises InvalidBody with every error.

        `value` is the parsed form of `raw`; `current` the resource as it is served now, to compare
        read-only members with.
        """
        texts = current_texts()
        refused: list[FieldError] = []
        if self._plan is not None:
            stripping = Stripping(texts)
            value = stripping.strip(self._plan, value, current)
            refused = stripping.errors
            raw = orjson.dumps(value) if stripping.removed else raw
        try:
            made = self._adapter.validate_json(raw)
        except ValidationError as error:
            raise InvalidBody(refused + field_errors(error, texts), keeps_key=False) from None
        if refused:
            raise InvalidBody(refused, keeps_key=False)
        return made


class Body(Generic[T]):
    """A body whose JSON is well formed; `valid()` checks its content.

    Take `Body[Model]` where 404, 412 or 409 must be answered before 422: look the resource up, check
    its version and state, then call `valid()`.
    """

    __slots__ = ("_raw", "_validator", "value")

    def __init__(self, raw: bytes, value: Any, validator: Validator[T]) -> None:
        self._raw = raw
        self._validator = validator
        self.value = value
        """The JSON value, unchecked."""

    def valid(self, current: Any = None) -> T:
        """The checked body; raises InvalidBody (422). `current`: the resource as served, for read-only members."""
        return self._validator.validate(self._raw, self.value, current)


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """One element of a bulk body: its value, or what is wrong with it."""

    index: int
    raw: Any
    value: T | None
    errors: list[FieldError]

    def errors_json(self) -> list[dict[str, str]]:
        """The errors as members of a bulk answer."""
        return [error.as_json() for error in self.errors]


class Items(Generic[T]):
    """A bulk body: a JSON array whose elements are checked one by one, so that one bad row refuses itself only."""

    def __init__(self, values: list[Any], validator: Validator[T]) -> None:
        self._values = values
        self._validator = validator

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Item[T]]:
        """Elements in the order given."""
        for index, value in enumerate(self._values):
            yield self._item(index, value)

    def _item(self, index: int, value: Any) -> Item[T]:
        try:
            return Item(index, value, self._validator.validate(orjson.dumps(value), value), [])
        except InvalidBody as error:
            return Item(index, value, None, error.errors)


def items(value: Any, validator: Validator[T], max_items: int) -> Items[T]:
    """The bulk body in a JSON value. Raises InvalidBody when it is not an array of at most `max_items`."""
    texts = current_texts()
    if not isinstance(value, list):
        raise InvalidBody([FieldError("", *texts.field("list_type", value))], keeps_key=False)
    if len(value) > max_items:
        told = texts.field("too_long", value, {"max_length": max_items})
        raise InvalidBody([FieldError("", *told)], keeps_key=False)
    return Items(value, validator)


def _model_in(kind: Any) -> type[BaseModel] | None:
    """The model a field holds directly, in a list or as an option."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    for inner in get_args(kind):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is list or any(_is_list(inner) for inner in get_args(kind))


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a type has read-only members: its own, and those of the fields that lead to more."""

    listed: bool
    read_only: frozenset[str]
    below: Mapping[str, Plan]


def plan_of(kind: Any, above: frozenset[type] = frozenset()) -> Plan | None:
    """The plan of a type, None when nothing in it is read-only. A model within itself is looked at once."""
    model = _model_in(kind)
    if model is None or model in above:
        return None
    read_only = model.read_only if issubclass(model, Model) else frozenset()
    found = {
        info.alias or name: plan_of(info.annotation, above | {model})
        for name, info in model.model_fields.items()
    }
    below = {name: plan for name, plan in found.items() if plan is not None}
    return Plan(_is_list(kind), read_only, below) if read_only or below else None


class Stripping:
    """Takes read-only members out of a body; those that differ from the current value are errors."""

    def __init__(self, texts: Texts) -> None:
        self.errors: list[FieldError] = []
        self.removed = 0
        self._texts = texts

    def strip(self, plan: Plan, value: Any, current: Any) -> Any:
        """The value without them; `current` is the resource as served, None on creation."""
        known = None if current is None else orjson.loads(api_json.write(current))
        return self._strip(plan, value, known, "")

    def _strip(self, plan: Plan, value: Any, current: Any, place: str) -> Any:
        if isinstance(value, dict):
            return self._strip_object(plan, value, current, place)
        if not (plan.listed and isinstance(value, list)):
            return value
        known = current if isinstance(current, list) else []
        padded = known + [None] * (len(value) - len(known))
        return [
            self._strip_object(plan, one, padded[i], f"{place}/{i}") if isinstance(one, dict) else one
            for i, one in enumerate(value)
        ]

    def _strip_object(self, plan: Plan, value: dict[str, Any], current: Any, place: str) -> Any:
        touched = [name for name in value if name in plan.read_only or name in plan.below]
        if not touched:
            return value
        known: Mapping[str, Any] = current if isinstance(current, dict) else {}
        kept = dict(value)
        for name in touched:
            if name in plan.read_only:
                self._compare(name, kept.pop(name), known, place + pointer([name]))
            else:
                at = place + pointer([name])
                kept[name] = self._strip(plan.below[name], kept[name], known.get(name), at)
        return kept

    def _compare(self, name: str, given: Any, known: Mapping[str, Any], at: str) -> None:
        self.removed += 1
        if name not in known:
            self.errors.append(FieldError(at, *self._texts.field("read_only_new")))
            return
        current = known[name]
        if given != current or json_type(given) != json_type(current):
            shown = orjson.dumps(current).decode()[:80]
            self.errors.append(FieldError(at, *self._texts.field("read_only", given, {"current": shown})))
