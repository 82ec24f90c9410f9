"""Answers a question from one snapshot: overrides above all, then what the backend has."""

from __future__ import annotations

from collections.abc import Mapping

from config_server.application.decrypting import Decryption
from config_server.application.ports import Backend, Snapshot
from config_server.domain.answer import EnvironmentAnswer, Property, Source
from config_server.domain.content_state import content_state
from config_server.domain.errors import NothingFoundError
from config_server.domain.question import Question


class FindEnvironment:
    """The use case behind every form of answer; safe to call from many threads."""

    def __init__(
        self,
        backend: Backend,
        overrides: Mapping[str, str] | None = None,
        *,
        accept_empty: bool = True,
        decryption: Decryption | None = None,
        fill_state: bool = True,
    ) -> None:
        self._backend = backend
        self._overrides = _override_sources(overrides or {})
        self._accept_empty = accept_empty
        self.decryption = decryption or Decryption()
        self._fill_state = fill_state

    def snapshot(self, question: Question) -> Snapshot:
        """What answers the question now. Raises LabelNotFoundError, RepositoryUnavailableError."""
        return self._backend.snapshot(question)

    def glance(self, question: Question) -> Snapshot:
        """The same for somebody who looks all the time: of a backend that has ``glance``, without any traffic."""
        found: Snapshot = getattr(self._backend, "glance", self._backend.snapshot)(question)
        return found

    def answer(self, question: Question, snapshot: Snapshot) -> EnvironmentAnswer:
        """What the snapshot says.

        Raises BrokenContentError naming file and line, NothingFoundError when empty answers are refused.
        """
        sources = self.decryption.of([*self._overrides, *snapshot.sources()])
        if not sources and not self._accept_empty:
            raise NothingFoundError(f"No property source found for {question.name}")
        return EnvironmentAnswer(
            question.name,
            question.profiles_text,
            question.label,
            snapshot.version,
            tuple(sources),
            snapshot.state or (content_state(sources) if self._fill_state else snapshot.state),
        )


def _override_sources(overrides: Mapping[str, str]) -> list[Source]:
    if not overrides:
        return []
    found = {
        key: Property(text.replace("\\${", "${").replace("\\{", "{"), "Config server overrides")
        for key, text in overrides.items()
    }
    return [Source("overrides", found)]
