"""`/actuator/health`: the tree of components, its groups, and the HTTP status that goes with them.

Source: `specs/platform-runtime.md` 1.3. Login does not exist yet, so `when-authorized` shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ressort.actuator.endpoint import Answer, Call, Endpoint
from ressort.actuator.options import ManagementError, listed, truth, uniform
from ressort.actuator.properties import Environment
from ressort.observability.health import SEVERITY, Health, HealthRegistry, aggregate, composite

_FAILING = {"down": 503, "outofservice": 503}


@dataclass(frozen=True, slots=True)
class Group:
    """A named selection of components with its own way of showing and rating them."""

    include: frozenset[str]
    exclude: frozenset[str]
    show_details: bool
    show_components: bool
    order: tuple[str, ...]
    http: Mapping[str, int]

    def members(self, names: list[str]) -> list[str]:
        """The indicator names of this group; `a/b` addresses a nested one, `*` all."""
        return [n for n in names if self._covers(n, self.include) and not self._covers(n, self.exclude)]

    def status_code(self, status: str) -> int:
        """The HTTP status for a health status, 200 unless mapped."""
        return self.http.get(uniform(status), 200)

    @staticmethod
    def _covers(name: str, wanted: frozenset[str]) -> bool:
        return "*" in wanted or any(name == w or name.startswith(w + "/") for w in wanted)


def health_endpoint(env: Environment, registry: HealthRegistry) -> Endpoint:
    """The endpoint; settings are read at each call. Raises ManagementError for an unknown group member."""
    _validate(env, registry)
    endpoint = _HealthEndpoint(env, registry)
    return Endpoint("health", read=endpoint.root, read_selected=endpoint.below, selector="*path")


class _HealthEndpoint:
    def __init__(self, env: Environment, registry: HealthRegistry) -> None:
        self._env = env
        self._registry = registry

    def root(self, call: Call) -> Answer:
        main, groups = read_groups(self._env, self._registry)
        health = _ask(self._registry, main)
        body = _shown(health, main, call.version)
        if groups:
            body["groups"] = sorted(groups)
        return Answer(body, main.status_code(health.status))

    def below(self, call: Call) -> Answer | None:
        main, groups = read_groups(self._env, self._registry)
        head, *rest = call.path
        if head in groups:
            return self._within(groups[head], tuple(rest), call.version)
        return self._within(main, call.path, call.version) if main.show_components else None

    def _within(self, group: Group, path: tuple[str, ...], version: int) -> Answer | None:
        if path and not group.show_components:
            return None
        found: Health | None = _ask(self._registry, group, "/".join(path[:1]))
        for segment in path:
            found = found.components.get(segment) if found else None
        if found is None:
            return None
        return Answer(_shown(found, group, version), group.status_code(found.status))


def read_groups(env: Environment, registry: HealthRegistry) -> tuple[Group, dict[str, Group]]:
    """The root's way of showing, and every group: the two probes, registered ones, configured ones."""
    section = env.section("management.endpoint.health")
    main = _group(section, frozenset({"*"}), None)
    members: dict[str, set[str]] = {"liveness": {"livenessState"}, "readiness": {"readinessState"}}
    if not truth((section.get("probes") or {}).get("enabled", True)):
        members = {}
    for name, registered in registry.groups().items():
        members.setdefault(name, set()).update(registered)
    groups = {name: _group({}, frozenset(m), main) for name, m in members.items()}
    for name, settings in (section.get("group") or {}).items():
        default = frozenset(members.get(name, {"*"}))
        groups[name] = _group(settings or {}, default, main)
    return main, groups


def _group(settings: Mapping[str, Any], include: frozenset[str], parent: Group | None) -> Group:
    details = settings.get("show-details")
    components = settings.get("show-components", details)
    status = settings.get("status") or {}
    order = tuple(listed(status.get("order"))) or (parent.order if parent else SEVERITY)
    mapping = status.get("http-mapping")
    http = (
        {uniform(k): int(v) for k, v in mapping.items()} if mapping else (parent.http if parent else _FAILING)
    )
    return Group(
        frozenset(listed(settings.get("include"))) or include,
        frozenset(listed(settings.get("exclude"))),
        _always(details) if details is not None else bool(parent and parent.show_details),
        _always(components) if components is not None else bool(parent and parent.show_components),
        order,
        http,
    )


def _always(value: Any) -> bool:
    text = str(value).strip().lower()
    if text not in {"never", "when-authorized", "when_authorized", "always", "false", "true"}:
        raise ManagementError(f"show-details '{value}' is not one of never, when-authorized, always")
    return text in {"always", "true"}


def _ask(registry: HealthRegistry, group: Group, head: str = "") -> Health:
    names = [n for n in group.members(registry.names()) if not head or n == head or n.startswith(head + "/")]
    return _reordered(registry.tree(names, group.order), group.order)


def _reordered(health: Health, order: tuple[str, ...]) -> Health:
    """A composite returned by an indicator is rated by the group's order, too."""
    if not health.components:
        return health
    parts = {name: _reordered(part, order) for name, part in health.components.items()}
    status = aggregate((part.status for part in parts.values()), order)
    return Health(status, health.details, composite(parts, order).components)


def _shown(health: Health, group: Group, version: int) -> dict[str, Any]:
    body: dict[str, Any] = {"status": health.status}
    if health.components and group.show_components:
        key = "components" if version >= 3 else "details"
        body[key] = {name: _shown(part, group, version) for name, part in health.components.items()}
    if health.details and group.show_details:
        body["details"] = dict(health.details)
    return body


def _validate(env: Environment, registry: HealthRegistry) -> None:
    section = env.section("management.endpoint.health")
    if not truth(section.get("validate-group-membership", True)):
        return
    names = registry.names()
    for group, settings in (section.get("group") or {}).items():
        for key in ("include", "exclude"):
            for member in listed((settings or {}).get(key)):
                if member != "*" and not any(n == member or n.startswith(member + "/") for n in names):
                    raise ManagementError(
                        f"management.endpoint.health.group.{group}.{key} names '{member}', which is no"
                        f" health component; known: {', '.join(names)}"
                    )


IndicatorSwitch = Callable[[str], bool]


def indicator_switch(env: Environment) -> IndicatorSwitch:
    """Whether `management.health.<key>.enabled` (or `defaults.enabled`) lets an indicator in."""
    section = env.section("management.health")
    default = truth((section.get("defaults") or {}).get("enabled", True))

    def enabled(key: str) -> bool:
        return truth((section.get(key) or {}).get("enabled", default))

    return enabled
