"""Question and form to bytes: what one commit answers is made once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config_server.application.find_environment import FindEnvironment
from config_server.application.kept import Kept
from config_server.application.ports import Snapshot
from config_server.domain.answer import EnvironmentAnswer
from config_server.domain.errors import InvalidRequestError
from config_server.domain.flattening import flattened, java_text, nested, properties_text
from config_server.domain.json_text import json_text
from config_server.domain.question import Flattened, Question
from config_server.domain.yaml_text import yaml_text
from ressort.config import ConfigError, resolve

V2 = "application/vnd.spring-cloud.config-server.v2+json"
_KEPT_BYTES, _OVERHEAD = 14 * 2**20, 1_024


@dataclass(frozen=True, slots=True)
class Form:
    """How an answer is written: ``kind`` v1, v2, json, yml or properties, placeholders resolved or not."""

    kind: str
    resolve_placeholders: bool = True

    @property
    def content_type(self) -> str:
        """The media type Spring sends for it."""
        types = {"v1": "application/json", "v2": V2, "json": "application/json"}
        return types.get(self.kind, "text/plain;charset=UTF-8")


@dataclass(frozen=True, slots=True)
class Written:
    """An answer ready to be sent."""

    body: bytes
    content_type: str
    etag: str


class Answering:
    """Thread-safe. Broken content is not kept: it is reported again, and gone with the next commit."""

    def __init__(
        self, find: FindEnvironment, *, strip_document: bool = True, settings_digest: str = ""
    ) -> None:
        self._find = find
        self._settings_digest = settings_digest
        self._strip_document = strip_document
        self._kept = Kept(self._write, lambda written: len(written.body) + _OVERHEAD, _KEPT_BYTES)

    def etag(self, snapshot: Snapshot, question: Question, form: Form) -> str:
        """Names the answer without making it: the same content, question and form give the same bytes."""
        parts = (question.name, question.profiles_text, question.label, form, self._settings_digest)
        digest = hashlib.sha256(repr((snapshot.identity, *parts)).encode()).hexdigest()
        return f'"{digest[:32]}"'

    def snapshot(self, question: Question) -> Snapshot:
        """What is in force. Raises LabelNotFoundError, RepositoryUnavailableError."""
        return self._find.snapshot(question)

    def answer(self, snapshot: Snapshot, question: Question, form: Form) -> Written:
        """The answer of that snapshot. Raises BrokenContentError, NothingFoundError, InvalidRequestError."""
        return self._kept(snapshot, question, form)

    def resolved(self, text: str, snapshot: Snapshot, question: Question) -> str:
        """A text with the placeholders that the answer to the question knows filled in, the others left."""
        return _resolved_text(text, flattened(self._find.answer(question, snapshot)))

    def decrypted(self, text: str) -> str:
        """A file's text with the encrypted strings in it decrypted, where the settings ask for that."""
        return self._find.decryption.in_text(text)

    def _write(self, snapshot: Snapshot, question: Question, form: Form) -> Written:
        answer = self._find.answer(question, snapshot)
        body = self._environment(answer, form) if form.kind in ("v1", "v2") else self._flattened(answer, form)
        return Written(body, form.content_type, self.etag(snapshot, question, form))

    def _environment(self, answer: EnvironmentAnswer, form: Form) -> bytes:
        return json_text(answer.as_json(with_origins=form.kind == "v2")).encode()

    def _flattened(self, answer: EnvironmentAnswer, form: Form) -> bytes:
        flat = flattened(answer)
        if form.resolve_placeholders:
            flat = _resolved(flat)
        if form.kind == "properties":
            return properties_text(flat).encode()
        if form.kind == "json":
            return json_text(nested(flat)).encode()
        tree = nested(flat)
        if self._strip_document and list(tree) == ["document"]:
            return yaml_text(tree["document"]).encode()
        return yaml_text(tree).encode()


def form_of(question: Question | Flattened, accept: str, resolve_placeholders: bool) -> Form:
    """The form a request asks for by its path or its Accept header."""
    if isinstance(question, Flattened):
        kind = {"yaml": "yml"}.get(question.format, question.format)
        return Form(kind, resolve_placeholders)
    return Form("v2" if V2 in accept.lower() else "v1")


def _resolved(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Placeholders replaced from this very map, value by value; what cannot be resolved stays as written."""
    return {
        key: _resolved_text(value, flat) if isinstance(value, str) else value for key, value in flat.items()
    }


def _resolved_text(text: str, flat: Mapping[str, Any]) -> str:
    try:
        return resolve(text, lambda key: java_text(flat[key]) if key in flat else None, strict=False)
    except ConfigError as error:
        raise InvalidRequestError(str(error)) from error
