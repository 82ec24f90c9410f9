"""`management.*`: which endpoints exist, where, and how much they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ressort.actuator.properties import Environment
from ressort.errors import RessortError

ACCESS = ("none", "read-only", "unrestricted")


class ManagementError(RessortError):
    """A `management.*` value that cannot be followed."""


@dataclass(frozen=True, slots=True)
class ManagementOptions:
    """The switches common to all endpoints. Ids are compared without case and dashes."""

    base_path: str = "/actuator"
    include: frozenset[str] = frozenset({"health"})
    exclude: frozenset[str] = frozenset()
    discovery: bool = True
    default_access: str | None = None
    max_access: str = "unrestricted"
    access: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)

    def access_of(self, id: str, built_in: str = "unrestricted") -> str:
        """What may be done with an endpoint, whether exposed or not: none, read-only or unrestricted."""
        wished = self.access.get(uniform(id)) or self.default_access or built_in
        return min(wished, self.max_access, key=ACCESS.index)

    def exposed(self, id: str) -> bool:
        """Whether HTTP shows it at all; exclusion wins."""
        key = uniform(id)
        if "*" in self.exclude or key in self.exclude:
            return False
        return "*" in self.include or key in self.include

    def segment(self, id: str) -> str:
        """The path segment of an endpoint, its id unless mapped to another."""
        return self.mapping.get(uniform(id), id)


def read_options(env: Environment) -> ManagementOptions:
    """Read `management.endpoints.*` and the per-endpoint access, old `enabled` spellings included."""
    web = env.section("management.endpoints.web")
    exposure = web.get("exposure") or {}
    base = "/" + str(web.get("base-path", "/actuator")).strip("/")
    discovery = (web.get("discovery") or {}).get("enabled", True)
    endpoints = env.section("management.endpoints")
    common = endpoints.get("access") or {}
    return ManagementOptions(
        base_path=base,
        include=_ids(exposure.get("include", "health")),
        exclude=_ids(exposure.get("exclude", "")),
        discovery=truth(discovery) and base != "/",
        default_access=_access(common.get("default")) or _from_enabled(endpoints.get("enabled-by-default")),
        max_access=_access(common.get("max-permitted")) or "unrestricted",
        access=_access_by_id(env.section("management.endpoint")),
        mapping={uniform(k): str(v).strip("/") for k, v in (web.get("path-mapping") or {}).items()},
    )


def uniform(text: str) -> str:
    """Lower-case letters and digits only, how Spring compares ids and statuses."""
    return "".join(c for c in text.lower() if c.isalnum() or c == "*")


def truth(value: Any) -> bool:
    """Spring's booleans, from YAML or text."""
    return value if isinstance(value, bool) else str(value).strip().lower() in {"true", "on", "yes", "1"}


def listed(value: Any) -> list[str]:
    """A YAML list or a comma-separated text as a list of trimmed words."""
    words = value if isinstance(value, list | tuple) else str(value or "").split(",")
    return [str(word).strip() for word in words if str(word).strip()]


def _ids(value: Any) -> frozenset[str]:
    return frozenset(uniform(word) for word in listed(value))


def _access_by_id(section: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for id, settings in section.items():
        if isinstance(settings, Mapping):
            access = _access(settings.get("access")) or _from_enabled(settings.get("enabled"))
            if access:
                found[uniform(id)] = access
    return found


def _access(value: Any) -> str | None:
    if value is None:
        return None
    text = str(value).strip().lower().replace("_", "-")
    text = {"readonly": "read-only", "false": "none"}.get(text, text)
    if text not in ACCESS:
        raise ManagementError(f"endpoint access '{value}' is not one of {', '.join(ACCESS)}")
    return text


def _from_enabled(value: Any) -> str | None:
    if value is None:
        return None
    return "unrestricted" if truth(value) else "none"
