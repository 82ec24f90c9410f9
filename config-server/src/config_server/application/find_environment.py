"""Answers a question from one commit: reads its files in order and keeps what it parsed."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from config_server.application.ports import Repository, Revision
from config_server.domain.answer import EnvironmentAnswer, Property, Source
from config_server.domain.errors import BrokenContentError, NothingFoundError
from config_server.domain.precedence import candidate_files, expanded_folders
from config_server.domain.question import Question
from ressort.config import ConfigError, Document, read_documents

_CACHED_FILES = 2_048


class FindEnvironment:
    """The use case behind every form of answer; safe to call from many threads."""

    def __init__(
        self,
        repository: Repository,
        search_paths: Sequence[str] = (),
        overrides: Mapping[str, str] | None = None,
        *,
        accept_empty: bool = True,
    ) -> None:
        self._repository = repository
        self._search_paths = tuple(search_paths)
        self._overrides = dict(overrides or {})
        self._accept_empty = accept_empty
        self._parsed = lru_cache(maxsize=_CACHED_FILES)(_parsed)

    def revision(self, question: Question) -> Revision:
        """The commit that answers the question now. Raises LabelNotFoundError."""
        return self._repository.revision(question.label)

    def answer(self, question: Question, revision: Revision) -> EnvironmentAnswer:
        """What the files of the commit say.

        Raises BrokenContentError naming file and line, NothingFoundError when empty answers are refused.
        """
        sources = self._override_sources()
        for path in candidate_files(question, self._folders(question, revision)):
            sources += self._file(path, question.profiles, revision)
        if not sources and not self._accept_empty:
            raise NothingFoundError(f"No property source found for {question.name}")
        return EnvironmentAnswer(
            question.name, question.profiles_text, question.label, revision.version, tuple(sources)
        )

    def _override_sources(self) -> list[Source]:
        if not self._overrides:
            return []
        found = {
            key: Property(text.replace("\\${", "${").replace("\\{", "{"), "Config server overrides")
            for key, text in self._overrides.items()
        }
        return [Source("overrides", found)]

    def _folders(self, question: Question, revision: Revision) -> list[str]:
        folders: list[str] = []
        for folder in expanded_folders(self._search_paths, question, self._repository.default_label):
            if "*" in folder:
                folders += [found for found in revision.folders() if fnmatch.fnmatchcase(found, folder)]
            else:
                folders.append(folder)
        return list(dict.fromkeys(folders))

    def _file(self, path: str, profiles: Collection[str], revision: Revision) -> list[Source]:
        """The sources of one file, later documents first."""
        data = revision.read(path)
        if data is None:
            return []
        try:
            documents = self._parsed(data, path)
            kept = [
                Source(self._name(path, place, len(documents)), _properties(document))
                for place, document in enumerate(documents)
                if document.active_for(profiles)
            ]
        except ConfigError as error:
            raise BrokenContentError(f"{error} (commit {revision.version})") from error
        return kept[::-1]

    def _name(self, path: str, place: int, count: int) -> str:
        if count == 1:
            return f"{self._repository.uri}/{path}"
        return f"{self._repository.uri}/Config resource 'file [{path}]' via location '' (document #{place})"


def _parsed(data: bytes, path: str) -> tuple[Document, ...]:
    documents = tuple(read_documents(data, path, path.rpartition(".")[2]))
    for document in documents:
        _refuse_legacy_profiles(document)
    return documents


def _refuse_legacy_profiles(document: Document) -> None:
    value = document.source.properties.get("spring.profiles")
    if value is not None:
        raise ConfigError(
            "no longer understood since Spring Boot 2.4",
            key="spring.profiles",
            value=value.value,
            origin=value.origin,
            remedy="Write spring.config.activate.on-profile instead.",
        )


def _properties(document: Document) -> dict[str, Property]:
    return {
        key: Property(value.value, value.origin.place if value.origin is not None else None)
        for key, value in document.source.properties.items()
    }
