"""The grammar of ``spring.config.import``: ``optional:``, ``file:``, ``classpath:``, ``configtree:``, ``env:``,
``configserver:``, and hints such as ``[.yaml]`` or ``[extension=.yaml]`` for files without an extension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ressort.config.documents import EXTENSIONS, Document, read_documents
from ressort.config.errors import ConfigError
from ressort.config.merged import MergedProperties
from ressort.config.sources import Origin, PropertySource, Value

_HINT = re.compile(r"\[(?:extension=)?\.?(\w+)\](?:\[encoding=[\w-]+\])?\Z")
_KINDS = ("file", "classpath", "configtree", "env", "configserver")


@dataclass(frozen=True, slots=True)
class ImportLocation:
    """What one import names. ``hint`` is the extension to assume where the path has none."""

    kind: str
    path: str
    optional: bool
    hint: str | None = None

    def stem_and_extension(self) -> tuple[str, str]:
        """``conf/extra.yml`` gives ``conf/extra`` and ``yml``. Raises ConfigError for an unknown extension."""
        stem, dot, extension = self.path.rpartition(".")
        if dot and extension.lower() in EXTENSIONS:
            return stem, extension
        if self.hint in EXTENSIONS:
            return self.path, str(self.hint)
        raise ConfigError(
            f"no loader for '{self.path}'",
            key="spring.config.import",
            value=self.path,
            remedy="End it with .yml, .yaml, .properties or .xml, add a hint such as [.yaml], or / for a folder.",
        )


def parse_import(text: str) -> ImportLocation:
    """One location of ``spring.config.import``; without a prefix it is a file."""
    text = text.strip()
    optional = text.startswith("optional:")
    text = text.removeprefix("optional:")
    hint = _HINT.search(text)
    kind, colon, path = text.partition(":")
    if not colon or kind not in _KINDS:
        kind, path = "file", text
    if kind == "configserver":
        return ImportLocation(kind, path, optional)
    if hint is not None:
        path = _HINT.sub("", path)
    if kind == "file":
        path = path.removeprefix("//")
    return ImportLocation(kind, path, optional, hint[1] if hint else None)


def tree_source(folder: Path, shown: str) -> PropertySource | None:
    """``configtree:/dir/``: each file is a key (folders become dots), its content the value; None if absent."""
    if "*" in shown:
        base = Path(*[part for part in folder.parts if part != "*"])
        roots = sorted(path for path in base.glob("*") if path.is_dir()) if base.is_dir() else []
    else:
        roots = [folder] if folder.is_dir() else []
    found: dict[str, Value] = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            relative = path.relative_to(root)
            if path.is_file() and not any(part.startswith("..") for part in relative.parts):
                text = path.read_text(encoding="utf-8").removesuffix("\n")
                found[".".join(relative.parts)] = Value(text, Origin(str(path)))
    return PropertySource(f"Config tree '{shown}'", found) if roots else None


def variable_documents(target: ImportLocation, known: MergedProperties) -> list[Document] | None:
    """``env:NAME[.yaml]``: the variable's text read as a file; None when it is not set."""
    text = next(
        (
            source.properties[target.path].value
            for source in known.sources
            if source.environment_style and target.path in source.properties
        ),
        None,
    )
    if text is None:
        return None
    resource = f'environment variable "{target.path}"'
    return read_documents(str(text).encode(), resource, target.hint or "properties")
