"""Rules from the environment, and again whenever it changes; a mistake on refresh keeps the rules in force."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gateway.cors import read_cors
from gateway.filters.model import FilterRegistry
from gateway.proxy.engine import Proxy, Rules
from gateway.routes.arguments import plain, seconds_of
from gateway.routes.compiler import RouteCompiler
from gateway.routes.components import DefinitionError
from gateway.routes.definitions import read_filters, read_routes
from gateway.routes.predicates import PredicateRegistry
from gateway.settings import OLD_PREFIX, gateway_section, read_options
from ressort.config import ConfigError, Environment

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices

_log = logging.getLogger("gateway.routes")
_TIME_LIMITER = "resilience4j.timelimiter"


class RuleSource:
    """Reads the rules of an environment with the given registries."""

    def __init__(
        self,
        env: Environment,
        predicates: PredicateRegistry,
        filters: FilterRegistry,
        services: FilterServices,
    ) -> None:
        self._env = env
        self._predicates = predicates
        self._filters = filters
        self._services = services

    def read(self) -> Rules:
        """The rules as configured now. Raises ``ConfigError`` naming key, value and place of the mistake."""
        prefix, section = gateway_section(self._env)
        options = read_options(self._env, prefix)
        fields = {plain(str(key)): value for key, value in section.items()}
        lenient = str(fields.get("failonroutedefinitionerror", True)).lower() == "false"
        compiler = RouteCompiler(
            self._predicates,
            self._filters,
            self._services,
            options,
            match_trailing_slash=prefix == OLD_PREFIX,
            lenient=lenient,
        )
        try:
            routes = read_routes(fields.get("routes"), f"{prefix}.routes")
            defaults = read_filters(fields.get("defaultfilters"), f"{prefix}.default-filters")
            table = compiler.table(routes, defaults)
            cors = read_cors(_cors_section(fields), f"{prefix}.globalcors.cors-configurations")
        except DefinitionError as error:
            raise self._explained(error) from error
        return Rules(table, options, cors)

    def follow(self, proxy: Proxy) -> None:
        """Apply the rules anew after every change of the environment that touches them."""

        def changed(keys: set[str]) -> None:
            if not any(key.startswith((OLD_PREFIX, "resilience4j.")) for key in keys):
                return
            try:
                rules = self.read()
            except ConfigError as error:
                _log.error("The routes in force are kept, the new ones cannot be used: %s", error)
                return
            proxy.apply(rules)
            _log.info("Routes reloaded: %d", len(rules.table.routes))

        self._env.on_change(changed)

    def _explained(self, error: DefinitionError) -> ConfigError:
        key: str | None = error.place
        origin = None
        while key and origin is None:
            origin = self._env.origin(key)
            if origin is None:
                origin = self._first_below(key)
            key = key[: max(key.rfind("."), key.rfind("["))] if "." in key else None
        return ConfigError(error.reason, key=error.place, value=error.value, origin=origin)

    def _first_below(self, key: str) -> Any:
        for name in ("id", "uri", "name"):
            found = self._env.origin(f"{key}.{name}")
            if found is not None:
                return found
        return None


def time_limits(env: Environment) -> Any:
    """Seconds a breaker's request may take, from ``resilience4j.timelimiter``; 0 where nothing is configured."""

    def limit(name: str) -> float:
        for key in (f"{_TIME_LIMITER}.instances.{name}", f"{_TIME_LIMITER}.configs.default"):
            value = env.get(f"{key}.timeout-duration")
            if value is not None:
                seconds = seconds_of(str(value))
                if seconds is None:
                    raise ConfigError("a duration is expected", key=f"{key}.timeout-duration", value=value)
                return seconds
        return 0.0

    return limit


def _cors_section(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    cors = fields.get("globalcors")
    if not isinstance(cors, Mapping):
        return {}
    found = {plain(str(key)): value for key, value in cors.items()}.get("corsconfigurations")
    return found if isinstance(found, Mapping) else {}
