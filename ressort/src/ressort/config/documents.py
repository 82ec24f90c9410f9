"""One configuration file read: its documents with their activation, imports and profile settings."""

from __future__ import annotations

import codecs
from collections.abc import Collection
from dataclasses import dataclass

from ressort.config.conversion import comma_list, text_of
from ressort.config.errors import ConfigError
from ressort.config.names import parse_name
from ressort.config.profiles import accepts
from ressort.config.properties_documents import parse_properties
from ressort.config.sources import Origin, PropertySource, Value
from ressort.config.xml_documents import parse_xml
from ressort.config.yaml_documents import parse_yaml

EXTENSIONS = ("properties", "xml", "yml", "yaml")  # highest precedence first, inside one place
_ON_PROFILE = "spring.config.activate.on-profile"
_ON_PLATFORM = "spring.config.activate.on-cloud-platform"
IMPORT_KEY = "spring.config.import"
_NOT_IN_PROFILE_SPECIFIC = ("spring.profiles.active", "spring.profiles.include", "spring.profiles.default")


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML or properties document as a property source, and what it says about loading."""

    source: PropertySource

    def value(self, key: str) -> Value | None:
        """The value of ``key`` in any spelling, lists not looked into."""
        wanted = parse_name(key).uniform
        return next(
            (value for name, value in self.source.properties.items() if parse_name(name).uniform == wanted),
            None,
        )

    def listed(self, key: str) -> list[Value]:
        """The values of a property that is a list or a comma separated text."""
        single = self.value(key)
        if single is not None:
            return [Value(part, single.origin) for part in comma_list(single.value) if part]
        wanted = parse_name(key).uniform
        found: list[Value] = []
        for name, value in self.source.properties.items():
            parsed = parse_name(name)
            if parsed.uniform[:-1] == wanted and len(parsed) - 1 in parsed.indexes:
                found.append(Value(text_of(value.value), value.origin))
        return found

    @property
    def imports(self) -> list[Value]:
        """Locations of ``spring.config.import``, in order; further addresses of a config server stay with it."""
        found: list[Value] = []
        for wanted in self.listed(IMPORT_KEY):
            text = text_of(wanted.value)
            if found and text.startswith(("http://", "https://")):
                found[-1] = Value(f"{found[-1].value},{text}", found[-1].origin)
            else:
                found.append(wanted)
        return found

    def active_for(self, profiles: Collection[str] | None) -> bool:
        """False when an activation condition does not hold; with ``None`` any condition fails."""
        if self.value(_ON_PLATFORM) is not None:
            return False
        conditions = self.listed(_ON_PROFILE)
        if not conditions:
            return True
        if profiles is None:
            return False
        try:
            return accepts([text_of(condition.value) for condition in conditions], profiles)
        except ValueError as error:
            raise ConfigError(str(error), key=_ON_PROFILE, origin=conditions[0].origin) from error

    def refuse_profile_settings(self) -> None:
        """A profile-specific document may not choose profiles: that would be circular. Raises ConfigError."""
        for key in _NOT_IN_PROFILE_SPECIFIC:
            values = self.listed(key)
            if values:
                raise ConfigError(
                    "not allowed in a profile-specific document",
                    key=key,
                    value=values[0].value,
                    origin=values[0].origin,
                    remedy="Move it to a document without profile, or to spring.profiles.group.",
                )

    @property
    def conditional(self) -> bool:
        """True when the document is bound to profiles."""
        return bool(self.listed(_ON_PROFILE))


def parse(text: str, resource: str, extension: str) -> list[dict[str, Value]]:
    """The documents of a text by its extension. Raises ConfigError naming ``resource:line``."""
    if extension == "properties":
        return parse_properties(text, resource)
    return parse_yaml(text, resource)


def read_documents(data: bytes, resource: str, extension: str, *, packaged: bool = False) -> list[Document]:
    """The documents of one file, in file order. ``resource`` is how origins name the file."""
    if extension == "xml":
        parsed = parse_xml(data, resource)
    else:
        parsed = parse(_decoded(data, resource, extension), resource, extension)
    return [
        Document(PropertySource(_source_name(resource, place, len(parsed)), properties, packaged=packaged))
        for place, properties in enumerate(parsed)
    ]


def _source_name(resource: str, place: int, count: int) -> str:
    name = f"Config resource 'file [{resource}]'"
    return f"{name} (document #{place})" if count > 1 else name


def _decoded(data: bytes, resource: str, extension: str) -> str:
    if extension != "properties" and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if extension == "properties":
            return data.decode("iso-8859-1")
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(
            f"not UTF-8 text (byte 0x{data[error.start]:02x})",
            origin=Origin(resource, line, 1),
            remedy="Save the file as UTF-8.",
        ) from error
