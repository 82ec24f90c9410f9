"""Bodies, queries and their field types: pydantic models that take nothing but what they declare.

    class Line(Model):
        label: Text(200)
        quantity: DecimalString(max_digits=12, places=3, min="0.001")
        unit_price: DecimalString(places=2)

Field types are `Annotated` types made by functions, so type checkers need `Annotated` spelled out or an
alias: `Quantity = Annotated[Decimal, decimal_string(places=3)]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Self

import orjson
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic.functional_validators import ModelWrapValidatorHandler
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from .api_texts import FieldError

MAX_MINOR_UNITS = 10**15
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_CONTROL = re.compile("[\x00-\x1f\x7f]")


class InvalidFieldsError(ValueError):
    """Several wrong fields found by one validator; pointers are relative to the value it validated."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = list(errors)
        super().__init__("; ".join(e.detail for e in self.errors))


class Model(BaseModel):
    """A JSON object of a request, strict: no conversion, unknown members refused, all errors at once.

    `read_only` names members a caller may send back unchanged and never set. `checks` holds the rules
    over several fields. A response model may be declared with it too; it only documents.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)
    read_only: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def checks(cls, valid: Mapping[str, Any]) -> Iterable[FieldError]:
        """Errors between fields; `valid` holds the fields that are valid by themselves, defaults included.

        Called even when other fields are wrong, so that a caller sees everything at once: look fields
        up with `.get` or test for them.
        """
        return ()

    @model_validator(mode="wrap")
    @classmethod
    def _with_checks(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if cls.checks.__func__ is Model.checks.__func__:  # type: ignore[attr-defined]
            return handler(data)
        try:
            made = handler(data)
        except ValidationError as error:
            raise _joined(cls, error, _partly_valid(cls, data, error)) from None
        found = list(cls.checks(made.__dict__))
        if found:
            raise InvalidFieldsError(found)
        return made


class NoFields(Model):
    """The body of a request that has nothing to say: absent, or an empty object."""


class Query(BaseModel):
    """The query parameters of a call, read from text; unknown or repeated ones are a 400 naming them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class DecimalString:
    """Metadata of a decimal given as text (`"2.5"`): `Annotated[Decimal, DecimalString(places=3)]`.

    At most `places` digits after the point and `max_digits` in all; bounds are inclusive texts.
    Floats are refused with a text that says so: 0.1 has no exact float.
    """

    max_digits: int = 15
    places: int = 2
    min: str | None = None
    max: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        bounds = {k: Decimal(v) for k, v in (("ge", self.min), ("le", self.max)) if v is not None}
        inner = core_schema.decimal_schema(strict=False, **bounds)  # type: ignore[arg-type]
        return core_schema.no_info_before_validator_function(self._parse, inner)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        tail = rf"(\.[0-9]{{1,{self.places}}})?" if self.places else ""
        sign = "" if self.min is not None and not self.min.startswith("-") else "-?"
        out: dict[str, Any] = {"type": "string", "format": "decimal", "pattern": f"^{sign}[0-9]+{tail}$"}
        limits = [f"{word} {v}" for word, v in (("min", self.min), ("max", self.max)) if v is not None]
        return {**out, "description": ", ".join(limits)} if limits else out

    def _parse(self, given: Any) -> Decimal:
        if isinstance(given, Decimal):
            return given
        if not isinstance(given, str) or not _DECIMAL.fullmatch(given):
            raise PydanticCustomError(
                "decimal_string", "decimal string expected", {"example": self._example()}
            )
        digits = given.lstrip("-").replace(".", "").lstrip("0")
        fraction = given.partition(".")[2]
        if len(fraction.rstrip("0")) > self.places:
            raise PydanticCustomError("decimal_places", "too many places", {"places": self.places})
        if len(digits) > self.max_digits:
            raise PydanticCustomError("decimal_digits", "too many digits", {"max_digits": self.max_digits})
        try:
            return Decimal(given)
        except InvalidOperation as error:
            raise PydanticCustomError("decimal_string", "decimal expected", {"example": "1"}) from error

    def _example(self) -> str:
        return "2" + ("." + "5".ljust(min(self.places, 2), "0") if self.places else "")


def minor_units(min: int = 0, max: int = MAX_MINOR_UNITS) -> Any:
    """Metadata of money in the currency's smallest unit: `Annotated[int, minor_units(min=1)]`."""
    return Field(strict=True, ge=min, le=max)


MinorUnits = Annotated[int, minor_units()]
"""Money of at least nothing."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """Metadata of a text: `Annotated[str, PlainText(200)]`, trimmed, `min` to `max` characters.

    Control characters are refused (line feeds and tabs too unless `lines`); HTML is only text here.
    """

    max: int
    min: int = 1
    lines: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        inner = core_schema.str_schema(
            strip_whitespace=True, min_length=self.min or None, max_length=self.max, strict=True
        )
        return core_schema.no_info_after_validator_function(self._clean, inner)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        out: dict[str, Any] = {"type": "string", "maxLength": self.max}
        return {**out, "minLength": self.min} if self.min else out

    def _clean(self, text: str) -> str:
        if (_CONTROL if self.lines else _LINE_CONTROL).search(text):
            raise PydanticCustomError("string_control", "control character")
        return text


def _day(given: Any) -> Any:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if isinstance(given, str) and _DATE.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise PydanticCustomError("date", "date YYYY-MM-DD expected")


def _moment(given: Any) -> Any:
    if isinstance(given, datetime) and given.tzinfo is not None:
        return given.astimezone(UTC)
    if isinstance(given, str) and _INSTANT.fullmatch(given):
        try:
            return datetime.fromisoformat(given).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise PydanticCustomError("instant", "instant expected")


IsoDate = Annotated[date, BeforeValidator(_day)]
"""`YYYY-MM-DD` and nothing else (pydantic's own `date` also takes seconds since 1970 as text)."""


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """Metadata of a date `YYYY-MM-DD` between two days, both included: `Annotated[date, DaysBetween(a, b)]`.

    A day that arithmetic or a database may not hold (0001-01-01, 9999-12-31) goes no further than here.
    """

    first: date
    last: date

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self._within, core_schema.date_schema())

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "format": "date", "description": f"{self.first} to {self.last}"}

    def _within(self, given: Any) -> Any:
        day = _day(given)
        if not self.first <= day <= self.last:
            bounds = {"first": str(self.first), "last": str(self.last)}
            raise PydanticCustomError("date_bounds", "date out of bounds", bounds)
        return day


IsoInstant = Annotated[datetime, BeforeValidator(_moment)]
"""ISO 8601 with `Z` or an offset, kept in UTC."""


def _split(given: Any) -> Any:
    return [part for part in given.split(",") if part] if isinstance(given, str) else given


CommaList = Annotated[list[str], BeforeValidator(_split)]
"""A query parameter `a,b,c`."""


@lru_cache(maxsize=512)
def _partial(model: type[BaseModel]) -> type[BaseModel]:
    """The model with no field required and no rule between fields."""
    fields: dict[str, Any] = {
        name: (
            info.rebuild_annotation(),
            Field(default=None, alias=info.alias) if info.is_required() else info,
        )
        for name, info in model.model_fields.items()
    }
    silent: Any = classmethod(lambda cls, valid: ())
    made = create_model(f"{model.__name__}Partial", __base__=model, **fields)
    made.checks = silent  # type: ignore[attr-defined]
    return made


def _partly_valid(model: type[BaseModel], data: Any, error: ValidationError) -> dict[str, Any]:
    """The fields of a wrong object that are right, as validated; none when it is not an object."""
    if not isinstance(data, dict):
        return {}
    wrong = {e["loc"][0] for e in error.errors(include_url=False, include_context=False) if e["loc"]}
    kept = {key: value for key, value in data.items() if key not in wrong}
    names = {info.alias or name: name for name, info in model.model_fields.items()}
    try:
        made = _partial(model).model_validate_json(orjson.dumps(kept, default=str))
    except ValidationError:
        return {}
    gone = {names.get(str(key), str(key)) for key in wrong}
    return {name: value for name, value in made.__dict__.items() if name not in gone}


def _joined(model: type[Model], error: ValidationError, valid: Mapping[str, Any]) -> ValidationError:
    lines: list[InitErrorDetails] = []
    for line in error.errors(include_url=False):
        lines.append(_again(line))
    found = list(model.checks(valid)) if valid else []
    if found:
        custom = PydanticCustomError("value_error", "invalid fields", {"error": InvalidFieldsError(found)})
        lines.append(InitErrorDetails(type=custom, loc=(), input=None))
    return ValidationError.from_exception_data(model.__name__, lines)


def _again(line: Any) -> InitErrorDetails:
    custom = PydanticCustomError(line["type"], "{_message}", {**line.get("ctx", {}), "_message": line["msg"]})
    return InitErrorDetails(type=custom, loc=line["loc"], input=line["input"])
