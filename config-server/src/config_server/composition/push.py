"""How changes reach clients, put together from the settings."""

from __future__ import annotations

from flask import Flask

from config_server.adapters.answering import Answering
from config_server.adapters.watching import WatchOnLoop, announce_watch, look_of
from config_server.application.change_feed import ChangeFeed
from config_server.application.find_environment import FindEnvironment
from config_server.settings import PushSettings
from ressort.flask import Starter
from ressort.lifecycle import Phase

_ENGINE = "ressort"
_AFTER_SERVER = Phase.SERVER + 1


class Pushing:
    """Adds to a process what its settings ask for."""

    def __init__(self, starter: Starter, settings: PushSettings, prefix: str) -> None:
        self._starter = starter
        self._settings = settings
        self._prefix = prefix.rstrip("/")

    def install(self, app: Flask, find: FindEnvironment, answering: Answering) -> None:
        """Watching, where the engine can do it without a thread per client."""
        if self._settings.watch.enabled and self._starter.options.engine == _ENGINE:
            self._watching(app, find, answering)

    def _watching(self, app: Flask, find: FindEnvironment, answering: Answering) -> None:
        watch, starter = self._settings.watch, self._starter
        feed = ChangeFeed(look_of(find, answering), watch.interval_s, watch.heartbeat_s, watch.max_watchers)
        root = f"{self._prefix}/{watch.path}"
        starter.hot = WatchOnLoop(feed, root, watch.timeout_s, watch.max_timeout_s)
        starter.lifecycle.add("configuration changes", _AFTER_SERVER, feed.start, feed.stop)
        starter.metrics.gauge("config.server.watchers", lambda: feed.count, "Clients that wait for a change")
        announce_watch(app, watch.path)
