"""What files of a repository may decide about themselves: profiles they add, files they import."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config_server.domain.effective_profiles import with_included
from config_server.domain.question import Question
from ressort.config import ConfigError, Document, resolve
from ressort.config.conversion import comma_list, text_of
from ressort.config.imports import parse_import

_INCLUDE = "spring.profiles.include"
_GROUP = "spring.profiles.group."
_LEGACY = "spring.profiles"


@dataclass(frozen=True, slots=True)
class FileRules:
    """Switches; the defaults give Spring's results.

    ``legacy_profiles`` takes ``spring.profiles`` of a document, an error since Boot 2.4, as its activation.
    """

    repository_profiles: bool = True
    repository_imports: bool = True
    legacy_profiles: bool = False


def decides(document: Document) -> bool:
    """False when no key can concern loading: a cheap look before the exact ones."""
    return any(key[:6].lower() == "spring" for key in document.source.properties)


def chosen_profiles(question: Question, plain: Sequence[Document]) -> tuple[str, ...]:
    """The question's profiles with what the plain files, highest first, include and group.

    Raises ConfigError for an include below ``on-profile``, which would be circular.
    """
    if not any(decides(document) for document in plain):
        return question.profiles
    included: list[str] = []
    groups: dict[str, list[str]] = {}
    values = merged_texts(plain)
    for document in plain:
        included += _included(document, values)
        if not document.conditional:
            for name, members in _groups(document, values).items():
                groups.setdefault(name, members)
    return with_included(question.profiles, included, groups)


def merged_texts(documents: Iterable[Document]) -> dict[str, str]:
    """The texts that placeholders in these documents, highest first, may name."""
    found: dict[str, str] = {}
    for document in documents:
        for key, value in document.source.properties.items():
            found.setdefault(key, text_of(value.value))
    return found


def _included(document: Document, values: Mapping[str, str]) -> Iterator[str]:
    for wanted in document.listed(_INCLUDE):
        if document.conditional:
            raise ConfigError(
                "not allowed below spring.config.activate.on-profile",
                key=_INCLUDE,
                value=wanted.value,
                origin=wanted.origin,
                remedy="Move it to a document without profile, or to spring.profiles.group.",
            )
        yield from filled_in(text_of(wanted.value), values)


def _groups(document: Document, values: Mapping[str, str]) -> dict[str, list[str]]:
    names = {
        key[len(_GROUP) :].partition("[")[0] for key in document.source.properties if key.startswith(_GROUP)
    }
    return {
        name: [
            part for each in document.listed(_GROUP + name) for part in filled_in(text_of(each.value), values)
        ]
        for name in names
    }


def filled_in(text: str, values: Mapping[str, str]) -> list[str]:
    """The parts of a comma list once its placeholders are filled in; unknown ones stay."""
    return [part for part in comma_list(resolve(text, values.get, strict=False)) if part]


def imported_paths(document: Document, importer: str, values: Mapping[str, str]) -> Iterator[str]:
    """Paths inside the repository that a document imports, in order; a folder ends in a slash.

    Everything else, as a path out of the repository, ``file:`` or ``classpath:``, is not there, as far as a
    repository is concerned. Raises ConfigError for a file of a kind nobody can read and for a further server.
    """
    for wanted in document.imports:
        text = resolve(text_of(wanted.value), values.get, strict=False).strip()
        location = parse_import(text)
        if location.kind == "configserver" and not location.optional:
            raise ConfigError(
                "a repository cannot import a further config server",
                key="spring.config.import",
                value=text,
                origin=wanted.origin,
                remedy="Import it in the client.",
            )
        if location.kind != "file":
            continue
        if not location.path.endswith("/") and not location.optional:
            location.stem_and_extension()
        path = _inside(location.path, importer)
        if path is not None and not text.removeprefix("optional:").startswith("file:"):
            yield path


def _inside(path: str, importer: str) -> str | None:
    """The path seen from the importing file, None when it leaves the repository."""
    if path.startswith("/") or "\\" in path:
        return None
    found = posixpath.normpath(posixpath.join(posixpath.dirname(importer), path))
    if found == ".." or found.startswith(("../", "/")):
        return None
    plain = "" if found == "." else found
    return f"{plain}/" if path.endswith("/") else plain


def kept_legacy(document: Document, rules: FileRules) -> list[str]:
    """The old activation of a document, none without one. Raises ConfigError unless the rules take it."""
    wanted = document.listed(_LEGACY)
    if wanted and not rules.legacy_profiles:
        raise ConfigError(
            "no longer understood since Spring Boot 2.4",
            key=_LEGACY,
            value=wanted[0].value,
            origin=wanted[0].origin,
            remedy="Write spring.config.activate.on-profile instead.",
        )
    return [text_of(each.value) for each in wanted]
