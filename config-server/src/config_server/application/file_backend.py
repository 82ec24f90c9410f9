"""Configuration from files: which files of a revision answer a question, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config_server.application.file_rules import FileRules
from config_server.application.file_sources import FileSources
from config_server.application.identified import Identified
from config_server.application.kept import Kept
from config_server.application.ports import Repository, Resource, Revision
from config_server.domain.answer import Source
from config_server.domain.ant_folders import matching_folders
from config_server.domain.precedence import candidate_resources, expanded_folders
from config_server.domain.question import Question
from ressort.config import Document, read_documents

_KEPT_BYTES = 10 * 2**20
_BYTES_PER_PROPERTY = 280
Folders = Callable[[Question, str, Revision], Sequence[str]]
"""Search places of a question under a label, inside a revision, lowest precedence first."""


class SearchPaths:
    """The root, then ``search-paths`` with their placeholders filled in and their wildcards looked up."""

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        self._patterns = tuple(patterns)

    def __call__(self, question: Question, label: str, revision: Revision) -> Sequence[str]:
        """See Folders."""
        folders: list[str] = []
        for folder in expanded_folders(self._patterns, question, label):
            if "*" in folder:
                folders += matching_folders(folder, revision.folders())
            else:
                folders.append(folder)
        return list(dict.fromkeys(folders))


class FileBackend:
    """A Backend over one repository; safe to call from many threads."""

    def __init__(
        self,
        repository: Repository,
        folders: Folders | None = None,
        *,
        reverse_locations: bool = False,
        rules: FileRules | None = None,
    ) -> None:
        self._repository = repository
        self._folders = folders or SearchPaths()
        self._reverse_locations = reverse_locations
        self._rules = rules or FileRules()
        self.parsed = Kept(_parsed, _weight, _KEPT_BYTES)

    @property
    def uri(self) -> str:
        """See Backend."""
        return self._repository.uri

    @property
    def default_label(self) -> str:
        """See Backend."""
        return self._repository.default_label

    def snapshot(self, question: Question) -> FileSnapshot:
        """See Backend; of several labels each must exist."""
        labels: tuple[str | None, ...] = question.labels or (None,)
        return FileSnapshot(self, question, tuple((each, self._repository.revision(each)) for each in labels))

    def places(self, question: Question, label: str | None, revision: Revision) -> Sequence[str]:
        """The search places in the revision, lowest first."""
        return self._folders(question, label or self.default_label, revision)

    def read(self, question: Question, revision: Revision, places: Sequence[str]) -> list[Source]:
        """The sources of a revision, highest precedence first. Raises BrokenContentError."""
        return FileSources(self.uri, revision, question, places, self.parsed, self._rules).found()

    def listed_places(self, question: Question, label: str | None, revision: Revision) -> Sequence[str]:
        """The search places in the order plain files are looked for."""
        places = self.places(question, label, revision)
        return tuple(reversed(places)) if self._reverse_locations else places


class FileSnapshot(Identified):
    """One question and the revisions its labels named; the last label wins."""

    def __init__(
        self,
        backend: FileBackend,
        question: Question,
        revisions: tuple[tuple[str | None, Revision], ...],
    ) -> None:
        self._backend = backend
        self._question = question
        self._revisions = revisions
        self.identity = ",".join(revision.identity for _, revision in revisions)
        self.state: str | None = ""

    @property
    def version(self) -> str | None:
        """See Snapshot."""
        versions = [revision.version for _, revision in self._revisions if revision.version is not None]
        return ",".join(versions) or None

    def sources(self) -> list[Source]:
        """See Snapshot."""
        found: list[Source] = []
        for label, revision in reversed(self._revisions):
            places = self._backend.places(self._question, label, revision)
            found += self._backend.read(self._question, revision, places)
        return found

    def resource(self, path: str) -> Resource | None:
        """See Snapshot."""
        for label, revision in reversed(self._revisions):
            places = self._backend.listed_places(self._question, label, revision)
            for candidate in candidate_resources(self._question, places, path):
                data = revision.read(candidate)
                if data is not None:
                    return Resource(candidate, data, revision.modified)
        return None


def _parsed(data: bytes, path: str) -> tuple[Document, ...]:
    return tuple(read_documents(data, path, path.rpartition(".")[2]))


def _weight(documents: Sequence[Document]) -> int:
    """Key, value, place and their objects, as measured."""
    return sum(len(document.source.properties) for document in documents) * _BYTES_PER_PROPERTY
