"""Eureka's REST, relative to `/eureka` or `/eureka/v2`, as a function from request to answer.

No framework: the event loop of our own server and the WSGI application share it. Nothing is ever
redirected, and errors have empty bodies: Java's client takes any body of a heartbeat for an instance,
and an HTML page for a broken transport, after which it would never register again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import orjson

from discovery.adapters.documents import Documents
from discovery.adapters.exchange import Answer, Request
from discovery.adapters.negotiation import accepts_gzip, form_of
from discovery.adapters.overview import acts
from discovery.adapters.registration import (
    UNPARSABLE,
    InvalidInstanceError,
    UnsupportedBodyError,
    instance_of,
)
from discovery.domain.readings import Renewal
from discovery.domain.registry import Registry
from ressort.discovery.instance import STATUSES, UNKNOWN
from ressort.discovery.wire import Form, InstanceInfo, WireError

PREFIX = "eureka"
_log = logging.getLogger("discovery")
_VERSION = re.compile(r"v\d+\Z")
_NOT_FOUND = Answer(404)
_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_REASON = 200
_BAD_REASON = Answer(400, b"motif must be one line of at most 200 characters", "text/plain;charset=utf-8")
_OK = Answer(200)
Handler = Callable[[Request, list[str]], Answer]


class EurekaApi:
    """Answers every request below `/eureka`."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._documents = Documents(registry)
        self._routes: dict[tuple[str, int], dict[str, Handler]] = {
            ("apps", 0): {"GET": self._all},
            ("apps", 1): {"GET": self._application, "POST": self._register},
            ("apps", 2): {"GET": self._instance, "PUT": self._renew, "DELETE": self._cancel},
            ("apps/status", 3): {"PUT": self._override, "DELETE": self._remove_override},
            ("apps/metadata", 3): {"PUT": self._metadata},
            ("instances", 1): {"GET": self._instance_anywhere},
            ("vips", 1): {"GET": self._vip},
            ("svips", 1): {"GET": self._secure_vip},
            ("serverinfo", 1): {"GET": self._server_info},
        }

    def answer(self, request: Request) -> Answer:
        """The answer to any request whose path begins with `/eureka`."""
        segments = request.segments()[1:]
        if segments and _VERSION.match(segments[0]):
            segments = segments[1:]
        methods = self._methods(segments)
        if methods is None:
            return _NOT_FOUND
        allowed = ", ".join(sorted({*methods, "OPTIONS", *({"HEAD"} if "GET" in methods else ())}))
        if request.method == "OPTIONS":
            return Answer(200, headers=(("Allow", allowed),))
        handler = methods.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            return Answer(405, headers=(("Allow", allowed),))
        return handler(request, segments[1:])

    def _methods(self, segments: list[str]) -> dict[str, Handler] | None:
        if not segments:
            return None
        kind, depth = segments[0], len(segments) - 1
        if kind == "apps" and depth == 3:
            kind = f"apps/{segments[3]}"
        return self._routes.get((kind, depth))

    # -- reads --------------------------------------------------------------------------------------------

    def _all(self, request: Request, _: list[str]) -> Answer:
        return self._cached(request, self._documents.all)

    def _application(self, request: Request, segments: list[str]) -> Answer:
        if segments[0] == "delta":
            return self._cached(request, self._documents.delta)
        form = _form(request)
        if form is None:
            return Answer(406)
        document = self._documents.application(segments[0].upper(), form)
        return _NOT_FOUND if document is None else Answer(200, document, form.content_type)

    def _cached(self, request: Request, document: Callable[[Form, bool], bytes]) -> Answer:
        form = _form(request)
        if form is None:
            return Answer(406)
        zipped = accepts_gzip(request.header("accept-encoding"))
        headers: tuple[tuple[str, str], ...] = (("Vary", "Accept, Accept-Encoding, X-Eureka-Accept"),)
        if zipped:
            headers += (("Content-Encoding", "gzip"),)
        return Answer(200, document(form, zipped), form.content_type, headers)

    def _instance(self, request: Request, segments: list[str]) -> Answer:
        return self._one(request, self._registry.instance(*self._key(segments)))

    def _instance_anywhere(self, request: Request, segments: list[str]) -> Answer:
        found = self._registry.instance_anywhere(segments[0])
        return self._one(request, found or self._registry.instance_anywhere(_form_decoded(segments[0])))

    def _one(self, request: Request, info: InstanceInfo | None) -> Answer:
        form = _form(request)
        if form is None:
            return Answer(406)
        if info is None:
            return _NOT_FOUND
        return Answer(200, self._documents.instance(info, form), form.content_type)

    def _vip(self, request: Request, segments: list[str]) -> Answer:
        return self._virtual_hosts(request, segments[0], secure=False)

    def _secure_vip(self, request: Request, segments: list[str]) -> Answer:
        return self._virtual_hosts(request, segments[0], secure=True)

    def _virtual_hosts(self, request: Request, vip: str, secure: bool) -> Answer:
        form = _form(request)
        if form is None:
            return Answer(406)
        return Answer(200, self._documents.virtual_hosts(vip, form, secure), form.content_type)

    def _server_info(self, request: Request, segments: list[str]) -> Answer:
        match segments[0]:
            case "statusoverrides":
                return Answer(200, orjson.dumps(self._registry.overrides()), "application/json")
            case "operatoracts":
                return Answer(200, orjson.dumps(acts(self._registry)), "application/json")
        return _NOT_FOUND

    # -- writes -------------------------------------------------------------------------------------------

    def _register(self, request: Request, segments: list[str]) -> Answer:
        try:
            info = instance_of(request, segments[0].upper())
        except UnsupportedBodyError:
            return Answer(415)
        except WireError:
            return _unparsable(request)
        except InvalidInstanceError as error:
            return Answer(400, str(error).encode(), "text/plain;charset=utf-8")
        self._registry.register(info, _replicated(request))
        return Answer(204)

    def _renew(self, request: Request, segments: list[str]) -> Answer:
        parameters = request.parameters()
        try:
            dirty_ms = _stamp(parameters)
        except ValueError:
            return Answer(400)
        key = self._key(segments)
        renewal = self._registry.renew(
            *key, dirty_ms, _replicated(request), parameters.get("overriddenstatus")
        )
        if renewal is Renewal.OUTDATED:
            form = _form(request) or Form.XML
            info = self._registry.instance(*key)
            body = self._documents.instance(info, form) if info else b""
            return Answer(409, body, form.content_type)
        return Answer(renewal.value)

    def _cancel(self, request: Request, segments: list[str]) -> Answer:
        return self._operate(request.parameters(), segments, self._registry.cancel, "was evicted")

    def _override(self, request: Request, segments: list[str]) -> Answer:
        return self._impose(request, segments, self._registry.override, "was set to {}", "")

    def _remove_override(self, request: Request, segments: list[str]) -> Answer:
        return self._impose(request, segments, self._registry.remove_override, "was put back", UNKNOWN)

    def _impose(
        self, request: Request, segments: list[str], act: Callable[..., bool], told: str, default: str
    ) -> Answer:
        """A status, ``default`` where none is given, with the stamp a client may send."""
        parameters = request.parameters()
        status = parameters.get("value", "").upper() or default
        try:
            dirty_ms = _stamp(parameters)
        except ValueError:
            return Answer(400)
        if status not in STATUSES:
            return Answer(400)
        return self._operate(
            parameters,
            segments,
            lambda app, instance_id, reason: act(app, instance_id, status, dirty_ms, reason),
            told.format(status),
        )

    def _operate(
        self, parameters: dict[str, str], segments: list[str], act: Callable[[str, str, str], bool], told: str
    ) -> Answer:
        """Something done to an instance; logged when an operator says why."""
        reason = _reason(parameters)
        if reason is None:
            return _BAD_REASON
        app, instance_id = self._key(segments)
        if not act(app, instance_id, reason):
            return _NOT_FOUND
        if reason:
            _log.warning("%s (%s) %s by an operator: %s", instance_id, app, told, reason)
        return _OK

    def _metadata(self, request: Request, segments: list[str]) -> Answer:
        updated = self._registry.update_metadata(*self._key(segments), request.parameters())
        return _OK if updated else _NOT_FOUND

    def _key(self, segments: list[str]) -> tuple[str, str]:
        """Application and instance id of a path; ids that Steeltoe form-encoded are found as well."""
        app, instance_id = segments[0].upper(), segments[1]
        if "+" in instance_id and self._registry.instance(app, instance_id) is None:
            return app, _form_decoded(instance_id)
        return app, instance_id


def _form(request: Request) -> Form | None:
    return form_of(request.header("accept"), request.header("x-eureka-accept"))


def _replicated(request: Request) -> bool:
    return (request.header("x-netflix-discovery-replication") or "").lower() == "true"


def _reason(parameters: dict[str, str]) -> str | None:
    """An operator's reason, empty when none was given; None for one that is no line or too long."""
    reason = parameters.get("motif", "")
    return None if len(reason) > _LONGEST_REASON or _NOT_IN_A_LINE.search(reason) else reason


def _stamp(parameters: dict[str, str]) -> int | None:
    text = parameters.get("lastDirtyTimestamp")
    return int(text) if text not in (None, "", "null") else None


def _form_decoded(text: str) -> str:
    return text.replace("+", " ")


def _unparsable(request: Request) -> Answer:
    if "xml" in (request.header("content-type") or "").lower():
        body = f"<error><message>{UNPARSABLE}</message></error>".encode()
        return Answer(400, body, "application/xml")
    return Answer(400, orjson.dumps({"error": UNPARSABLE}), "application/json")
