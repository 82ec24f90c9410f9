"""Eureka's REST in front of a WSGI application, for servers that are not our own and for tests."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from discovery.adapters.eureka_api import EurekaApi
from discovery.adapters.exchange import Answer, Request
from discovery.adapters.hot import below_eureka
from discovery.adapters.registration import LARGEST_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class EurekaBeforeWsgi:
    """Takes what lies below `/eureka`; a path the server decoded already is encoded again."""

    def __init__(self, api: EurekaApi, application: WSGIApplication) -> None:
        self._api = api
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        path = quote(environ.get("PATH_INFO", "").encode("latin-1"), safe="/+")
        if not below_eureka(path.encode()):
            return self._application(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > LARGEST_BODY:
            return _send(Answer(413), environ, start_response)
        request = Request(
            method=environ["REQUEST_METHOD"],
            path=path,
            query=environ.get("QUERY_STRING", ""),
            header=lambda name: _header(environ, name),
            body=environ["wsgi.input"].read(length) if length else b"",
        )
        return _send(self._api.answer(request), environ, start_response)


def _send(answer: Answer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = list(answer.headers)
    if answer.body and answer.content_type:
        headers.append(("Content-Type", answer.content_type))
    if answer.status != HTTPStatus.NO_CONTENT:
        headers.append(("Content-Length", str(len(answer.body))))
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _header(environ: WSGIEnvironment, name: str) -> str | None:
    key = name.upper().replace("-", "_")
    value: str | None = environ.get(key if key.startswith("CONTENT_T") else f"HTTP_{key}")
    return value
