"""The order of start and stop."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from ressort.errors import StartError
from ressort.lifecycle import Lifecycle, Liveness, Phase, Readiness, State


def _recording(lifecycle: Lifecycle, log: list[str], **phases: int) -> None:
    for name, phase in phases.items():
        lifecycle.add(
            name, phase, lambda n=name: log.append(f"+{n}"), lambda timeout_s, n=name: log.append(f"-{n}")
        )


def test_starts_ascending_and_stops_descending() -> None:
    """Phases decide the order, not the order of adding."""
    lifecycle, log = Lifecycle(), []
    _recording(lifecycle, log, registry=50, database=0, server=30, consumers=40, outbox=20)
    lifecycle.start()
    lifecycle.stop()
    assert log == [
        *["+database", "+outbox", "+server", "+consumers", "+registry"],
        *["-registry", "-consumers", "-server", "-outbox", "-database"],
    ]


def test_readiness_is_refused_before_anything_stops() -> None:
    """Callers learn first."""
    lifecycle, seen = Lifecycle(), []
    lifecycle.add("registry", Phase.REGISTRY, None, lambda timeout_s: seen.append(lifecycle.accepting))
    lifecycle.start()
    assert lifecycle.accepting
    lifecycle.stop()
    assert seen == [False]


def test_the_pre_stop_delay_lies_between_registry_and_the_rest() -> None:
    """The server answers on while callers learn of the stop."""
    lifecycle, log = Lifecycle(pre_stop_delay_s=30), []
    lifecycle._keep_serving = lambda delay_s: log.append(f"serving {delay_s}")  # type: ignore[method-assign]
    _recording(lifecycle, log, registry=50, server=30)
    lifecycle.start()
    lifecycle.stop()
    assert log[2:] == ["-registry", "serving 30", "-server"]


def test_a_second_request_to_stop_skips_the_delay() -> None:
    """Ctrl-C twice means now."""
    lifecycle = Lifecycle(pre_stop_delay_s=600)
    lifecycle.add("server", Phase.SERVER)
    lifecycle.start()
    lifecycle.request_stop()
    lifecycle.request_stop()
    lifecycle.stop()
    assert lifecycle.readiness is Readiness.REFUSING_TRAFFIC


def test_states_follow_spring() -> None:
    """Broken and refusing, then correct, then accepting; refusing again at the end."""
    lifecycle, states = Lifecycle(), []
    lifecycle.add("x", 0)
    assert lifecycle.state == State(Liveness.BROKEN, Readiness.REFUSING_TRAFFIC)
    lifecycle.on_state(states.append)
    lifecycle.start()
    lifecycle.stop()
    assert [(s.liveness.value, s.readiness.value) for s in states] == [
        ("CORRECT", "REFUSING_TRAFFIC"),
        ("CORRECT", "ACCEPTING_TRAFFIC"),
        ("CORRECT", "REFUSING_TRAFFIC"),
    ]


def test_a_failing_start_stops_what_had_started() -> None:
    """Nothing is left behind, and the reason comes out."""
    lifecycle, log = Lifecycle(), []
    _recording(lifecycle, log, database=0)

    def fail() -> None:
        raise OSError("no")

    lifecycle.add("server", Phase.SERVER, fail)
    with pytest.raises(StartError, match="server could not start: OSError: no"):
        lifecycle.start()
    assert log == ["+database", "-database"]
    assert not lifecycle.accepting


def test_a_failing_stop_does_not_keep_the_next_from_stopping() -> None:
    """Each component is on its own."""
    lifecycle, log = Lifecycle(), []

    def fail(timeout_s: float) -> None:
        raise OSError("stuck")

    lifecycle.add("server", Phase.SERVER, None, fail)
    _recording(lifecycle, log, database=0)
    lifecycle.start()
    lifecycle.stop()
    assert log[-1] == "-database"


def test_a_stop_that_hangs_is_left_behind() -> None:
    """A phase ends with its time-out."""
    lifecycle, log, never = Lifecycle(phase_timeout_s=0.05), [], threading.Event()
    lifecycle.add("server", Phase.SERVER, None, lambda timeout_s: never.wait(60))
    _recording(lifecycle, log, database=0)
    lifecycle.start()
    lifecycle.stop()
    never.set()
    assert log[-1] == "-database"


def test_sigterm_ends_run_with_code_zero() -> None:
    """The signal asks for the ordered stop; handlers are put back."""
    before = signal.getsignal(signal.SIGTERM)
    lifecycle, log = Lifecycle(), []
    _recording(lifecycle, log, database=0)
    lifecycle.on_state(lambda state: os.kill(os.getpid(), signal.SIGTERM) if lifecycle.accepting else None)
    assert lifecycle.run() == 0
    assert log == ["+database", "-database"]
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_stop_asked_for_while_starting_ends_the_start() -> None:
    """A process that is told to go never takes traffic."""
    lifecycle, log = Lifecycle(), []
    lifecycle.add("first", 0, lifecycle.request_stop)
    _recording(lifecycle, log, later=10)
    lifecycle.start()
    assert log == []
    assert not lifecycle.accepting
