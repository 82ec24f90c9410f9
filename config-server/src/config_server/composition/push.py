"""How changes reach clients, put together from the settings."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from config_server.adapters.answering import Answering
from config_server.adapters.monitoring import monitor_routes
from config_server.adapters.watching import WatchOnLoop, announce_watch, look_of
from config_server.application.announcing import Announcer
from config_server.application.change_feed import ChangeFeed
from config_server.application.find_environment import FindEnvironment
from config_server.application.ports import Backend
from config_server.settings import MonitorEndpointSettings, MonitorSettings, PushSettings
from ressort.config import ConfigError
from ressort.flask import Starter
from ressort.lifecycle import Phase

_ENGINE = "ressort"
_BEFORE_SERVER = Phase.SERVER - 1
_AFTER_SERVER = Phase.SERVER + 1


class Pushing:
    """Adds to a process what its settings ask for."""

    def __init__(self, starter: Starter, settings: PushSettings, prefix: str, backend: Backend) -> None:
        self._starter = starter
        self._settings = settings
        self._prefix = prefix.rstrip("/")
        self._backend = backend

    def install(self, app: Flask, find: FindEnvironment, answering: Answering) -> None:
        """Watching, where the engine can do it without a thread per client; `/monitor`."""
        wake = None
        if self._settings.watch.enabled and self._starter.options.engine == _ENGINE:
            wake = self._watching(app, find, answering).wake
        if self._settings.monitor.enabled:
            self._monitoring(app, wake)

    def _watching(self, app: Flask, find: FindEnvironment, answering: Answering) -> ChangeFeed:
        watch, starter = self._settings.watch, self._starter
        feed = ChangeFeed(look_of(find, answering), watch.interval_s, watch.heartbeat_s, watch.max_watchers)
        root = f"{self._prefix}/{watch.path}"
        starter.hot = WatchOnLoop(feed, root, watch.timeout_s, watch.max_timeout_s)
        starter.lifecycle.add("configuration changes", _AFTER_SERVER, feed.start, feed.stop)
        starter.metrics.gauge("config.server.watchers", lambda: feed.count, "Clients that wait for a change")
        announce_watch(app, watch.path)
        return feed

    def _monitoring(self, app: Flask, wake: Callable[[], None] | None) -> None:
        starter, own = self._starter, self._settings.monitor
        bus = starter.bus
        announcer = Announcer(self._backend, wake, bus.refresh if bus is not None else None)
        starter.lifecycle.add("configuration pushes", _BEFORE_SERVER, announcer.start, announcer.stop)
        prefix = starter.env.bind(MonitorEndpointSettings).path.rstrip("/")
        senders = _checked(starter.env.bind(MonitorSettings)).senders()
        routes = monitor_routes(announcer.pushed, prefix, senders, own.secrets(), own.max_body_size_bytes)
        app.register_blueprint(routes)


def _checked(settings: MonitorSettings) -> MonitorSettings:
    """Raises ConfigError for the poller of Spring's, which tells the bus of changes in folders of this machine."""
    for name in ("fixed_delay", "initial_delay"):
        given = getattr(settings, name)
        if given:
            raise ConfigError(
                "local repositories are not polled for the bus",
                key=f"spring.cloud.config.server.monitor.{name.replace('_', '-')}",
                value=given,
                remedy="Take it out: clients hear of commits at /watch; for the bus let a hook call /monitor.",
            )
    return settings
