"""XML to and from the dictionaries of the JSON form; no document type, entity or external part is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from ressort.discovery.wire.xml_names import decode_name, encode_name

DEEPEST = 20
EMPTY_MAP = "java.util.Collections$EmptyMap"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PORTS = frozenset({"port", "securePort"})
_LISTS = frozenset({"application", "instance"})


class XmlError(ValueError):
    """Not well-formed, too deep, or using what is refused (document types, entities)."""


@dataclass(slots=True)
class Element:
    """A parsed element: local name, attributes, text of its own, children in order."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Element] = field(default_factory=list)


def parse(document: bytes) -> Element:
    """The root element. Raises XmlError."""
    root = Element("")
    open_elements = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > DEEPEST:
            raise XmlError(f"elements are nested deeper than {DEEPEST}")
        element = Element(name, attributes)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def text(data: str) -> None:
        open_elements[-1].text += data

    def refuse(*_: object) -> None:
        raise XmlError("document types and entities are not accepted")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_elements.pop() and None
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        raise XmlError(f"not well-formed XML: {error}") from error
    except (ValueError, LookupError) as error:
        raise XmlError(str(error)) from error
    return root.children[0]


def as_dictionary(element: Element) -> dict[str, Any]:
    """The shape the JSON form would have: ports as `$`/`@enabled`, metadata as a plain map."""
    result: dict[str, Any] = {}
    for child in element.children:
        if child.name in _LISTS:
            result.setdefault(child.name, []).append(as_dictionary(child))
        else:
            result[child.name] = _value(child)
    return result


def _value(element: Element) -> Any:
    if element.name in _PORTS:
        default = "true" if element.name == "port" else "false"
        return {"$": element.text, "@enabled": element.attributes.get("enabled", default)}
    if element.name == "metadata":
        return {decode_name(child.name): child.text for child in element.children}
    if element.name == "dataCenterInfo":
        return {"@class": element.attributes.get("class", ""), **as_dictionary(element)}
    return as_dictionary(element) if element.children else element.text


def render(name: str, value: Any) -> str:
    """An element of the dictionaries of the JSON form; lists repeat the element, None is left out."""
    if isinstance(value, list):
        return "".join(render(name, item) for item in value)
    if value is None:
        return ""
    if not isinstance(value, dict):
        return f"<{name}>{escape(value)}</{name}>"
    if name in _PORTS:
        return f'<{name} enabled="{escape(value["@enabled"])}">{escape(value["$"])}</{name}>'
    if name == "metadata":
        return _metadata(value)
    attributes = f' class="{escape(value["@class"])}"' if "@class" in value else ""
    inner = "".join(render(_xml_name(key), item) for key, item in value.items() if key != "@class")
    return f"<{name}{attributes}>{inner}</{name}>"


def escape(value: object) -> str:
    """Text safe in content and attributes; characters XML cannot carry become U+FFFD."""
    text = str(value)
    if not text.isalnum():
        text = _ILLEGAL.sub("\ufffd", text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text


def _metadata(entries: Mapping[str, str]) -> str:
    named = [(encode_name(key), value) for key, value in entries.items() if key and key != "@class"]
    if not named:
        return f'<metadata class="{EMPTY_MAP}"/>'
    return f"<metadata>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in named)}</metadata>"


def _xml_name(key: str) -> str:
    return "overriddenstatus" if key == "overriddenStatus" else key
