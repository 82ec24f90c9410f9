"""Keeping this process registered: register, beat, come back after a 404, withdraw."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ressort.discovery._eureka_http import (
    EurekaServers,
    RegistryUnavailableError,
    Timeouts,
    instance_path,
)
from ressort.discovery._worker import Worker, retry_pause
from ressort.discovery.instance import OUT_OF_SERVICE, Registration
from ressort.discovery.wire import Form, InstanceInfo, status_of, write_instance

_log = logging.getLogger("ressort.discovery")
FAREWELL = Timeouts(1.0, 2.0)
IDLE_S = 30.0


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the registry should know: the registration, its status, and when that last changed (ms)."""

    registration: Registration
    status: str
    dirty_ms: int

    @property
    def path(self) -> str:
        return instance_path(self.registration.service_id, self.registration.instance_id)


class LeaseKeeper:
    """Brings the registry to what was last wished, in a thread of its own."""

    def __init__(
        self,
        servers: EurekaServers,
        *,
        health_status: Callable[[], str] | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """`health_status` gives the status to announce before each beat, None to announce what was set."""
        self._servers = servers
        self._health_status = health_status
        self._wall = wall
        self._worker = Worker("eureka-heartbeat", self.step)
        self._wish: _Wish | None = None
        self._told: _Wish | None = None
        self._attempted = False
        self._failures = 0
        self._last_dirty_ms = 0
        self._changing = threading.Lock()
        self._calling = threading.Lock()

    @property
    def registered(self) -> bool:
        """Whether the registry accepted the present registration."""
        return self._told is not None and self._failures == 0

    def start(self) -> None:
        """Start beating (for whatever is, or will be, registered)."""
        self._worker.start()

    def stop(self, timeout_s: float, withdraw: bool) -> None:
        """End the thread, withdrawing the registration first when asked to."""
        if withdraw:
            self.deregister(timeout_s / 2)
        self._worker.stop(timeout_s / 2)
        self._told, self._attempted = None, False
        self._servers.close()

    def register(self, registration: Registration) -> None:
        """Wish to be registered so; takes effect at once when the thread runs."""
        with self._changing:
            self._wish = _Wish(registration, status_of(registration.status), self._dirty_ms())
        self._worker.wake()

    def set_status(self, status: str) -> None:
        """Wish to be shown with another status."""
        with self._changing:
            wish, status = self._wish, status_of(status)
            if wish is None or wish.status == status:
                return
            self._wish = replace(wish, status=status, dirty_ms=self._dirty_ms())
        self._worker.wake()

    def deregister(self, timeout_s: float = 3.0) -> None:
        """Withdraw now, after the call under way if it ends in time; failures are logged only."""
        with self._changing:
            wish, self._wish = self._wish, None
        held = self._calling.acquire(timeout=timeout_s)
        try:
            attempted, self._attempted, self._told = self._attempted, False, None
            if wish is not None and attempted:
                self._withdraw(wish)
        finally:
            if held:
                self._calling.release()

    def _withdraw(self, wish: _Wish) -> None:
        """A registration that seemed to fail may have arrived, so it is withdrawn as well."""
        try:
            self._servers.call("DELETE", wish.path, {200, 404}, timeouts=FAREWELL)
            _log.info("deregistered %s", wish.registration.instance_id)
        except RegistryUnavailableError as error:
            _log.info("could not deregister, the lease will expire: %s", error)

    def step(self) -> float:
        """One exchange; the seconds to wait before the next one."""
        self._follow_health()
        wish = self._wish
        if wish is None:
            return IDLE_S
        try:
            with self._calling:
                if self._wish is not wish:
                    return 0.0
                self._attempted = True
                self._exchange(wish)
                self._succeeded(wish)
        except RegistryUnavailableError as error:
            return self._failed(wish, str(error))
        return wish.registration.renewal_interval_s if self._wish is wish else 0.0

    def _exchange(self, wish: _Wish) -> None:
        if self._told != wish or not self._renewed(wish):
            self._announce(wish)

    def _renewed(self, wish: _Wish) -> bool:
        query = {"status": wish.status, "lastDirtyTimestamp": str(wish.dirty_ms)}
        known = self._servers.call("PUT", wish.path, {200, 404}, query=query).status == 200
        if not known:
            _log.info("the registry does not know %s; registering again", wish.registration.instance_id)
        return known

    def _announce(self, wish: _Wish) -> None:
        """Register, and go in or out of service by the override, which alone survives a re-registration."""
        if self._told is not None and self._told.status == OUT_OF_SERVICE != wish.status:
            self._servers.call("DELETE", f"{wish.path}/status", {200, 404}, query={"value": wish.status})
        info = InstanceInfo.of(wish.registration, wish.status, wish.dirty_ms)
        path = f"apps/{info.app}"
        self._servers.call("POST", path, {200, 201, 204}, body=write_instance(info, Form.JSON))
        if wish.status == OUT_OF_SERVICE:
            self._servers.call("PUT", f"{wish.path}/status", {200}, query={"value": OUT_OF_SERVICE})

    def _follow_health(self) -> None:
        if self._health_status is None or self._wish is None:
            return
        self.set_status(self._health_status())

    def _failed(self, wish: _Wish, reason: str) -> float:
        self._failures += 1
        if self._failures == 1:
            what = "heartbeat" if self._told else "registration"
            _log.warning("%s of %s failed: %s", what, wish.registration.instance_id, reason)
        return retry_pause(self._failures, wish.registration.renewal_interval_s)

    def _succeeded(self, wish: _Wish) -> None:
        if self._told != wish:
            _log.info("registered %s as %s", wish.registration.instance_id, wish.status)
        elif self._failures:
            _log.info("heartbeat of %s is accepted again", wish.registration.instance_id)
        self._failures = 0
        self._told = wish

    def _dirty_ms(self) -> int:
        self._last_dirty_ms = max(int(self._wall() * 1000), self._last_dirty_ms + 1)
        return self._last_dirty_ms
