"""Health of a process as a tree of components, aggregated the way Spring Boot does."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_log = logging.getLogger(__name__)

SEVERITY = ("DOWN", "OUT_OF_SERVICE", "UP", "UNKNOWN")
SLOW_INDICATOR_S = 10.0


@dataclass(frozen=True, slots=True)
class Health:
    """Status (UP, DOWN, OUT_OF_SERVICE, UNKNOWN or one's own), facts, and named parts of a composite."""

    status: str = "UP"
    details: Mapping[str, Any] = field(default_factory=dict)
    components: Mapping[str, Health] = field(default_factory=dict)

    @classmethod
    def down(cls, error: BaseException, **details: Any) -> Health:
        """DOWN because of an exception, shown as `error: "<class>: <message>"`."""
        return cls("DOWN", {**details, "error": f"{type(error).__qualname__}: {error}"})


Indicator = Callable[[], Health]


def aggregate(statuses: Iterable[str], order: Collection[str] = SEVERITY) -> str:
    """The gravest status in `order` that occurs, UNKNOWN if none of them does."""
    present = {_uniform(status) for status in statuses}
    return next((status for status in order if _uniform(status) in present), "UNKNOWN")


def composite(components: Mapping[str, Health], order: Collection[str] = SEVERITY) -> Health:
    """A health made of named parts, its status aggregated from theirs."""
    ordered = dict(sorted(components.items()))
    return Health(aggregate((part.status for part in ordered.values()), order), {}, ordered)


class HealthRegistry:
    """Named indicators; a name with slashes (`discoveryComposite/eureka`) nests below its first part."""

    def __init__(self, slow_s: float = SLOW_INDICATOR_S) -> None:
        self._slow_s = slow_s
        self._indicators: dict[str, Indicator] = {}
        self._groups: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def register(self, name: str, indicator: Indicator, groups: Collection[str] = ()) -> None:
        """Add or replace an indicator and make its top component a member of the named groups."""
        with self._lock:
            self._indicators[name] = indicator
            for group in groups:
                self._groups.setdefault(group, set()).add(name)

    def unregister(self, name: str) -> None:
        """Forget an indicator; unknown names are no error."""
        with self._lock:
            self._indicators.pop(name, None)

    def names(self) -> list[str]:
        """Full names of all indicators, sorted."""
        return sorted(self._indicators)

    def groups(self) -> dict[str, set[str]]:
        """Group names with the indicator names registered into them."""
        with self._lock:
            return {group: set(members) for group, members in self._groups.items()}

    def check(self, prefix: str = "") -> dict[str, Health]:
        """Ask the indicators whose name is `prefix` or lies below it; full name -> health."""
        with self._lock:
            wanted = [(n, i) for n, i in self._indicators.items() if _below(n, prefix)]
        return {name: self._ask(name, indicator) for name, indicator in sorted(wanted)}

    def tree(self, names: Collection[str] | None = None, order: Collection[str] = SEVERITY) -> Health:
        """The composite of all indicators, or of those named (a name covers what lies below it)."""
        asked = self.check() if names is None else {k: v for n in names for k, v in self.check(n).items()}
        return _nest(asked, order)

    def _ask(self, name: str, indicator: Indicator) -> Health:
        began = time.monotonic()
        try:
            return indicator()
        except Exception as error:  # noqa: BLE001 - an indicator that raises reports DOWN, as in Spring
            _log.warning("Health indicator %s failed: %s: %s", name, type(error).__qualname__, error)
            return Health.down(error)
        finally:
            spent = time.monotonic() - began
            if spent > self._slow_s:
                _log.warning("Health indicator %s took %.1f seconds", name, spent)


def _below(name: str, prefix: str) -> bool:
    return not prefix or name == prefix or name.startswith(prefix + "/")


def _nest(asked: Mapping[str, Health], order: Collection[str]) -> Health:
    parts: dict[str, Health] = {}
    nested: dict[str, dict[str, Health]] = {}
    for name, health in asked.items():
        head, _, rest = name.partition("/")
        if rest:
            nested.setdefault(head, {})[rest] = health
        else:
            parts[head] = health
    parts.update({head: _nest(inner, order) for head, inner in nested.items()})
    return composite(parts, order)


def _uniform(status: str) -> str:
    return "".join(c for c in status.lower() if c.isalnum())
