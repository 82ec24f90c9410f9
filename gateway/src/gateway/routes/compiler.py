"""From definitions to a table: predicates and filters become closures, and every mistake names its place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from gateway.filters.model import CompiledFilter, FilterRegistry, FilterSite
from gateway.routes.arguments import nearest, plain, seconds_of
from gateway.routes.components import Component, DefinitionError
from gateway.routes.definitions import RouteDefinition, TargetUri, target_of
from gateway.routes.predicates import PredicateRegistry
from gateway.routes.table import Pre, Predicate, Route, Table

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices
    from gateway.proxy.forward import Forward
    from gateway.settings import ProxyOptions

_log = logging.getLogger("gateway.routes")


class RouteCompiler:
    """Compiles definitions with the given registries. ``lenient`` leaves bad routes out instead of raising."""

    def __init__(
        self,
        predicates: PredicateRegistry,
        filters: FilterRegistry,
        services: FilterServices,
        options: ProxyOptions,
        *,
        match_trailing_slash: bool = False,
        lenient: bool = False,
    ) -> None:
        self._predicates = predicates
        self._filters = filters
        self._services = services
        self._options = options
        self._match_trailing_slash = match_trailing_slash
        self._lenient = lenient

    def table(self, definitions: Sequence[RouteDefinition], defaults: Sequence[Component] = ()) -> Table:
        """A table of the enabled routes. Raises ``DefinitionError`` naming route, component and place."""
        routes: list[Route] = []
        for definition in definitions:
            if not definition.enabled:
                continue
            try:
                routes.append(self.route(definition, defaults))
            except DefinitionError as error:
                if not self._lenient:
                    raise
                _log.warning("Route '%s' is left out: %s (%s)", definition.id, error.reason, error.place)
        return Table(routes)

    def route(self, definition: RouteDefinition, defaults: Sequence[Component] = ()) -> Route:
        """One compiled route."""
        try:
            return self._route(definition, defaults)
        except DefinitionError as error:
            reason = f"route '{definition.id}': {error.reason}"
            raise DefinitionError(reason, error.place or definition.place, error.value) from error

    def _route(self, definition: RouteDefinition, defaults: Sequence[Component]) -> Route:
        target = target_of(definition.uri, f"{definition.place}.uri")
        filters = self._chain(definition, defaults)
        metadata = {plain(str(key)): value for key, value in definition.metadata.items()}
        return Route(
            definition=definition,
            id=definition.id,
            uri=_shown_uri(definition.uri, target),
            send=_sender(target),
            predicates=tuple(self._predicate(each) for each in definition.predicates),
            filters=filters,
            pre=tuple(each.pre for each in filters if each.pre is not None),
            post=tuple(each.post for each in reversed(filters) if each.post is not None),
            on_error=tuple(each.on_error for each in reversed(filters) if each.on_error is not None),
            replay_bytes=max((each.replay_bytes for each in filters), default=0),
            connect_timeout_s=_timeout(metadata, "connecttimeout", self._options.connect_timeout_s),
            response_timeout_s=_timeout(metadata, "responsetimeout", self._options.response_timeout_s),
            metadata=definition.metadata,
            actuator_allowed=str(metadata.get("actuator", False)).lower() == "true",
        )

    def _predicate(self, component: Component) -> Predicate:
        factory = self._predicates.get(component.name)
        if factory is None:
            hint = nearest(component.name, self._predicates.names)
            raise DefinitionError(f"no predicate '{component.name}'; {hint}", component.place, component.text)
        return factory(component, self._match_trailing_slash)

    def _chain(
        self, definition: RouteDefinition, defaults: Sequence[Component]
    ) -> tuple[CompiledFilter, ...]:
        """Both lists numbered from 1, defaults first, stable-sorted: Spring's zip merge (specs/gateway.md 1.5)."""
        numbered = [
            (number, component)
            for components in (defaults, definition.filters)
            for number, component in enumerate(components, 1)
        ]
        numbered.sort(key=lambda entry: entry[0])
        compiled: list[tuple[int, CompiledFilter]] = []
        for index, (number, component) in enumerate(numbered):
            made = self._filter(component, FilterSite(definition.id, index, definition.metadata))
            compiled.append((number if made.order is None else made.order, made))
        compiled.sort(key=lambda entry: entry[0])
        return tuple(made for _, made in compiled)

    def _filter(self, component: Component, site: FilterSite) -> CompiledFilter:
        factory = self._filters.get(component.name)
        if factory is None:
            hint = nearest(component.name, self._filters.names)
            raise DefinitionError(f"no filter '{component.name}'; {hint}", component.place, component.text)
        return factory(component, site, self._services)


def _sender(target: TargetUri) -> Pre:
    """The closure that ends the chain for a target."""
    host, port = target.host, target.port

    def to_service(forward: Forward) -> bool:
        forward.proxy.send_to_service(forward, host)
        return True

    def to_address(forward: Forward) -> bool:
        forward.send_to(forward.proxy.pool(host, port))
        return True

    def to_secure_address(forward: Forward) -> bool:
        forward.send_to(forward.proxy.pool(host, port, True))
        return True

    def nowhere(forward: Forward) -> bool:
        forward.answer_locally(200)
        return True

    def inside(forward: Forward) -> bool:
        forward.proxy.forward_to(forward, host.encode())
        return True

    senders: dict[str, Callable[[Forward], bool]] = {
        "lb": to_service,
        "http": to_address,
        "https": to_secure_address,
        "no": nowhere,
        "forward": inside,
    }
    return senders[target.scheme]


def _shown_uri(uri: str, target: TargetUri) -> str:
    if target.scheme in ("http", "https"):
        return f"{target.scheme}://{target.host}:{target.port}"
    return uri


def _timeout(metadata: Mapping[str, object], name: str, default: float) -> float:
    """Seconds of a route's own time-out in milliseconds; negative is none, anything but a number the global one."""
    value = metadata.get(name)
    if value is None:
        return default
    seconds = seconds_of(str(value))
    return default if seconds is None else max(seconds, 0.0)
