"""Retry: statuses and failures that are tried again, with Spring's back-off (specs/gateway.md 3.2)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.filters.answers import status_of
from gateway.filters.model import CompiledFilter, FilterRegistry, FilterSite
from gateway.routes.arguments import Arguments
from gateway.routes.components import Component

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices
    from gateway.proxy.failures import Failure
    from gateway.proxy.forward import Forward

_FIELDS = (
    "retries",
    "statuses",
    "methods",
    "backoff.firstBackoff",
    "backoff.maxBackoff",
    "backoff.factor",
    "backoff.basedOnPreviousValue",
    "jitter.randomFactor",
    "timeout",
    "series",
    "exceptions",
)
_SERIES = {
    "INFORMATIONAL": 1,
    "SUCCESSFUL": 2,
    "REDIRECTION": 3,
    "CLIENT_ERROR": 4,
    "SERVER_ERROR": 5,
}
_IO = frozenset(("ioexception", "connectexception", "prematurecloseexception", "oserror", "connectionerror"))
_TIMEOUT = frozenset(("timeoutexception", "timeouterror"))
_REPLAY_BYTES = 262_144
_FIRST_BACKOFF_S = 0.005


@dataclass(frozen=True)
class Backoff:
    """Pauses between attempts, in seconds."""

    first_s: float
    most_s: float | None
    factor: float
    from_previous: bool

    def pause_s(self, attempt: int, previous_s: float) -> float:
        """The pause before attempt ``attempt`` (1 is the first repetition)."""
        if self.from_previous and attempt > 1:
            pause = previous_s * self.factor
        else:
            pause = self.first_s * self.factor ** (attempt - 1)
        return pause if self.most_s is None else min(pause, self.most_s)


@dataclass(frozen=True)
class _Policy:
    retries: int
    statuses: frozenset[int]
    series: frozenset[int]
    methods: frozenset[bytes]
    io: bool
    timeouts: bool
    backoff: Backoff | None
    jitter: float
    timeout_s: float | None

    def wants_status(self, status: int) -> bool:
        return status in self.statuses or status // 100 in self.series

    def wants_failure(self, failure: Failure) -> bool:
        return (self.io and failure.is_io) or (self.timeouts and failure.is_timeout)


class _Attempts:
    """How often one request was repeated, and its state before the first time."""

    __slots__ = ("count", "last_pause_s", "snapshot", "started_at")

    def __init__(self, snapshot: tuple[object, ...], started_at: float) -> None:
        self.count = 0
        self.last_pause_s = 0.0
        self.snapshot = snapshot
        self.started_at = started_at


def register(registry: FilterRegistry) -> None:
    registry.add("Retry", retry)


def retry(component: Component, _: FilterSite, services: FilterServices) -> CompiledFilter:
    """Run the rest of the chain again for listed methods; the last answer is relayed when all attempts failed."""
    args = Arguments(component, _FIELDS, nested=("backoff", "jitter"))
    policy = _policy(args)
    repeater = _Repeater(policy, services)
    replay = _REPLAY_BYTES if policy.methods - {b"GET", b"HEAD", b"OPTIONS"} else 0
    text = f"[Retry retries = {policy.retries}, methods = {sorted(each.decode() for each in policy.methods)}]"
    return CompiledFilter(
        text, pre=repeater.pre, post=repeater.post, on_error=repeater.on_error, replay_bytes=replay
    )


class _Repeater:
    def __init__(self, policy: _Policy, services: FilterServices) -> None:
        self._policy = policy
        self._services = services

    def pre(self, forward: Forward) -> None:
        if forward.exchange.method in self._policy.methods:
            forward.set_note(self, _Attempts(forward.snapshot(), self._services.monotonic()))

    def post(self, forward: Forward) -> bool:
        return self._policy.wants_status(forward.status) and self._again(forward)

    def on_error(self, forward: Forward, failure: Failure) -> bool:
        return self._policy.wants_failure(failure) and self._again(forward)

    def _again(self, forward: Forward) -> bool:
        attempts = forward.note(self)
        if not isinstance(attempts, _Attempts) or attempts.count >= self._policy.retries:
            return False
        if not forward.can_repeat:
            return False
        attempts.count += 1
        pause_s = self._pause_s(attempts)
        forward.let_go()
        if self._too_late(attempts, pause_s):
            forward.proxy.answer_status(forward, 500)
            return True
        forward.restore(attempts.snapshot)
        if pause_s:
            self._services.call_later(pause_s, lambda: None if forward.ended else forward.rerun())
        else:
            forward.rerun()
        return True

    def _pause_s(self, attempts: _Attempts) -> float:
        backoff = self._policy.backoff
        if backoff is None:
            return 0.0
        attempts.last_pause_s = backoff.pause_s(attempts.count, attempts.last_pause_s)
        spread = self._policy.jitter
        return attempts.last_pause_s * (1 + random.uniform(-spread, spread))

    def _too_late(self, attempts: _Attempts, pause_s: float) -> bool:
        limit_s = self._policy.timeout_s
        return limit_s is not None and self._services.monotonic() + pause_s - attempts.started_at > limit_s


def _policy(args: Arguments) -> _Policy:
    statuses = frozenset(status_of(args, word) for word in args.words("statuses"))
    series = frozenset(_series(args, word) for word in args.words("series") or _default_series(args))
    named = args.words("exceptions") or ["java.io.IOException", "java.util.concurrent.TimeoutException"]
    names = [word.rsplit(".", 1)[-1].lower() for word in named]
    unknown = [name for name in names if name not in _IO | _TIMEOUT]
    if unknown:
        reason = f"exception '{unknown[0]}' is not known; use IOException or TimeoutException"
        raise args.wrong(reason, unknown[0])
    return _Policy(
        retries=args.integer("retries", 3, minimum=0),
        statuses=statuses,
        series=series,
        methods=frozenset(word.upper().encode() for word in args.words("methods") or ["GET"]),
        io=any(name in _IO for name in names),
        timeouts=any(name in _TIMEOUT for name in names),
        backoff=_backoff(args),
        jitter=args.number("jitter.randomFactor", 0.5) if args.has("jitter.randomFactor") else 0.0,
        timeout_s=args.duration_s("timeout") if args.has("timeout") else None,
    )


def _default_series(args: Arguments) -> list[str]:
    """SERVER_ERROR, unless ``series`` was given empty to leave only ``statuses``."""
    return [] if args.has("series") else ["SERVER_ERROR"]


def _series(args: Arguments, word: str) -> int:
    digit = _SERIES.get(word.strip().upper())
    if digit is None:
        raise args.wrong(f"'{word}' is no series; use {', '.join(_SERIES)}", word)
    return digit


def _backoff(args: Arguments) -> Backoff | None:
    if not any(args.has(f"backoff.{name}") for name in ("firstBackoff", "maxBackoff", "factor")):
        return None
    return Backoff(
        first_s=args.duration_s("backoff.firstBackoff", _FIRST_BACKOFF_S),
        most_s=args.duration_s("backoff.maxBackoff") if args.has("backoff.maxBackoff") else None,
        factor=args.number("backoff.factor", 2),
        from_previous=args.boolean("backoff.basedOnPreviousValue", True),
    )
