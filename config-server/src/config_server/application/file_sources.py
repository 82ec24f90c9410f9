"""The sources of one question in one revision: candidate files, profiles they add, files they import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from config_server.application.file_rules import (
    FileRules,
    chosen_profiles,
    decides,
    imported_paths,
    kept_legacy,
    merged_texts,
)
from config_server.application.ports import Revision
from config_server.domain.answer import Property, Source
from config_server.domain.errors import BrokenContentError
from config_server.domain.precedence import EXTENSIONS, plain_files, profile_files
from config_server.domain.question import Question
from ressort.config import ConfigError, Document
from ressort.config.profiles import accepts

Parsed = Callable[[bytes, str], Sequence[Document]]


class FileSources:
    """Used once. ``places`` are the search places, lowest first."""

    def __init__(
        self,
        uri: str,
        revision: Revision,
        question: Question,
        places: Sequence[str],
        parsed: Parsed,
        rules: FileRules,
    ) -> None:
        self._uri = uri
        self._revision = revision
        self._question = question
        self._places = places
        self._parsed = parsed
        self._rules = rules
        self._profiles = question.profiles
        self._chooses = rules.repository_profiles and question.profiles[0] != "default"
        self._read: set[str] = set()
        self._raised: list[Source] = []

    def found(self) -> list[Source]:
        """Highest precedence first. Raises BrokenContentError naming file and line."""
        try:
            return self._found()
        except ConfigError as error:
            version = self._revision.version
            raise BrokenContentError(f"{error} (commit {version})" if version else str(error)) from error

    def _found(self) -> list[Source]:
        plain = list(plain_files(self._question, self._places))
        if self._chooses:
            known = [document for path in plain for document in self._before(path, {path})]
            self._profiles = chosen_profiles(self._question, known)
        specific = list(
            profile_files(replace(self._question, profiles_text=",".join(self._profiles)), self._places)
        )
        self._read.update(specific, plain)
        own = [source for path in specific for source in self._file(path, specific=True)]
        rest = [source for path in plain for source in self._file(path)]
        return [*self._raised, *own, *rest]

    def _documents(self, path: str) -> Sequence[Document]:
        data = self._revision.read(path)
        return () if data is None else self._parsed(data, path)

    def _before(self, path: str, seen: set[str]) -> Iterator[Document]:
        """The documents of a plain file and of what it imports, highest first, before profiles are known."""
        for document in reversed(self._documents(path)):
            if not decides(document) or document.conditional or document.active_for(()):
                for imported in self._imports(document, path):
                    if imported not in seen:
                        seen.add(imported)
                        yield from self._before(imported, seen)
                yield document

    def _file(self, path: str, *, specific: bool = False) -> Iterator[Source]:
        """The sources of one file, later documents first, what a document imports above it."""
        documents = self._documents(path)
        for place in reversed(range(len(documents))):
            document = documents[place]
            if not self._active(document):
                continue
            if (
                specific
                and decides(document)
                and self._rules.repository_profiles
                and self._question.profiles[0] != "default"
            ):
                document.refuse_profile_settings()
            yield from self._imported(document, path, specific)
            yield Source(
                self._name(path, place, len(documents)),
                _properties(document),
                path,
                place if len(documents) > 1 else None,
                self._revision.version,
            )

    def _active(self, document: Document) -> bool:
        if not decides(document):
            return True
        legacy = kept_legacy(document, self._rules)
        return document.active_for(self._profiles) and (not legacy or accepts(legacy, self._profiles))

    def _imported(self, document: Document, importer: str, specific: bool) -> Iterator[Source]:
        """Imports with the variants for profiles; those of plain files are raised above all, as Boot does."""
        wanted = [path for path in dict.fromkeys(self._imports(document, importer)) if path not in self._read]
        self._read.update(wanted)
        for path in wanted:
            stem, _, extension = path.rpartition(".")
            variants = [f"{stem}-{profile}.{extension}" for profile in reversed(self._profiles)]
            unread = [each for each in variants if each not in self._read]
            self._read.update(unread)
            above = [source for each in unread for source in self._file(each, specific=True)]
            if specific:
                yield from above
            else:
                self._raised[:0] = above
            yield from self._file(path, specific=specific)

    def _imports(self, document: Document, importer: str) -> Iterator[str]:
        """The files that a document imports, highest first; a folder stands for the application's files in it."""
        if not self._rules.repository_imports or not decides(document) or not document.imports:
            return
        values = merged_texts([document, *self._documents(importer)])
        for path in reversed(list(imported_paths(document, importer, values))):
            if path.endswith("/") or path == "":
                yield from plain_files(self._question, [path.rstrip("/")])
            elif path.rpartition(".")[2] in EXTENSIONS:
                yield path

    def _name(self, path: str, place: int, count: int) -> str:
        if count == 1:
            return f"{self._uri}/{path}"
        return f"{self._uri}/Config resource 'file [{path}]' via location '' (document #{place})"


def _properties(document: Document) -> dict[str, Property]:
    return {
        key: Property(value.value, value.origin.place if value.origin is not None else None)
        for key, value in document.source.properties.items()
    }
