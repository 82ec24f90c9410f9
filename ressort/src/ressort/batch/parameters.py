"""Job parameters: typed values, some of which identify the job instance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ressort.batch.errors import JobParametersInvalidError

ParameterValue = str | int | Decimal | bool | date | datetime

_MAX_LENGTH = 2500
_TYPES: dict[str, type] = {
    "java.lang.String": str,
    "java.lang.Long": int,
    "java.math.BigDecimal": Decimal,
    "java.lang.Boolean": bool,
    "java.time.LocalDate": date,
    "java.time.Instant": datetime,
}


@dataclass(frozen=True)
class JobParameter:
    """One value; its type is written under the Java name that Spring Batch viewers know."""

    value: ParameterValue
    identifying: bool = True

    @property
    def type_name(self) -> str:
        """The Java type name kept in `PARAMETER_TYPE`."""
        return next(name for name, kind in _TYPES.items() if type(self.value) is kind)

    @property
    def text(self) -> str:
        """The value as kept in `PARAMETER_VALUE`."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if isinstance(self.value, (date, datetime)):
            return self.value.isoformat()
        return str(self.value)

    @classmethod
    def parsed(cls, type_name: str, text: str, identifying: bool) -> JobParameter:
        """The inverse of `type_name` and `text`; an unknown type is read as text."""
        kind = _TYPES.get(type_name, str)
        if kind is bool:
            return cls(text == "true", identifying)
        if kind is date:
            return cls(date.fromisoformat(text), identifying)
        if kind is datetime:
            return cls(datetime.fromisoformat(text), identifying)
        return cls(kind(text), identifying)


class JobParameters(Mapping[str, JobParameter]):
    """An immutable map of parameters by name.

    `key()` is the MD5 over the sorted identifying parameters: it names the job instance together with the
    job's name. It is stable across processes and restarts; Java's own keys differ, by design.
    """

    def __init__(self, parameters: Mapping[str, JobParameter | ParameterValue] | None = None) -> None:
        self._parameters = {
            name: value if isinstance(value, JobParameter) else JobParameter(value)
            for name, value in (parameters or {}).items()
        }
        for name, parameter in self._parameters.items():
            if len(name) > 100 or len(parameter.text) > _MAX_LENGTH:
                raise JobParametersInvalidError(f"parameter '{name[:100]}' is longer than its column allows")

    def __getitem__(self, name: str) -> JobParameter:
        return self._parameters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def __repr__(self) -> str:
        return f"JobParameters({self.values_by_name()!r})"

    def value(self, name: str) -> ParameterValue | None:
        """The bare value, or None when the parameter is absent."""
        parameter = self._parameters.get(name)
        return None if parameter is None else parameter.value

    def values_by_name(self) -> dict[str, ParameterValue]:
        """All bare values."""
        return {name: parameter.value for name, parameter in self._parameters.items()}

    def key(self) -> str:
        """32 hexadecimal characters naming the instance."""
        identifying = sorted((n, p) for n, p in self._parameters.items() if p.identifying)
        text = "".join(f"{name}={{value={p.text}, type={p.type_name}}};" for name, p in identifying)
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
