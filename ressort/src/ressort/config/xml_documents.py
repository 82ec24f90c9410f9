"""The JDK's XML form of properties: ``<entry key="a.b">text</entry>``, and nothing that XML could do besides."""

from __future__ import annotations

from xml.parsers import expat

from ressort.config.errors import ConfigError
from ressort.config.sources import Origin, Value

_DTD = "http://java.sun.com/dtd/properties.dtd"


def parse_xml(data: bytes, resource: str) -> list[dict[str, Value]]:
    """The one document of a properties file in XML; all values are strings, as they stand between the tags.

    Raises ConfigError naming ``resource:line`` for anything else than the JDK reads: without its DOCTYPE, with
    entities of its own, or with other elements. Nothing is ever fetched.
    """
    reading = _Reading(resource)
    try:
        reading.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ConfigError(
            f"broken XML: {expat.ErrorString(error.code)}",
            origin=Origin(resource, error.lineno, error.offset + 1),
        ) from error
    except (LookupError, ValueError) as error:
        raise ConfigError(f"broken XML: {error}", origin=Origin(resource)) from error
    return [reading.found]


class _Reading:
    def __init__(self, resource: str) -> None:
        self.found: dict[str, Value] = {}
        self._resource = resource
        self._path: list[str] = []
        self._key = ""
        self._text: list[str] = []
        self._declared = False
        self.parser = parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append

    def _doctype(self, name: str, system: str | None, _public: str | None, internal: bool) -> None:
        if name != "properties" or system != _DTD or internal:
            raise self._refused("a DOCTYPE that is not the JDK's")
        self._declared = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._declared:
            raise self._refused("no DOCTYPE")
        if (*self._path, name) not in (("properties",), ("properties", "comment"), ("properties", "entry")):
            raise self._refused(f"no place for <{name}>")
        if name == "entry" and "key" not in attributes:
            raise self._refused("an entry without a key")
        self._path.append(name)
        self._key = attributes.get("key", "")
        self._text.clear()

    def _end(self, name: str) -> None:
        self._path.pop()
        if name == "entry":
            self.found[self._key] = Value("".join(self._text), Origin(self._resource))

    def _refused(self, reason: str) -> ConfigError:
        parser = self.parser
        return ConfigError(
            f"not a properties file in XML: {reason}",
            origin=Origin(self._resource, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1),
            remedy=f'Begin with <!DOCTYPE properties SYSTEM "{_DTD}"> and <properties>.',
        )
