"""What would break before a merge: a folder of configuration read as the configuration server and its clients will."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ressort.config import ConfigError, Document, Origin, declared_keys, is_secret, read_documents
from ressort.config.names import parse_name
from ressort.config.near_miss import Vocabulary
from ressort.errors import RessortError

EXTENSIONS = frozenset({"yml", "yaml", "properties"})
SHARED = "application"
_PLACEHOLDER = re.compile(r"(?<!\\)\$\{([^${}:]+)\}")
"""A placeholder without a default."""
_FROM_OUTSIDE = re.compile(r"[A-Z][A-Z0-9_]*\Z|random[.\[]|spring\.application\.name\Z|user\.|java\.|vcap\.")
_NOT_IN_CLEAR = re.compile(r"\{cipher\}|\$\{|\{vault\}", re.I)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. An error breaks answers; a warning is for a person to judge."""

    place: str
    text: str
    error: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {'error' if self.error else 'warning'}: {self.text}"


@dataclass
class Report:
    """All findings, and how much was read."""

    findings: list[Finding] = field(default_factory=list)
    files: int = 0

    @property
    def errors(self) -> int:
        """How many break something."""
        return sum(finding.error for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    stem: str
    documents: tuple[Document, ...]


def lint(folder: Path, schemas: Path | None = None) -> Report:
    """Read every configuration file below `folder`, hidden folders left out.

    `schemas` holds `<application>.schema.json` and `ressort.schema.json` (``contracts/config``); without it no key
    counts as unknown. Raises RessortError when there is no such folder, or a schema cannot be read.
    """
    if not folder.is_dir():
        raise RessortError(f"there is no folder {folder} to read")
    report = Report()
    files = list(_files(folder, report))
    known = _schemas(schemas) if schemas is not None else {}
    for file in files:
        for document in file.documents:
            report.findings += _secrets(document)
            report.findings += _keys(document, _vocabulary(file.stem, known))
    report.findings += _placeholders(files)
    report.findings.sort(key=lambda finding: (not finding.error, finding.place))
    return report


def _files(folder: Path, report: Report) -> Iterator[_File]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or path.suffix.removeprefix(".") not in EXTENSIONS or not path.is_file():
            continue
        report.files += 1
        try:
            documents = read_documents(path.read_bytes(), str(inside), path.suffix.removeprefix("."))
            for document in documents:
                document.active_for(())
                _refuse_legacy(document)
        except ConfigError as error:
            report.findings.append(Finding(str(error.origin or inside), _without_place(error), error=True))
            continue
        yield _File(str(inside), path.stem, tuple(documents))


def _refuse_legacy(document: Document) -> None:
    value = document.source.properties.get("spring.profiles")
    if value is not None:
        raise ConfigError(
            "spring.profiles is no longer understood since Spring Boot 2.4: write spring.config.activate.on-profile",
            origin=value.origin,
        )


def _without_place(error: ConfigError) -> str:
    """The reason, with the key and the remedy it has; the place stands before it already."""
    return str(error).removeprefix(f"{error.origin}: ").replace(f" ({error.origin})", "")


def _secrets(document: Document) -> Iterator[Finding]:
    for key, value in document.source.properties.items():
        clear = isinstance(value.value, str) and value.value and not _NOT_IN_CLEAR.match(value.value)
        if clear and is_secret(key):
            yield Finding(
                _at(value.origin), f"{key} looks like a secret in clear text: encrypt it ({{cipher}}…)"
            )


def _placeholders(files: list[_File]) -> Iterator[Finding]:
    """Those that no file of the same application, and no shared one, can resolve."""
    shared = {key for file in files if _belongs(file.stem, SHARED) for key in _names(file)}
    for file in files:
        own = {key for other in files if _related(file.stem, other.stem) for key in _names(other)}
        for document in file.documents:
            for key, value in document.source.properties.items():
                for name in _PLACEHOLDER.findall(value.value) if isinstance(value.value, str) else ():
                    known = parse_name(name).uniform in (own | shared) or _FROM_OUTSIDE.match(name)
                    if not known:
                        yield Finding(
                            _at(value.origin),
                            f"{key} refers to ${{{name}}}, which no file here sets: add a default",
                        )


def _names(file: _File) -> set[tuple[str, ...]]:
    return {parse_name(key).uniform for document in file.documents for key in document.source.properties}


def _belongs(stem: str, application: str) -> bool:
    return stem == application or stem.startswith(f"{application}-")


def _related(stem: str, other: str) -> bool:
    """Files of one application: one stem is the other's, or its beginning up to a hyphen."""
    return _belongs(stem, other) or _belongs(other, stem) or stem.split("-")[0] == other.split("-")[0]


def _schemas(folder: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted(folder.glob("*.schema.json")):
        try:
            found[path.name.removesuffix(".schema.json")] = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise RessortError(f"{path} is no JSON schema: {error}") from error
    if not found:
        raise RessortError(f"there is no *.schema.json in {folder}: give --schemas")
    return found


Known = tuple[Mapping[str, Any], list[re.Pattern[str]], Callable[[str], str | None]]


def _vocabulary(stem: str, schemas: Mapping[str, dict[str, Any]]) -> Known | None:
    """Keys of an application's schema and the library's; all schemas together for a shared file; None without one."""
    own = [name for name in schemas if name != "ressort" and _belongs(stem, name)]
    if not own and not _belongs(stem, SHARED):
        return None
    used = schemas.values() if not own else [schemas[name] for name in (*own, "ressort") if name in schemas]
    properties = {key: about for schema in used for key, about in schema.get("properties", {}).items()}
    patterns = [re.compile(text) for schema in used for text in schema.get("patternProperties", {})]
    return properties, patterns, Vocabulary([*properties, *declared_keys()]).nearest


def _keys(document: Document, known: Known | None) -> Iterator[Finding]:
    if known is None:
        return
    properties, patterns, nearest = known
    spelled = {parse_name(key).uniform: about for key, about in properties.items()}
    for key, value in document.source.properties.items():
        about = spelled.get(_plain(key))
        if about is not None and not _fits(value.value, about):
            yield Finding(
                _at(value.origin), f"{key} is {value.value!r}, which is no {_wanted(about)}", error=True
            )
        elif about is None and not any(pattern.match(re.sub(r"\[\d+\]", "", key)) for pattern in patterns):
            meant = nearest(key)
            if meant is not None:
                yield Finding(_at(value.origin), f"{key} is not known: did you mean {meant}?")


def _plain(key: str) -> tuple[str, ...]:
    return parse_name(re.sub(r"\[\d+\]", "", key)).uniform


def _fits(value: object, about: Mapping[str, Any]) -> bool:
    """Whether a reader that expects what the schema says can take the value; a placeholder is not judged."""
    text = str(value).strip()
    if "${" in text or text.startswith("{cipher}") or text == "":
        return True
    if "enum" in about:
        return text.replace("-", "_").upper() in {
            str(each).replace("-", "_").upper() for each in about["enum"]
        }
    kinds = about.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds == ["integer"]:
        return re.fullmatch(r"[-+]?\d+", text) is not None
    if kinds == ["boolean"]:
        return text.lower() in {"true", "false", "on", "off", "yes", "no", "1", "0"}
    return True


def _wanted(about: Mapping[str, Any]) -> str:
    return f"one of {', '.join(map(str, about['enum']))}" if "enum" in about else str(about["type"])


def _at(origin: Origin | None) -> str:
    return str(origin) if origin is not None else "?"
