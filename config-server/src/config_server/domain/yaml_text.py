"""Block YAML as SnakeYAML writes it: dashes at the parent's column, literal blocks, single quotes.

PyYAML cannot be configured to it (it quotes multi-line text), hence our own small writer. Rules: config-server
facts, section 4.3.
"""

from __future__ import annotations

import base64
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
    r"(?:true|false|yes|no|on|off|null|~|True|False|Yes|No|On|Off|Null|TRUE|FALSE|YES|NO|ON|OFF|NULL|<<|=)\Z"
    r"|[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*|[1-9][0-9_]*(?::[0-5]?[0-9])+)\Z"
    r"|[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+"
    r"|\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|\.(?:inf|Inf|INF))\Z"
    r"|\.(?:nan|NaN|NAN)\Z|\d{4}-\d\d-\d\d\Z"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?\Z",
    re.A,
)
_UNSAFE_START = re.compile(r"[-?:](?:[ \t]|\Z)|[,\[\]{}#&*!|>'\"%@`]|[ \t]|---|\.\.\.")
_UNSAFE_INSIDE = re.compile(r":(?:[ \t]|\Z)|[ \t]#")
_BINARY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What SnakeYAML takes for bytes rather than text."""
_LONGEST_SIMPLE_KEY = 122  # 128 with the tag that is not written


def yaml_text(content: Any) -> str:
    """The document of maps, lists and scalars, ending in a newline."""
    if isinstance(content, dict | list) and content:
        return "\n".join(_block(content, 0)) + "\n"
    return _scalar(content, 0) + "\n"


def _block(content: Any, indent: int) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _pair(str(key), value, indent)
    else:
        for value in content:
            yield from _item(value, indent)


def _pair(key: str, value: Any, indent: int) -> Iterator[str]:
    """A key that is long, empty or of several lines gets a line of its own after a question mark."""
    margin = " " * indent
    if key and _width(key) <= _LONGEST_SIMPLE_KEY and not any(b in key for b in _BREAKS):
        yield from _entry(f"{margin}{_simple_key(key)}:", value, indent)
    else:
        yield from f"{margin}? {_text(key, indent + 2, indent + 2)}".split("\n")
        yield from _after(f"{margin}:", value, indent)


def _simple_key(key: str) -> str:
    """In one line, however long."""
    return _text(key, 0, -len(key) * 6 - _WIDTH)


def _entry(head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _block(value, indent + 2)
    elif isinstance(value, list) and value:
        yield head
        yield from _block(value, indent)
    else:
        yield from _after(head, value, indent)


def _item(value: Any, indent: int) -> Iterator[str]:
    """A list element."""
    yield from _after(" " * indent + "-", value, indent)


def _after(head: str, value: Any, indent: int) -> Iterator[str]:
    """Head and value: a map or list begins on the head's own line."""
    if isinstance(value, dict | list) and value:
        lines = list(_block(value, indent + 2))
        yield f"{head} {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield from f"{head} {_scalar(value, indent + 2, len(head) + 1)}".split("\n")


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
    if _BINARY.search(text) and column >= 0:
        return (
            f"!!binary |-\n{' ' * max(indent, 2)}{base64.b64encode(text.encode('utf-8', 'replace')).decode()}"
        )
    if _ESCAPED_ONLY.search(text) or (has_breaks and text.endswith(" ")):
        return _double_quoted(text, indent, column)
    if has_breaks:
        return _literal(text, indent)
    quoted = text == "" or text != text.strip(" ") or _LOOKS_TYPED.match(text) or _UNSAFE_START.match(text)
    if quoted or _UNSAFE_INSIDE.search(text):
        return "'" + _folded(text.replace("'", "''"), indent, column + 1) + "'"
    return _folded(text, indent, column)


def _folded(text: str, indent: int, column: int) -> str:
    """Broken at single spaces once a line is wider than 80; a reader puts the space back."""
    lines, width = [""], column
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", text):
        if lines[-1] and width > _WIDTH:
            lines.append("")
            width = indent
        glue = " " if lines[-1] else ""
        lines[-1] += glue + word
        width += len(glue) + _width(word)
    return ("\n" + " " * indent).join(lines)


def _width(text: str) -> int:
    """As Java counts: two for what lies beyond the first 65,536 characters."""
    return len(text) + sum(character > "\uffff" for character in text)


def _literal(text: str, indent: int) -> str:
    leading = "2" if text[0] in f" {_BREAKS}" else ""
    body = text.removesuffix("\n")
    chomp = "-" if body == text else "+" if body == "" or body[-1] in _BREAKS else ""
    padded = re.sub(rf"(\A|[{_BREAKS}])(?=[^{_BREAKS}])", r"\g<1>" + " " * max(indent, 2), body)
    return f"|{leading}{chomp}\n{padded}"


def _double_quoted(text: str, indent: int, column: int) -> str:
    """Broken, by a backslash, at spaces and around escapes once a line is wider than 80."""
    written, width, start = ['"'], column + 1, 0
    for end, char in enumerate(text):
        if not (" " <= char <= "~") or char in '"\\':
            piece = text[start:end] + _escape(char)
            written.append(piece)
            width += _width(piece)
            start = end + 1
        breakable = 0 < end < len(text) - 1 and (char == " " or start >= end)
        if breakable and width + end - start > _WIDTH:
            written.append(f"{text[start:end]}\\\n{' ' * indent}")
            start, width = max(start, end), indent
            if text[start] == " ":
                written.append("\\")
                width += 1
    return "".join(written) + text[start:] + '"'


_NAMED = {"\t": "\\t", "\r": "\\r", "\n": "\\n", '"': '\\"', "\\": "\\\\", "\x00": "\\0"}
_NAMED |= {"\xa0": "\\_", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}


def _escape(char: str) -> str:
    named = _NAMED.get(char)
    return named or (f"\\x{ord(char):02x}" if ord(char) < 32 or ord(char) == 127 else char)
