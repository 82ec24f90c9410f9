"""Idempotency-Key: the same request sent twice has one effect and one answer.

`@idempotent()` on a handler claims (route, key) in a committed row, runs the handler and keeps its
answer in the transaction of the effect: inside it the first `database.transaction()` stays open until
the answer row is written (see `ressort.data.ambient`). Only 2xx and domain 409 and 422 answers are kept;
any other outcome frees the key, and so does a body that is not of its declared type. A claim is a lease:
when its process dies, the next try takes it over, at once on the same machine and when the lease ends
elsewhere.

A handler that must commit in several steps uses `@idempotent(deferred=False)` and calls
`keep(connection, ...)` in the transaction that decides.

Sources: draft-ietf-httpapi-idempotency-key-header-07 and Stripe's published behaviour.
"""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar

import flask
import orjson

from . import api_json
from .api_answers import respond
from .claimants import new_owner
from .problem import Problem, current_problems

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LEASE_S = 30.0
RETENTION_H = 48
_KEPT_HEADERS = ("Content-Type", "Location", "ETag")

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Policy:
    """How a route honours the header."""

    required: bool = False
    deferred: bool = True
    lease_s: float = LEASE_S


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at one request: who runs it (`owner`) and what it is (`fingerprint`, SHA-256 hex)."""

    route: str
    key: str
    fingerprint: str
    owner: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was first given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class AnswerUnit(Protocol):
    """The transaction of one effect."""

    def save(self, answer: KeptAnswer) -> None:
        """Writes the answer into the transaction. Raises LostClaimError when another run took over."""


class AnswerStore(Protocol):
    """Where claims and answers are kept."""

    def claim(self, claim: Claim, lease_s: float) -> KeptAnswer | None:
        """None: claimed. The first answer: already done. Raises KeyReusedError or KeyRunningError."""

    def unit(self, claim: Claim, deferred: bool) -> AbstractContextManager[AnswerUnit]:
        """Runs the handler inside; commits at the end, rolls back on an exception when `deferred`."""

    def save(self, connection: Any, claim: Claim, answer: KeptAnswer, done: Callable[[], None]) -> None:
        """Writes the answer with the caller's connection, `done` once committed. Raises LostClaimError."""

    def free(self, claim: Claim) -> None:
        """Forgets an unanswered claim of this owner."""


class KeyReusedError(Exception):
    """The key came with another request before."""


class KeyRunningError(Exception):
    """The first request with this key has not ended."""


class LostClaimError(Exception):
    """The lease ended and another run of the same request took the key over."""


@dataclass(slots=True)
class _Running:
    claim: Claim
    store: AnswerStore
    kept: bool = False

    def has_been_kept(self) -> None:
        """The answer is committed: a rolled back `keep` counts for nothing."""
        self.kept = True


_running: ContextVar[_Running | None] = ContextVar("ressort-idempotent-call", default=None)


def use(app: flask.Flask, store: AnswerStore) -> None:
    """Sets where the application keeps claims and answers."""
    app.extensions["ressort.answers"] = store


def idempotent(
    *, required: bool = False, deferred: bool = True, lease_s: float = LEASE_S
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Honours Idempotency-Key on a handler; `required`: 400 without it. `lease_s` must exceed a run."""
    policy = Policy(required, deferred, lease_s)

    def wrap(handler: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(handler)
        def run_once(*args: P.args, **kwargs: P.kwargs) -> Any:
            return run(policy, lambda: respond(handler(*args, **kwargs), 200))

        run_once.__ressort_idempotency__ = policy  # type: ignore[attr-defined]
        return run_once

    return wrap


def policy_of(handler: Callable[..., Any]) -> Policy | None:
    """The policy `idempotent` put on a handler."""
    return getattr(handler, "__ressort_idempotency__", None)


def check_header(policy: Policy) -> str | None:
    """The key sent. Raises 400 when it is missing though required, or malformed."""
    key = flask.request.environ.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        if policy.required:
            raise Problem(400, "idempotency-key-requise")
        return None
    if not 1 <= len(key) <= 255 or not all("!" <= c <= "~" for c in key):
        raise Problem(400, "idempotency-key-invalide")
    return str(key)


def run(policy: Policy, handler: Callable[[], flask.Response]) -> flask.Response:
    """The handler's answer, or the one kept for this key."""
    key = check_header(policy)
    if key is None:
        return handler()
    store: AnswerStore = flask.current_app.extensions["ressort.answers"]
    claim = _claim(key)
    try:
        done = store.claim(claim, policy.lease_s)
    except KeyReusedError:
        raise Problem(422, "idempotency-key-reutilisee", keeps_key=False) from None
    except KeyRunningError:
        raise _still_running() from None
    return _first_run(store, claim, policy, handler) if done is None else _replay(done)


def keep(connection: Any, value: Any, status: int = 200) -> flask.Response:
    """Keeps the answer of the running idempotent call in the caller's transaction and returns it.

    Does nothing but build the response when the call carries no key.
    """
    response = respond(value, status)
    running = _running.get()
    if running is not None:
        running.store.save(connection, running.claim, _kept(response), running.has_been_kept)
    return response


def _claim(key: str) -> Claim:
    request = flask.request
    rule = request.url_rule.rule if request.url_rule else request.path
    return Claim(f"{request.method} {rule}", key, fingerprint(), new_owner())


def fingerprint() -> str:
    """SHA-256 hex of the running request: method, path, query, body; JSON counts by value, not by spelling.

    With the key it identifies a request, for handlers that record it with their own effect.
    """
    request = flask.request
    digest = hashlib.sha256(f"{request.method} {request.path}?".encode())
    digest.update(request.query_string + b"\n" + _canonical(request.get_data()))
    return digest.hexdigest()


def _canonical(body: bytes) -> bytes:
    try:
        return orjson.dumps(api_json.read(body), option=orjson.OPT_SORT_KEYS)
    except api_json.MalformedJsonError:
        return body


def _first_run(
    store: AnswerStore, claim: Claim, policy: Policy, handler: Callable[[], flask.Response]
) -> flask.Response:
    running = _Running(claim, store)
    token = _running.set(running)
    kept = False
    try:
        with store.unit(claim, policy.deferred) as unit:
            response, keeps = _outcome(handler)
            if keeps and not running.kept:
                unit.save(_kept(response))
        kept = keeps
        return response
    except LostClaimError:
        raise _still_running() from None
    finally:
        _running.reset(token)
        if not kept:
            store.free(claim)  # no effect on an answer that is kept


def _outcome(handler: Callable[[], flask.Response]) -> tuple[flask.Response, bool]:
    """The response and whether the key remembers it; problems that free the key are raised again."""
    try:
        response = handler()
    except Exception as error:
        problems = current_problems()
        problem = problems.of(error)
        if not problem.keeps_key:
            raise problem from error
        return problems.render(problem), True
    return response, response.status_code < 300 or response.status_code in (409, 422)


def _kept(response: flask.Response) -> KeptAnswer:
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    headers |= {name: value for name, value in response.headers.items() if name.startswith("X-")}
    return KeptAnswer(response.status_code, headers, response.get_data())


def _replay(answer: KeptAnswer) -> flask.Response:
    return flask.Response(answer.body, answer.status, {**answer.headers, REPLAYED: "true"})


def _still_running() -> Problem:
    return Problem(409, "idempotency-key-en-cours", headers={"Retry-After": "1"}, keeps_key=False)


class MemoryAnswers:
    """Claims and answers of one process, for tests and in-memory adapters; forgets nothing by itself."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], tuple[Claim, KeptAnswer | None]] = {}
        self._lock = threading.Lock()

    def claim(self, claim: Claim, lease_s: float) -> KeptAnswer | None:
        """See `AnswerStore`; leases do not end, as the process that holds them is this one."""
        with self._lock:
            row = self._rows.setdefault((claim.route, claim.key), (claim, None))
            first, answer = row
            if first is claim:
                return None
            if first.fingerprint != claim.fingerprint:
                raise KeyReusedError
            if answer is None:
                raise KeyRunningError
            return answer

    @contextmanager
    def unit(self, claim: Claim, deferred: bool) -> Iterator[AnswerUnit]:
        """Saves when the block ends well."""
        unit = _MemoryUnit()
        yield unit
        if unit.answer is not None:
            self._keep(claim, unit.answer)

    def save(self, connection: Any, claim: Claim, answer: KeptAnswer, done: Callable[[], None]) -> None:
        """See `AnswerStore`; there is no transaction to wait for."""
        self._keep(claim, answer)
        done()

    def _keep(self, claim: Claim, answer: KeptAnswer) -> None:
        with self._lock:
            self._rows[claim.route, claim.key] = (claim, answer)

    def free(self, claim: Claim) -> None:
        """See `AnswerStore`."""
        with self._lock:
            row = self._rows.get((claim.route, claim.key))
            if row is not None and row[0].owner == claim.owner and row[1] is None:
                del self._rows[claim.route, claim.key]


class _MemoryUnit:
    def __init__(self) -> None:
        self.answer: KeptAnswer | None = None

    def save(self, answer: KeptAnswer) -> None:
        self.answer = answer
