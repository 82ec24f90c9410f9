"""The circuit breaker's state machine, against Resilience4j's documented behaviour."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pybreaker
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.resilience import CircuitBreaker, CircuitBreakerOptions, CircuitOpenError, Listener, State
from ressort.resilience.windows import FAILED, SLOW, CountWindow, TimeWindow


class Hand:
    """A monotonic clock moved by the test."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def breaker(clock: Callable[[], float], **options: object) -> CircuitBreaker:
    """A breaker that judges after four calls and waits ten seconds."""
    chosen = {
        "sliding_window_size": 4,
        "minimum_number_of_calls": 4,
        "wait_duration_in_open_state_s": 10.0,
        "permitted_number_of_calls_in_half_open_state": 2,
        **options,
    }
    return CircuitBreaker("peer", CircuitBreakerOptions(**chosen), monotonic=clock)


def good() -> str:
    return "ok"


def bad() -> str:
    raise ConnectionError("down")


def fail(circuit: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        with pytest.raises(ConnectionError):
            circuit.call(bad)


def test_rates_are_unknown_below_the_minimum_of_calls() -> None:
    """Three failures of four needed calls decide nothing."""
    circuit = breaker(Hand())
    fail(circuit, 3)
    assert (circuit.state, circuit.figures().failure_rate) == (State.CLOSED, -1.0)


def test_it_opens_when_the_failure_rate_reaches_the_threshold() -> None:
    """Two failures of four are 50 %, the default threshold."""
    circuit = breaker(Hand())
    fail(circuit, 2)
    circuit.call(good)
    circuit.call(good)
    assert circuit.state is State.OPEN


def test_an_open_circuit_rejects_without_calling_and_says_for_how_long() -> None:
    """The error carries the remaining wait and is pybreaker's error too."""
    clock = Hand()
    circuit = breaker(clock)
    fail(circuit, 4)
    clock.now += 4
    with pytest.raises(CircuitOpenError) as raised:
        circuit.call(lambda: pytest.fail("called"))
    assert raised.value.retry_after_s == pytest.approx(6)
    assert isinstance(raised.value, pybreaker.CircuitBreakerError)
    assert circuit.not_permitted_calls == 1


def test_after_the_wait_trial_calls_close_it() -> None:
    """Two permitted trials that succeed close the circuit with an empty window."""
    clock = Hand()
    circuit = breaker(clock)
    fail(circuit, 4)
    clock.now += 10
    assert circuit.call(good) == "ok"
    assert circuit.state is State.HALF_OPEN
    circuit.call(good)
    assert (circuit.state, circuit.figures().calls) == (State.CLOSED, 0)


def test_failing_trials_open_it_again() -> None:
    """One failure of two trials is 50 %: open for another wait."""
    clock = Hand()
    circuit = breaker(clock)
    fail(circuit, 4)
    clock.now += 10
    circuit.call(good)
    fail(circuit, 1)
    assert circuit.state is State.OPEN


def test_half_open_permits_only_its_trials_while_they_run() -> None:
    """Two trials are out, so a third call is rejected at once instead of waiting."""
    clock = Hand()
    circuit = breaker(clock)
    fail(circuit, 4)
    clock.now += 10
    circuit.acquire()
    circuit.acquire()
    with pytest.raises(CircuitOpenError):
        circuit.acquire()


def test_half_open_does_not_hang_on_trials_that_never_end() -> None:
    """With a maximum wait the circuit opens again although no trial has answered."""
    clock = Hand()
    circuit = breaker(clock, max_wait_duration_in_half_open_state_s=5.0)
    fail(circuit, 4)
    clock.now += 10
    circuit.acquire()
    circuit.acquire()
    clock.now += 5
    with pytest.raises(CircuitOpenError):
        circuit.acquire()
    assert circuit.state is State.OPEN


def test_ignored_errors_count_neither_way_and_give_the_trial_back() -> None:
    """A circuit full of ignored errors stays closed; in half-open the permit is free again."""
    clock = Hand()
    circuit = breaker(clock, ignore_exceptions=("ValueError",))

    def refused() -> None:
        raise ValueError

    for _ in range(10):
        with pytest.raises(ValueError):
            circuit.call(refused)
    assert (circuit.state, circuit.figures().calls) == (State.CLOSED, 0)
    fail(circuit, 4)
    clock.now += 10
    for _ in range(5):
        with pytest.raises(ValueError):
            circuit.call(refused)
    assert circuit.state is State.HALF_OPEN


def test_errors_not_on_the_record_list_are_successes() -> None:
    """Only the recorded kinds count as failures; Java's name for it is understood."""
    circuit = breaker(Hand(), record_exceptions=("java.io.IOException",))

    def wrong() -> None:
        raise KeyError

    for _ in range(4):
        with pytest.raises(KeyError):
            circuit.call(wrong)
    assert circuit.state is State.CLOSED
    fail(circuit, 2)
    assert circuit.state is State.OPEN


def test_an_interrupt_is_not_the_peers_failure() -> None:
    """KeyboardInterrupt passes through uncounted."""
    circuit = breaker(Hand())

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        circuit.call(interrupted)
    assert circuit.figures().calls == 0


def test_slow_calls_open_it_too() -> None:
    """Calls strictly longer than the threshold reach the slow-call rate."""
    clock = Hand()
    circuit = breaker(clock, slow_call_duration_threshold_s=1.0)

    def slow() -> None:
        clock.now += 1.5

    for _ in range(4):
        circuit.call(slow)
    assert (circuit.state, circuit.figures().slow_call_rate) == (State.OPEN, 100.0)


def test_late_results_do_not_decide_the_trial() -> None:
    """A call begun before opening that fails during half-open leaves the trial alone."""
    clock = Hand()
    circuit = breaker(clock)
    early = circuit.acquire()
    fail(circuit, 4)
    clock.now += 10
    circuit.call(good)
    circuit.on_error(early, ConnectionError())
    circuit.call(good)
    assert circuit.state is State.CLOSED


def test_the_open_wait_grows_when_trials_keep_failing() -> None:
    """With exponential back-off the second wait is longer by the multiplier, up to its maximum."""
    clock = Hand()
    circuit = breaker(
        clock,
        enable_exponential_backoff=True,
        exponential_backoff_multiplier=2.0,
        permitted_number_of_calls_in_half_open_state=1,
    )
    fail(circuit, 4)
    clock.now += 10
    fail(circuit, 1)
    clock.now += 10
    with pytest.raises(CircuitOpenError) as raised:
        circuit.call(good)
    assert raised.value.retry_after_s == pytest.approx(10)


def test_calls_run_side_by_side() -> None:
    """Ten calls are inside the protected function at once: nothing serialises them."""
    circuit = breaker(Hand())
    barrier = threading.Barrier(10, timeout=20)
    threads = [threading.Thread(target=lambda: circuit.call(barrier.wait)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not barrier.broken
    assert circuit.figures().calls == 4


@pytest.mark.parametrize(("state", "passes"), [(State.DISABLED, True), (State.FORCED_OPEN, False)])
def test_states_set_by_hand_stay(state: State, passes: bool) -> None:
    """DISABLED passes everything unmeasured, FORCED_OPEN nothing, however long one waits."""
    clock = Hand()
    circuit = breaker(clock)
    circuit.transition_to(state)
    clock.now += 10_000
    if passes:
        fail(circuit, 20)
    else:
        with pytest.raises(CircuitOpenError):
            circuit.call(good)
    assert circuit.state is state


def test_metrics_only_measures_and_never_opens() -> None:
    """The rate is known, the circuit passes."""
    circuit = breaker(Hand())
    circuit.transition_to(State.METRICS_ONLY)
    fail(circuit, 8)
    assert (circuit.state, circuit.figures().failure_rate) == (State.METRICS_ONLY, 100.0)


def test_a_shared_storage_opens_other_breakers() -> None:
    """Two processes on one pybreaker storage: what one opens is open for the other."""
    clock = Hand()
    storage = pybreaker.CircuitMemoryStorage("closed")
    options = CircuitBreakerOptions(sliding_window_size=2, minimum_number_of_calls=2)
    one = CircuitBreaker("peer", options, storage=storage, monotonic=clock)
    two = CircuitBreaker("peer", options, storage=storage, monotonic=clock)
    fail(one, 2)
    assert storage.opened_at is not None
    with pytest.raises(CircuitOpenError):
        two.call(good)


def test_listeners_hear_moves_outside_of_the_lock() -> None:
    """A listener may look at the breaker that calls it."""
    heard: list[tuple[str, str, int]] = []

    class Ear(Listener):
        def state_change(self, circuit: CircuitBreaker, old: State, new: State) -> None:
            heard.append((old, new, circuit.figures().calls))

    circuit = breaker(Hand())
    circuit.listeners = (Ear(),)
    fail(circuit, 4)
    assert heard == [("CLOSED", "OPEN", 4)]


@given(st.lists(st.integers(0, 3), max_size=60), st.integers(1, 9))
def test_a_count_window_holds_exactly_the_last_calls(outcomes: list[int], size: int) -> None:
    """Its tally is that of the tail of the history."""
    window = CountWindow(size)
    for outcome in outcomes:
        window.record(outcome)
    tail = outcomes[-size:]
    tally = window.tally()
    assert tally.calls == len(tail)
    assert tally.failed == sum(1 for o in tail if o & FAILED)
    assert tally.slow == sum(1 for o in tail if o & SLOW)
    assert tally.slow_failed == sum(1 for o in tail if o == FAILED | SLOW)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=40), st.integers(1, 6))
def test_a_time_window_holds_the_last_seconds(calls: list[tuple[int, int]], seconds: int) -> None:
    """Calls older than the window have left it, whole seconds at a time."""
    clock = Hand()
    window = TimeWindow(seconds, clock)
    history: list[tuple[int, int]] = []
    for pause, outcome in calls:
        clock.now += pause
        window.record(outcome)
        history.append((int(clock.now), outcome))
    kept = [o for second, o in history if second > int(clock.now) - seconds]
    assert window.tally().calls == len(kept)
    assert window.tally().failed == sum(o & FAILED for o in kept)
