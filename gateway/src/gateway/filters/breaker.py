"""CircuitBreaker: Resilience4j's breaker around the rest of a route, with a fallback (specs/gateway.md 3.1)."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gateway.filters.answers import status_of
from gateway.filters.model import CompiledFilter, FilterRegistry, FilterSite
from gateway.filters.templates import Expansion, path_template
from gateway.proxy.failures import Failure, FailureKind
from gateway.routes.arguments import Arguments
from gateway.routes.components import Component
from ressort.resilience import CircuitBreaker, CircuitOpenError, Permit

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices
    from gateway.proxy.forward import Forward

_FORWARD = re.compile(r"forward:(/[^?#]*)\Z")
_REPLAY_BYTES = 262_144


class UpstreamFailedError(Exception):
    """What the breaker records: a failed attempt or a status that counts as one."""


class UpstreamTimeoutError(UpstreamFailedError, TimeoutError):
    """The answer did not come in time."""


class UpstreamConnectionError(UpstreamFailedError, ConnectionError):
    """The upstream could not be reached or closed early."""


class NobodyThereError(UpstreamFailedError):
    """The registry knows no instance: no call was made, so the breaker counts nothing."""


def _nobody_was_called(error: BaseException) -> bool:
    return isinstance(error, NobodyThereError)


@dataclass
class _Passage:
    """One request's way through one breaker."""

    permit: Permit | None
    timer: Any = None

    def stop_timer(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


@dataclass(frozen=True)
class _Settings:
    name: str
    fallback: Expansion | None
    statuses: frozenset[int]
    resume: bool


def register(registry: FilterRegistry) -> None:
    registry.add("CircuitBreaker", circuit_breaker)


def circuit_breaker(component: Component, site: FilterSite, services: FilterServices) -> CompiledFilter:
    """Count outcomes, refuse while open, and answer failures through ``fallbackUri: forward:/...``.

    No time limit applies unless ``resilience4j.timelimiter.instances.<name>`` (or ``configs.default``) sets one;
    Spring's hidden one of 1 s is its most reported surprise.
    """
    args = Arguments(component, ("name", "fallbackUri", "statusCodes", "resumeWithoutError"))
    name = args.text("name", site.route_id)
    statuses = frozenset(status_of(args, code) for code in args.words("statusCodes"))
    settings = _Settings(name, _fallback(args), statuses, args.boolean("resumeWithoutError", False))
    guard = _Guard(services.breakers.get(name, ignore=_nobody_was_called), settings, services)
    shown = args.optional("fallbackUri")
    text = f"[CircuitBreaker name = '{name}', fallback = {shown}]"
    replay = _REPLAY_BYTES if settings.fallback is not None else 0
    return CompiledFilter(text, pre=guard.pre, post=guard.post, on_error=guard.on_error, replay_bytes=replay)


class _Guard:
    """The closures of one filter, sharing its breaker."""

    def __init__(self, breaker: CircuitBreaker, settings: _Settings, services: FilterServices) -> None:
        self._breaker = breaker
        self._settings = settings
        self._services = services
        self._limit_s = services.time_limits(settings.name)

    def pre(self, forward: Forward) -> bool:
        try:
            permit = self._breaker.acquire()
        except CircuitOpenError as error:
            forward.set_note(self, _Passage(None))
            forward.fail(Failure(FailureKind.BREAKER_OPEN, str(error)))
            return True
        passage = _Passage(permit)
        forward.set_note(self, passage)
        forward.at_end(lambda: self._abandoned(passage))
        if self._limit_s:
            passage.timer = self._services.call_later(self._limit_s, lambda: self._too_late(forward, passage))
        return False

    def post(self, forward: Forward) -> bool:
        passage = self._passage(forward)
        if passage is None:
            return False
        if forward.status not in self._settings.statuses:
            self._succeeded(passage)
            return False
        self._failed(passage, UpstreamFailedError(f"status {forward.status}"))
        if self._settings.fallback is None:
            return False
        return self._fall_back(forward)

    def on_error(self, forward: Forward, failure: Failure) -> bool:
        passage = self._passage(forward)
        if passage is None:
            return False
        self._failed(passage, _as_error(failure))
        if self._settings.fallback is not None:
            return self._fall_back(forward)
        if self._settings.resume:
            forward.answer(200)
            return True
        return False

    def _passage(self, forward: Forward) -> _Passage | None:
        passage = forward.note(self)
        forward.set_note(self, None)
        return passage if isinstance(passage, _Passage) else None

    def _fall_back(self, forward: Forward) -> bool:
        fallback = self._settings.fallback
        if fallback is None or forward.exchange.started:
            return False
        path = fallback(forward)
        if not forward.can_repeat and not forward.proxy.answers_itself(path):
            return False
        forward.let_go()
        forward.added = list(forward.cors_headers) if forward.cors_headers else None
        forward.remove_header(b"origin")
        forward.proxy.forward_to(forward, path)
        return True

    def _too_late(self, forward: Forward, passage: _Passage) -> None:
        passage.timer = None
        if forward.ended or forward.exchange.started or passage.permit is None:
            return
        forward.let_go()
        milliseconds = round(self._limit_s * 1000)
        message = f"Did not observe any item or terminal signal within {milliseconds}ms"
        forward.fail(Failure(FailureKind.TIME_LIMIT, message))

    def _succeeded(self, passage: _Passage) -> None:
        passage.stop_timer()
        permit, passage.permit = passage.permit, None
        if permit is not None:
            self._breaker.on_success(permit)

    def _failed(self, passage: _Passage, error: Exception) -> None:
        passage.stop_timer()
        permit, passage.permit = passage.permit, None
        if permit is not None:
            self._breaker.on_error(permit, error)

    def _abandoned(self, passage: _Passage) -> None:
        """The client left: neither success nor failure."""
        passage.stop_timer()
        permit, passage.permit = passage.permit, None
        if permit is not None:
            self._breaker.on_error(permit, asyncio.CancelledError())


def _as_error(failure: Failure) -> UpstreamFailedError:
    if failure.kind is FailureKind.NO_INSTANCE:
        return NobodyThereError(failure.message)
    if failure.is_timeout:
        return UpstreamTimeoutError(failure.message)
    if failure.is_io:
        return UpstreamConnectionError(failure.message)
    return UpstreamFailedError(failure.message)


def _fallback(args: Arguments) -> Expansion | None:
    uri = args.optional("fallbackUri")
    if uri is None:
        return None
    found = _FORWARD.match(uri)
    if found is None:
        raise args.wrong("fallbackUri must be 'forward:/path'", uri)
    return path_template(found.group(1))
