"""Files served as they are: as text with placeholders filled in, or byte for byte (config-server facts, 1.4)."""

from __future__ import annotations

import codecs
import hashlib
from datetime import datetime
from http import HTTPStatus

from flask import Response, request

from config_server.adapters.answering import Answering
from config_server.adapters.query import switch
from config_server.application.ports import Resource, Snapshot
from config_server.domain.question import PlainFile

_CONFIGURATION = (".yml", ".yaml", ".json", ".properties")
_BYTES = "application/octet-stream"


def plain_file(answering: Answering, asked: PlainFile) -> Response:
    """The answer to a request for a file: 200, 304 when it is the one the client has, 404 with no body."""
    snapshot = answering.snapshot(asked.question)
    found = snapshot.resource(asked.path)
    if found is None:
        return Response(status=HTTPStatus.NOT_FOUND)
    response = _as_bytes(found) if _wants_bytes() else _as_text(answering, snapshot, asked, found)
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    if found.modified is not None:
        response.last_modified = found.modified
    return _unless_known(response, found.modified)


def _as_bytes(found: Resource) -> Response:
    response = Response(found.data, content_type=_BYTES)
    response.headers["Content-Disposition"] = "inline;filename=f.txt"
    return response


def _as_text(answering: Answering, snapshot: Snapshot, asked: PlainFile, found: Resource) -> Response:
    """The text in the charset asked for; every placeholder the environment knows is replaced unless switched off."""
    charset = _charset()
    text = found.data.decode(charset, "replace")
    if switch("resolvePlaceholders"):
        text = answering.resolved(text, snapshot, asked.question)
    if found.path.endswith(_CONFIGURATION):
        text = answering.decrypted(text)
    return Response(text.encode(charset, "replace"), content_type=f"{_media_type()};charset={charset}")


def _wants_bytes() -> bool:
    return any(kind == _BYTES for kind, _ in request.accept_mimetypes)


def _media_type() -> str:
    first = next((kind for kind, _ in request.accept_mimetypes), "*/*")
    return "text/plain" if "*" in first else first.partition(";")[0]


def _charset() -> str:
    for name, _ in request.accept_charsets:
        try:
            codecs.lookup(name)
        except LookupError:
            continue
        return name.upper()
    return "UTF-8"


def _unless_known(response: Response, modified: datetime | None) -> Response:
    """304 when the client's copy is this one; its entity tag says more than its date."""
    if request.if_none_match:
        known = request.if_none_match.contains(response.get_etag()[0] or "")
    else:
        since = request.if_modified_since
        known = since is not None and modified is not None and modified.replace(microsecond=0) <= since
    if known:
        response.status_code = HTTPStatus.NOT_MODIFIED
        response.set_data(b"")
    return response
