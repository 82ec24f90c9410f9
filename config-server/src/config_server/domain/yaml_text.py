"""Block YAML as SnakeYAML writes it: dashes at the parent's column, literal blocks, single quotes.

PyYAML cannot be configured to it (it quotes multi-line text), hence our own small writer. Rules: config-server
facts, section 4.3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from config_server.domain.flattening import java_text

_WIDTH = 80
_BREAKS = "\n\u2028\u2029"
_ESCAPED_ONLY = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f\x85]| [{_BREAKS}]|[\u2028\u2029]\Z")
"""What only double quotes carry safely: control characters, a space before a line's end, an odd line end at the end."""
_LOOKS_TYPED = re.compile(
    r"(?:true|false|yes|no|on|off|null|~|True|False|Yes|No|On|Off|Null|TRUE|FALSE|YES|NO|ON|OFF|NULL|<<|=)$"
    r"|[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9_]+(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?$"
)
_UNSAFE_START = re.compile(r"[-?:](?:\s|$)|[,\[\]{}#&*!|>'\"%@`]|\s|---|\.\.\.")
_UNSAFE_INSIDE = re.compile(r":(?:\s|$)|\s#")


def yaml_text(content: Any) -> str:
    """The document of maps, lists and scalars, ending in a newline."""
    if isinstance(content, dict | list) and content:
        return "\n".join(_block(content, 0)) + "\n"
    return _scalar(content, 0) + "\n"


def _block(content: Any, indent: int) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _entry(" " * indent + _key(key) + ":", value, indent, 2)
    else:
        for value in content:
            yield from _item(value, indent)


def _entry(head: str, value: Any, indent: int, step: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _block(value, indent + step)
    elif isinstance(value, list) and value:
        yield head
        yield from _block(value, indent)
    else:
        yield from f"{head} {_scalar(value, indent + step, len(head) + 1)}".split("\n")


def _item(value: Any, indent: int) -> Iterator[str]:
    """A list element: a map or list inside starts on the dash's own line."""
    if isinstance(value, dict | list) and value:
        lines = list(_block(value, indent + 2))
        yield " " * indent + "- " + lines[0].lstrip(" ")
        yield from lines[1:]
    else:
        yield from f"{' ' * indent}- {_scalar(value, indent + 2, indent + 2)}".split("\n")


def _key(key: object) -> str:
    return _scalar(str(key), 0).replace("\n", " ")


def _scalar(value: Any, indent: int, column: int = 0) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, float):
        return _float(value)
    return _text(value, indent, column) if isinstance(value, str) else str(value)


def _float(value: float) -> str:
    if not math.isfinite(value):
        return ".NaN" if math.isnan(value) else (".inf" if value > 0 else "-.inf")
    return java_text(value)


def _text(text: str, indent: int, column: int) -> str:
    has_breaks = any(each in text for each in _BREAKS)
    if _ESCAPED_ONLY.search(text) or (has_breaks and text.endswith(" ")):
        return _double_quoted(text, indent, column)
    if has_breaks:
        return _literal(text, indent)
    folded = _folded(text, indent, column)
    if text == "" or _LOOKS_TYPED.match(text) or _UNSAFE_START.match(text) or text != text.strip():
        return "'" + folded.replace("'", "''") + "'"
    return "'" + folded.replace("'", "''") + "'" if _UNSAFE_INSIDE.search(text) else folded


def _folded(text: str, indent: int, column: int) -> str:
    """Broken at single spaces once a line is wider than 80; a reader puts the space back."""
    lines, width = [""], column
    for word in re.split(r"(?<=\S) (?=\S)", text):
        if lines[-1] and width > _WIDTH:
            lines.append("")
            width = indent
        glue = " " if lines[-1] else ""
        lines[-1] += glue + word
        width += len(glue) + len(word)
    return ("\n" + " " * indent).join(lines)


def _literal(text: str, indent: int) -> str:
    leading = "2" if text[0] in f" {_BREAKS}" else ""
    body = text.removesuffix("\n")
    chomp = "-" if body == text else "+" if body == "" or body[-1] in _BREAKS else ""
    padded = re.sub(rf"(\A|[{_BREAKS}])(?=[^{_BREAKS}])", r"\g<1>" + " " * max(indent, 2), body)
    return f"|{leading}{chomp}\n{padded}"


def _double_quoted(text: str, indent: int, column: int) -> str:
    """Broken, by a backslash, at spaces and escapes once a line is wider than 80."""
    lines, width, last = ['"'], column + 1, len(text) - 1
    for at, char in enumerate(text):
        written = _escape(char)
        pending = len(written) > 1 or not " " <= char <= "~"
        if 0 < at < last and width + pending * len(written) > _WIDTH and (char == " " or pending):
            if pending:
                lines[-1] += written
                written = ""
            lines[-1] += "\\"
            lines.append(" " * indent)
            width = indent
            if text[at + pending] == " ":
                written = "\\" + written
        lines[-1] += written
        width += len(written)
    return "\n".join(lines) + '"'


_NAMED = {"\t": "\\t", "\r": "\\r", "\n": "\\n", '"': '\\"', "\\": "\\\\", "\x00": "\\0"}
_NAMED |= {"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}


def _escape(char: str) -> str:
    named = _NAMED.get(char)
    return named or (f"\\x{ord(char):02x}" if ord(char) < 32 or ord(char) == 127 else char)
