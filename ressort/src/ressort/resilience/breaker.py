"""Resilience4j's circuit breaker state machine; no lock is held while a call runs.

CLOSED measures; when enough results are in and the failure or slow-call rate reaches its threshold it
becomes OPEN and rejects. After the wait the next call makes it HALF_OPEN, where a few trial calls decide.
DISABLED lets everything pass unmeasured, FORCED_OPEN nothing, METRICS_ONLY measures and never opens; what was put there
until an hour becomes CLOSED at that hour, seen by the next call and by whoever looks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

from pybreaker import CircuitBreakerStorage, CircuitMemoryStorage

from .errors import CircuitOpenError
from .holds import Hold
from .matching import Matches, matcher
from .options import CircuitBreakerOptions
from .states import NO_RATE, Figures, Listener, Permit, State
from .windows import FAILED, SLOW, CountWindow, Tally, TimeWindow, Window

P = ParamSpec("P")
R = TypeVar("R")
_BY_HAND = frozenset({State.DISABLED, State.FORCED_OPEN, State.METRICS_ONLY})
_MEASURED = frozenset({State.CLOSED, State.HALF_OPEN, State.METRICS_ONLY, State.OPEN})


class CircuitBreaker:
    """One breaker, for any number of threads.

    `ignore`: errors that are neither success nor failure, beside those named in the options.
    `storage`: pybreaker's state storage; the memory one by default, its Redis one shares an open circuit
    between processes (then an OPEN written by another process is honoured here).
    """

    def __init__(
        self,
        name: str,
        options: CircuitBreakerOptions | None = None,
        *,
        ignore: Matches | None = None,
        storage: CircuitBreakerStorage | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self.options = options or CircuitBreakerOptions()
        self.listeners: tuple[Listener, ...] = ()
        self.not_permitted_calls = 0
        self._shared = storage is not None
        self._storage = storage or CircuitMemoryStorage("closed")
        self._monotonic = monotonic
        self._now = now
        self._lock = threading.Lock()
        self._record = matcher(self.options.record_exceptions)
        self._ignored_names = matcher(self.options.ignore_exceptions)
        self._ignore = ignore
        self._state = State.CLOSED
        self._generation = 0
        self._window: Window = self._new_window()
        self._trials_left = 0
        self._next_trial_s = 0.0
        self._half_open_until_s = 0.0
        self._openings = 0
        self._changed_at = now()
        self._hold: Hold | None = None
        self._held_until_s: float | None = None

    def __repr__(self) -> str:
        return f"CircuitBreaker({self.name}, {self._state})"

    # calls -------------------------------------------------------------------------------------

    def call(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `fn` returns, its result being counted. Raises CircuitOpenError without calling it."""
        permit = self.acquire()
        try:
            result = fn(*args, **kwargs)
        except BaseException as error:
            self.on_error(permit, error)
            raise
        self.on_success(permit)
        return result

    def acquire(self) -> Permit:
        """Leave to make a call. Raises CircuitOpenError."""
        if self._state is State.CLOSED and not self._shared:
            return Permit(self._generation, self._monotonic())
        told = self._storage.state if self._shared else None
        with self._lock:
            moved = self._before_call(told)
            permitted = self._take()
            generation, wait_s = self._generation, self._wait_s()
        self._tell_moves(moved)
        if not permitted:
            self.not_permitted_calls += 1
            for listener in self.listeners:
                listener.rejected(self)
            raise CircuitOpenError(self.name, self._state, wait_s)
        return Permit(generation, self._monotonic())

    def on_success(self, permit: Permit) -> None:
        """The permitted call went well."""
        took_s = self._monotonic() - permit.started_s
        self._settle(permit, 0, took_s)
        for listener in self.listeners:
            listener.success(self, took_s)

    def on_error(self, permit: Permit, error: BaseException) -> None:
        """The permitted call raised; whether it counts is decided by the lists of exceptions."""
        took_s = self._monotonic() - permit.started_s
        if self._is_ignored(error):
            self._give_back(permit)
            for listener in self.listeners:
                listener.ignored(self, error, took_s)
        elif self._record is not None and not self._record(error):
            self._settle(permit, 0, took_s)
            for listener in self.listeners:
                listener.success(self, took_s)
        else:
            self._settle(permit, FAILED, took_s)
            for listener in self.listeners:
                listener.failure(self, error, took_s)

    # state -------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The state of this moment; an elapsed wait is seen by the next call, not by looking; an elapsed hold is."""
        self._end_hold()
        return self._state

    @property
    def changed_at(self) -> datetime:
        """Since when it is in its state (aware, UTC)."""
        self._end_hold()
        return self._changed_at

    @property
    def held(self) -> Hold | None:
        """Why and until when it stands where it was put; None when it moves by itself."""
        self._end_hold()
        return self._hold

    def figures(self) -> Figures:
        """What the window holds now."""
        self._end_hold()
        with self._lock:
            tally, needed = self._window.tally(), self._needed()
            rates = _rates(tally, needed)
            return Figures(tally.calls, tally.failed, tally.slow, tally.slow_failed, *rates)

    def transition_to(self, state: State) -> None:
        """Moves the machine by hand (actuator, tests); DISABLED and FORCED_OPEN stay until moved again."""
        with self._lock:
            moved = self._move(state)
        self._tell_moves(moved)

    def hold(self, state: State, reason: str | None = None, lasts_s: float | None = None) -> None:
        """Moves it by hand, closed again after ``lasts_s`` seconds; an order given anew replaces the one before."""
        since = self._now()
        until = None if lasts_s is None else since + timedelta(seconds=lasts_s)
        with self._lock:
            moved = self._move(state)
            if state in _BY_HAND:
                self._hold = Hold(reason, since, until)
                self._held_until_s = None if lasts_s is None else self._monotonic() + lasts_s
        self._tell_moves(moved)

    def close(self) -> None:
        """CLOSED, with an empty window."""
        self.transition_to(State.CLOSED)

    def open(self) -> None:
        """OPEN, as if the threshold had been reached."""
        self.transition_to(State.OPEN)

    # inside the lock ---------------------------------------------------------------------------

    def _before_call(self, told: str | None) -> list[tuple[State, State]]:
        """Moves that time or another process (what the shared storage told) brought about."""
        if self._hold_is_over():
            return self._release()
        adopted = self._adopt(told)
        if adopted:
            return adopted
        now = self._monotonic()
        if self._state is State.OPEN and now >= self._next_trial_s:
            return self._move(State.HALF_OPEN)
        limit_s = self.options.max_wait_duration_in_half_open_state_s
        if self._state is State.HALF_OPEN and limit_s > 0 and now >= self._half_open_until_s:
            return self._move(State.OPEN)
        return []

    def _adopt(self, told: str | None) -> list[tuple[State, State]]:
        """An open circuit of another process is open here; a closed one closes ours if it is open."""
        if told == "open" and self._state is State.CLOSED:
            return self._move(State.OPEN, tell_storage=False)
        if told == "closed" and self._state in (State.OPEN, State.HALF_OPEN):
            return self._move(State.CLOSED, tell_storage=False)
        return []

    def _hold_is_over(self) -> bool:
        return self._held_until_s is not None and self._monotonic() >= self._held_until_s

    def _release(self) -> list[tuple[State, State]]:
        until = self._hold.until if self._hold is not None else None
        moved = self._move(State.CLOSED)
        self._changed_at = until or self._changed_at
        return moved

    def _end_hold(self) -> None:
        """Outside of the lock: closes what was put somewhere until now."""
        if self._held_until_s is None:
            return
        with self._lock:
            moved = self._release() if self._hold_is_over() else []
        self._tell_moves(moved)

    def _take(self) -> bool:
        if self._state is State.HALF_OPEN:
            self._trials_left -= 1
            return self._trials_left >= 0
        return self._state not in (State.OPEN, State.FORCED_OPEN)

    def _move(self, new: State, tell_storage: bool = True) -> list[tuple[State, State]]:
        old, now = self._state, self._monotonic()
        if old is new:
            return []
        self._state = new
        self._changed_at = self._now()
        self._hold = self._held_until_s = None
        if new is not State.OPEN:
            self._window = self._new_window()
        self._generation += 1
        if new is State.OPEN:
            self._openings = self._openings + 1 if old is State.HALF_OPEN else 1
            self._next_trial_s = now + self._open_wait_s()
        elif new is State.HALF_OPEN:
            self._trials_left = self.options.permitted_number_of_calls_in_half_open_state
            self._half_open_until_s = now + self.options.max_wait_duration_in_half_open_state_s
        if tell_storage:
            self._tell_storage(new)
        return [(old, new)]

    def _tell_storage(self, new: State) -> None:
        names = {State.OPEN: "open", State.HALF_OPEN: "half-open", State.FORCED_OPEN: "open"}
        self._storage.state = names.get(new, "closed")
        if new is State.OPEN:
            self._storage.opened_at = datetime.now(UTC)

    def _open_wait_s(self) -> float:
        wait_s = self.options.wait_duration_in_open_state_s
        if not self.options.enable_exponential_backoff:
            return wait_s
        factor = self.options.exponential_backoff_multiplier ** min(self._openings - 1, 60)
        return min(wait_s * factor, self.options.exponential_max_wait_duration_in_open_state_s)

    def _wait_s(self) -> float:
        return max(0.0, self._next_trial_s - self._monotonic()) if self._state is State.OPEN else 0.0

    def _new_window(self) -> Window:
        options = self.options
        if self._state is State.HALF_OPEN:
            return CountWindow(options.permitted_number_of_calls_in_half_open_state)
        if options.sliding_window_type == "TIME_BASED":
            return TimeWindow(options.sliding_window_size, self._monotonic)
        return CountWindow(options.sliding_window_size)

    def _needed(self) -> int:
        return self.options.needed_trials if self._state is State.HALF_OPEN else self.options.needed_calls

    # results -----------------------------------------------------------------------------------

    def _settle(self, permit: Permit, outcome: int, took_s: float) -> None:
        if took_s > self.options.slow_call_duration_threshold_s:
            outcome |= SLOW
        with self._lock:
            moved = self._count(permit, outcome)
        self._tell_moves(moved)

    def _count(self, permit: Permit, outcome: int) -> list[tuple[State, State]]:
        """Records a result; late results of an earlier state do not decide the present trial."""
        late = permit.generation != self._generation
        if self._state not in _MEASURED or (late and self._state is State.HALF_OPEN):
            return []
        self._window.record(outcome)
        if self._state in (State.OPEN, State.METRICS_ONLY):
            return []
        return self._judge()

    def _judge(self) -> list[tuple[State, State]]:
        options = self.options
        tally = self._window.tally()
        if self._state is State.CLOSED and not tally.failed and not tally.slow:
            return []
        failure_rate, slow_rate = _rates(tally, self._needed())
        if failure_rate == NO_RATE:
            return []
        if failure_rate >= options.failure_rate_threshold or slow_rate >= options.slow_call_rate_threshold:
            return self._move(State.OPEN)
        return self._move(State.CLOSED) if self._state is State.HALF_OPEN else []

    def _give_back(self, permit: Permit) -> None:
        with self._lock:
            if self._state is State.HALF_OPEN and permit.generation == self._generation:
                self._trials_left = max(self._trials_left, 0) + 1

    def _is_ignored(self, error: BaseException) -> bool:
        """Ends of threads and processes are no result; otherwise the lists decide, ignore winning."""
        if not isinstance(error, Exception):
            return True
        if self._ignored_names is not None and self._ignored_names(error):
            return True
        return self._ignore is not None and self._ignore(error)

    def _tell_moves(self, moved: list[tuple[State, State]]) -> None:
        for old, new in moved:
            for listener in self.listeners:
                listener.state_change(self, old, new)


def _rates(tally: Tally, needed: int) -> tuple[float, float]:
    if tally.calls < needed:
        return NO_RATE, NO_RATE
    return 100.0 * tally.failed / tally.calls, 100.0 * tally.slow / tally.calls
