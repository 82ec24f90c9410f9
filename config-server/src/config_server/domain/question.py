"""What a client asks for: application, profiles, label; read from the path and checked against escapes.

Rules and their reasons (two traversal CVEs among them): config-server facts, sections 1, 1.5 and 7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from config_server.domain.errors import InvalidRequestError

_FILE_LIKE = re.compile(r"\.(?:yml|yaml|properties|json)\b")
_FLATTENED = re.compile(r"(?P<name>.*)-(?P<profiles>[^-]*)\.(?P<format>yml|yaml|properties|json)\Z", re.S)
_FORBIDDEN = re.compile(r"[\\\x00-\x1f\x7f%#*]|\.\.")
_ENCODED_SEPARATOR = re.compile(r"%(?:2f|5c|00)", re.I)
RESERVED_ROOTS = frozenset({"actuator", "encrypt", "decrypt", "key", "monitor", "explain", "diff"})


@dataclass(frozen=True, slots=True)
class Question:
    """Application name and label with ``(_)`` already decoded; ``profiles_text`` as it stood in the path."""

    name: str
    profiles_text: str
    label: str | None = None

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles in the order asked for."""
        return tuple(part.strip() for part in self.profiles_text.split(","))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order asked for; none when the default counts."""
        return () if self.label is None else tuple(part.strip() for part in self.label.split(","))

    @property
    def names(self) -> tuple[str, ...]:
        """File stems, lowest precedence first: ``application``, then each name asked for."""
        asked = [part.strip() for part in self.name.split(",") if part.strip()]
        return ("application", *[name for name in asked if name != "application"])


@dataclass(frozen=True, slots=True)
class Flattened:
    """The same question, to be answered as one merged text in ``format``: yml, yaml, properties or json."""

    question: Question
    format: str


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file to be served as it is: ``path`` below the search places of the question."""

    question: Question
    path: str


def plain_file_of(path: str, use_default_label: bool) -> PlainFile | None:
    """The file of ``/name/profile/label/path...``, or of ``/name/profile/path`` under the default label.

    None when the path names no file, or one that may not be looked up: it is not there. Raises
    InvalidRequestError for a name, profile or label that is refused.
    """
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) < 3 or segments[0] in RESERVED_ROOTS:
        return None
    if len(segments) == 3 and not use_default_label:
        return None
    label, rest = (None, segments[2:]) if len(segments) == 3 else (segments[2], segments[3:])
    question = checked_question(segments[0], segments[1], label)
    if any(part in (".", "..") or _FORBIDDEN.search(part) for part in rest):
        return None
    return PlainFile(question, "/".join(rest))


def question_of(path: str) -> Question | Flattened | None:
    """The question of a decoded request path such as ``/facture-service/dev/main``; None when it is none.

    Raises InvalidRequestError for a part that may not be looked up.
    """
    segments = [segment for segment in path.split("/") if segment]
    if not segments or segments[0] in RESERVED_ROOTS or len(segments) > 3:
        return None
    flattened = _FLATTENED.match(segments[-1]) if len(segments) <= 2 else None
    if flattened is not None:
        label = segments[0] if len(segments) == 2 else None
        return Flattened(
            checked_question(flattened["name"], flattened["profiles"], label), flattened["format"]
        )
    if len(segments) == 1 or _FILE_LIKE.search(segments[1]):
        return None
    return checked_question(segments[0], segments[1], segments[2] if len(segments) == 3 else None)


def refuse_encoded_separators(raw: str) -> None:
    """A path as it was sent: an encoded slash, backslash or NUL is refused before anything is looked up, as servlet
    containers do. Raises InvalidRequestError."""
    if _ENCODED_SEPARATOR.search(raw):
        raise InvalidRequestError("encoded separator in the path")


def checked_question(name: str, profiles: str, label: str | None) -> Question:
    """A question whose parts may be looked up, ``(_)`` decoded. Raises InvalidRequestError for one that may not."""
    question = Question(_decoded("name", name), profiles, None if label is None else _decoded("label", label))
    for profile in question.profiles:
        if not valid_profile(profile) or ".." in profile:
            raise InvalidRequestError(f"Invalid profile: {profile!r}")
    return question


def valid_profile(name: str) -> bool:
    """Letters and decimal digits of any script and ``-_.+@``; a letter or digit at both ends, as in Spring."""
    ends = name[:1] + name[-1:]
    return (
        ends != ""
        and all(map(_is_alphanumeric, ends))
        and all(_is_alphanumeric(each) or each in "-_.+@" for each in name)
    )


def _is_alphanumeric(character: str) -> bool:
    return character.isalpha() or character.isdecimal()


def _decoded(kind: str, text: str) -> str:
    if text.startswith("(_)") or _FORBIDDEN.search(text):
        raise InvalidRequestError(f"Invalid {kind}: {text!r}")
    decoded = text.replace("(_)", "/")
    if any(part in ("", ".", "..") for part in decoded.split("/")):
        raise InvalidRequestError(f"Invalid {kind}: {text!r}")
    if kind == "label" and decoded.startswith("-"):
        raise InvalidRequestError(f"Invalid {kind}: {text!r}")
    return decoded
