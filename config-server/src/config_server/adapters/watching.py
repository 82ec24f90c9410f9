"""``/watch/{app}/{profiles}[/{label}]`` on the event loop: waiting clients cost no thread."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Flask, Response, abort

from config_server.adapters.answering import Answering, Form
from config_server.adapters.watch_request import WatchRequest, watch_request
from config_server.adapters.watchers import JSON, EventStream, LongPoll, LoopWatcher, refusal
from config_server.application.change_feed import ChangeFeed, Look, Seen
from config_server.application.find_environment import FindEnvironment
from config_server.domain.content_state import content_state
from config_server.domain.errors import InvalidRequestError
from config_server.domain.question import Question
from ressort.server import Exchange

WATCH_HEADER = "X-Config-Watch"


def look_of(find: FindEnvironment, answering: Answering) -> Look:
    """Looks at a question through its snapshot: the answer is made only when its identity is new."""

    def look(question: Question, before: Seen | None) -> Seen:
        snapshot = find.glance(question)
        if before is not None and before.identity == snapshot.identity:
            return before
        answer = find.answer(question, snapshot)
        state = answer.state or content_state(answer.sources)
        etags = {answering.etag(snapshot, question, Form(kind)).strip('"') for kind in ("v1", "v2")}
        return Seen(snapshot.identity, state, snapshot.version, frozenset({state, *etags}))

    return look


class WatchOnLoop:
    """A `HotHandler`: takes what lies below the watch path, leaves the rest to the application."""

    def __init__(
        self, feed: ChangeFeed, root: str, default_timeout_s: float = 30.0, max_timeout_s: float = 300.0
    ) -> None:
        self._feed = feed
        self._root = root.rstrip("/") + "/"
        self._default_timeout_s = default_timeout_s
        self._max_timeout_s = max_timeout_s

    def __call__(self, exchange: Exchange) -> bool:
        """Answer now or when something changes; False for other paths."""
        path = exchange.path.decode("latin-1")
        if not path.startswith(self._root):
            return False
        if exchange.method != b"GET":
            exchange.respond(405, [(b"Allow", b"GET")])
            return True
        try:
            asked = watch_request(
                exchange, path[len(self._root) :], self._default_timeout_s, self._max_timeout_s
            )
        except InvalidRequestError as error:
            _refuse(exchange, HTTPStatus.BAD_REQUEST, str(error))
            return True
        if asked is None:
            _refuse(exchange, HTTPStatus.NOT_FOUND, "ask for /{application}/{profiles} or with /{label}")
        else:
            self._wait(exchange, asked)
        return True

    def _wait(self, exchange: Exchange, asked: WatchRequest) -> None:
        def leave(watcher: LoopWatcher) -> None:
            self._feed.remove(asked.question, watcher)

        kind = EventStream if asked.stream else LongPoll
        watcher = kind(exchange, asked, leave)
        exchange.attach(watcher)
        if not self._feed.add(asked.question, watcher):
            watcher.turn_away()


def watch_routes(path: str, prefix: str = "") -> Blueprint:
    """Keeps the path reserved where requests reach the application: on engines that hold a thread per request."""
    routes = Blueprint("watching", __name__, url_prefix=prefix or None)

    @routes.get(f"/{path}/<anything:rest>")
    def watch(rest: str) -> Response:
        if len([part for part in rest.split("/") if part]) not in (2, 3):
            abort(HTTPStatus.NOT_FOUND)
        body = refusal(HTTPStatus.NOT_IMPLEMENTED, "/watch needs server.engine=ressort")
        return Response(body, HTTPStatus.NOT_IMPLEMENTED, content_type="application/json")

    return routes


def announce_watch(app: Flask, path: str) -> None:
    """Tell in every answer with an ETag that changes of it can be waited for, so that clients need not try."""

    @app.after_request
    def announce(response: Response) -> Response:
        if "ETag" in response.headers:
            response.headers[WATCH_HEADER] = path
        return response


def _refuse(exchange: Exchange, status: HTTPStatus, message: str) -> None:
    exchange.respond(status.value, [JSON], refusal(status, message))
