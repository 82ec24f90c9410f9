"""The order in which a process comes up and, above all, goes down without losing a request.

Stopping follows one order: refuse readiness, leave the registry, keep serving for the pre-stop delay
so that callers notice, then consumers and scheduler, the HTTP server's drain, the outbox, the broker
and the database. Source: /actuator semantics of Spring Boot's availability states and its
`spring.lifecycle.timeout-per-shutdown-phase`.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import groupby
from types import FrameType

from ressort.errors import RessortError, StartError

_log = logging.getLogger(__name__)

_GRACE_S = 0.2
"""What a stop that keeps its time-out exactly still needs to return."""


class Phase(IntEnum):
    """Started in ascending, stopped in descending order; equal phases stop side by side."""

    DATABASE = 0
    BROKER = 10
    OUTBOX = 20
    SERVER = 30
    CONSUMERS = 40
    SCHEDULER = 40
    REGISTRY = 50


class Liveness(Enum):
    """Whether the process itself works; BROKEN asks the platform to restart it."""

    CORRECT = "CORRECT"
    BROKEN = "BROKEN"


class Readiness(Enum):
    """Whether callers should send traffic."""

    ACCEPTING_TRAFFIC = "ACCEPTING_TRAFFIC"
    REFUSING_TRAFFIC = "REFUSING_TRAFFIC"


@dataclass(frozen=True, slots=True)
class State:
    """Both availability states at one moment."""

    liveness: Liveness
    readiness: Readiness


@dataclass(frozen=True, slots=True)
class _Component:
    name: str
    phase: int
    start: Callable[[], None] | None
    stop: Callable[[float], None] | None


class Lifecycle:
    """Starts components by phase, waits for a signal, stops them in reverse with a time limit per phase.

    `phase_timeout_s` bounds each phase; `pre_stop_delay_s` is how long the server keeps answering after
    the registry was left. Every stop runs in its own thread, so one that hangs is named and left behind.
    """

    def __init__(self, phase_timeout_s: float = 30.0, pre_stop_delay_s: float = 0.0) -> None:
        self.phase_timeout_s = phase_timeout_s
        self.pre_stop_delay_s = pre_stop_delay_s
        self.liveness = Liveness.BROKEN
        self.readiness = Readiness.REFUSING_TRAFFIC
        self._components: list[_Component] = []
        self._started: list[_Component] = []
        self._listeners: list[Callable[[State], None]] = []
        self._stop_requested = threading.Event()
        self._hurry = threading.Event()

    @property
    def accepting(self) -> bool:
        """True while callers should send traffic here."""
        return self.readiness is Readiness.ACCEPTING_TRAFFIC

    @property
    def state(self) -> State:
        """Liveness and readiness now."""
        return State(self.liveness, self.readiness)

    @property
    def stopping(self) -> bool:
        """True from the moment a stop was asked for."""
        return self._stop_requested.is_set()

    def add(
        self,
        name: str,
        phase: int,
        start: Callable[[], None] | None = None,
        stop: Callable[[float], None] | None = None,
    ) -> None:
        """Register a component; `stop` receives the seconds it may take."""
        self._components.append(_Component(name, int(phase), start, stop))

    def on_state(self, callback: Callable[[State], None]) -> None:
        """Call back, in the changing thread, at each change of liveness or readiness."""
        self._listeners.append(callback)

    def mark(self, *, liveness: Liveness | None = None, readiness: Readiness | None = None) -> None:
        """Publish a new availability; unchanged values call nobody."""
        before = self.state
        self.liveness = liveness or self.liveness
        self.readiness = readiness or self.readiness
        if self.state != before:
            for listener in tuple(self._listeners):
                listener(self.state)

    def start(self) -> None:
        """Start everything, lowest phase first; a failure stops what was started and is raised again.

        What is no RessortError is logged with its trace and raised as StartError naming the component.
        A stop asked for meanwhile ends the start early, without an error.
        """
        try:
            for component in sorted(self._components, key=lambda c: c.phase):
                if self.stopping:
                    return
                self._start_one(component)
                self._started.append(component)
        except BaseException:
            self._stop_phases(pre_stop_delay_s=0.0)
            raise
        self.mark(liveness=Liveness.CORRECT)
        if not self.stopping:
            self.mark(readiness=Readiness.ACCEPTING_TRAFFIC)

    def request_stop(self) -> None:
        """Ask for the ordered stop; asked twice, the pre-stop delay is skipped. Safe in a signal handler."""
        if self._stop_requested.is_set():
            self._hurry.set()
        self._stop_requested.set()

    def stop(self) -> None:
        """Refuse readiness and stop every started component in order. A second call does nothing."""
        self._stop_requested.set()
        if not self._started:
            return
        began = time.monotonic()
        _log.info("Stopping: no new traffic, then %s", ", ".join(c.name for c in self._descending()))
        self.mark(readiness=Readiness.REFUSING_TRAFFIC)
        self._stop_phases(self.pre_stop_delay_s)
        _log.info("Stopped in %.2f seconds", time.monotonic() - began)

    def run(self) -> int:
        """Start, wait for SIGTERM, SIGINT or `request_stop`, stop in order; call it in the main thread.

        Returns the process's exit code, 0. Raises what `start` raises.
        """
        previous = {
            number: signal.signal(number, self._on_signal) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            self.start()
            self._stop_requested.wait()
            self.stop()
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
        return 0

    @staticmethod
    def _start_one(component: _Component) -> None:
        if component.start is None:
            return
        try:
            component.start()
        except RessortError:
            raise
        except Exception as error:
            _log.exception("%s could not start", component.name)
            told = f"{component.name} could not start: {type(error).__qualname__}: {error}"
            raise StartError(told) from error

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.request_stop()

    def _stop_phases(self, pre_stop_delay_s: float) -> None:
        descending = self._descending()
        self._started = []
        waited = False
        for phase, members in groupby(descending, key=lambda c: c.phase):
            if not waited and phase < Phase.REGISTRY:
                waited = True
                self._keep_serving(pre_stop_delay_s)
            self._stop_together(list(members))

    def _descending(self) -> list[_Component]:
        return sorted(self._started, key=lambda c: -c.phase)

    def _keep_serving(self, delay_s: float) -> None:
        if delay_s > 0 and not self._hurry.is_set():
            _log.info("Still serving for %.1f seconds while callers learn of the stop", delay_s)
            self._hurry.wait(delay_s)

    def _stop_together(self, components: list[_Component]) -> None:
        deadline = time.monotonic() + self.phase_timeout_s
        stopping = [(c, self._stopper(c, deadline)) for c in components if c.stop is not None]
        for _, thread in stopping:
            thread.start()
        for component, thread in stopping:
            thread.join(max(0.0, deadline - time.monotonic()) + _GRACE_S)
            if thread.is_alive():
                _log.warning(
                    "%s did not stop within %.1f seconds; left behind", component.name, self.phase_timeout_s
                )

    def _stopper(self, component: _Component, deadline: float) -> threading.Thread:
        return threading.Thread(
            target=self._stop_one, args=(component, deadline), name=f"stop-{component.name}", daemon=True
        )

    def _stop_one(self, component: _Component, deadline: float) -> None:
        assert component.stop is not None
        try:
            component.stop(max(0.0, deadline - time.monotonic()))
        except Exception:  # noqa: BLE001 - one component's failure must not keep the next from stopping
            _log.exception("%s failed to stop", component.name)
