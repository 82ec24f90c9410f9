"""Collects the documents of all places in precedence order, following ``spring.config.import``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ressort.config.documents import EXTENSIONS, IMPORT_KEY, Document, read_documents
from ressort.config.errors import ConfigError
from ressort.config.imports import ImportLocation, parse_import, tree_source, variable_documents
from ressort.config.locations import Folder, Location, Packaged
from ressort.config.merged import MergedProperties
from ressort.config.placeholders import resolve
from ressort.config.sources import Origin, PropertySource, Value


@dataclass(frozen=True, slots=True)
class Place:
    """One search place; ``optional`` places may be absent."""

    location: Location
    optional: bool = True


@dataclass(frozen=True, slots=True)
class ServerImport:
    """A ``configserver:`` import: its text after the prefix, and whether the start may go on without it."""

    address: str
    optional: bool
    origin: Origin | None


class Gathering:
    """One pass over all places for one set of profiles; ``sources`` grows from lowest to highest
    precedence."""

    def __init__(
        self,
        process: Sequence[PropertySource],
        name: str,
        profiles: Sequence[str] | None,
        package: str | None,
        directory: Folder,
    ) -> None:
        self.sources: list[PropertySource] = []
        self.server_imports: list[ServerImport] = []
        self._process = list(process)
        self._names = [part.strip() for part in name.split(",") if part.strip()]
        self._profiles = profiles
        self._package = package
        self._directory = directory
        self._seen: set[str] = set()

    def group(self, places: Sequence[Place]) -> None:
        """Add the files of places that share one level: all plain files first, then those of each profile."""
        for place in places:
            for name in self._names:
                self._files(place.location, name)
        for profile in self._profiles or ():
            for place in places:
                for name in self._names:
                    self._files(place.location, f"{name}-{profile}", profile_specific=True)

    def follow_process_imports(self) -> None:
        """Add what ``--spring.config.import`` or SPRING_CONFIG_IMPORT names, above every file found by itself."""
        entry = MergedProperties(self._process).find(IMPORT_KEY)
        if entry is not None:
            self._document(
                Document(PropertySource(entry.source.name, {IMPORT_KEY: entry.value})), self._directory
            )

    def merged(self) -> MergedProperties:
        """What is known so far, process sources on top."""
        return MergedProperties([*self._process, *reversed(self.sources)])

    def _files(self, location: Location, stem: str, *, profile_specific: bool = False) -> None:
        for extension in reversed(EXTENSIONS):
            self._file(location, f"{stem}.{extension}", extension, profile_specific)

    def _file(self, location: Location, name: str, extension: str, profile_specific: bool) -> bool:
        content = location.read(name)
        if content is None or content[1] in self._seen:
            return content is not None
        data, resource = content
        self._seen.add(resource)
        declared_in = location.at(str(PurePosixPath(name).parent)) if "/" in name else location
        for document in read_documents(data, resource, extension, packaged=location.packaged):
            if document.active_for(self._profiles):
                if profile_specific or document.conditional:
                    document.refuse_profile_settings()
                self._document(document, declared_in)
        return True

    def _document(self, document: Document, location: Location) -> None:
        self.sources.append(document.source)
        self._imports_of(document, location)

    def _imports_of(self, document: Document, location: Location) -> None:
        for wanted in document.imports:
            try:
                text = resolve(str(wanted.value), self.merged().raw)
            except ConfigError as error:
                raise ConfigError(
                    error.reason,
                    key=IMPORT_KEY,
                    value=wanted.value,
                    origin=wanted.origin,
                    remedy=error.remedy,
                ) from error
            if text.strip():
                self.follow(parse_import(text), wanted, location)

    def follow(self, target: ImportLocation, wanted: Value, location: Location) -> None:
        """Add what an import names, above the document that imports it; each target once."""
        if target.kind == "configserver":
            self.server_imports.append(ServerImport(target.path, target.optional, wanted.origin))
            return
        found = self._imported(target, location)
        if not found and not target.optional:
            raise ConfigError(
                "the imported configuration does not exist",
                key=IMPORT_KEY,
                value=wanted.value,
                origin=wanted.origin,
                remedy="Create it, or write optional: in front of it.",
            )

    def _imported(self, target: ImportLocation, location: Location) -> bool:
        if target.kind == "env":
            documents = variable_documents(target, self.merged())
            for document in documents or ():
                self._document(document, location)
            return documents is not None
        if target.kind == "configtree":
            source = tree_source(self._directory.at(target.path).path, target.path)
            self.sources += [source] if source is not None else []
            return source is not None
        return self._imported_file(target, location)

    def _imported_file(self, target: ImportLocation, location: Location) -> bool:
        if target.kind == "classpath":
            if self._package is None:
                return False
            location = Packaged(self._package)
        if target.path.endswith("/"):
            return self._imported_folder(target, location.at(target.path))
        stem, extension = target.stem_and_extension()
        found = self._file(location, target.path, extension, profile_specific=False)
        for profile in self._profiles or ():
            suffix = f".{extension}" if target.path.endswith(f".{extension}") else ""
            self._file(location, f"{stem}-{profile}{suffix}", extension, profile_specific=True)
        return found

    def _imported_folder(self, target: ImportLocation, location: Location) -> bool:
        before = len(self.sources)
        self.group([Place(location)])
        present = isinstance(location, Folder) and location.exists()
        return present or len(self.sources) > before
