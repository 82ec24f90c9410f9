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
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\r\t]")
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
    if _CONTROL.search(text):
        return _double_quoted(text)
    if "\n" in text:
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
    body = text.rstrip("\n")
    ending = len(text) - len(body)
    chomp = "-" if ending == 0 else "" if ending == 1 else "+"
    leading = "2" if text.startswith((" ", "\n")) else ""
    lines = body.split("\n") + [""] * max(0, ending - 1)
    pad = " " * max(indent, 2)
    return f"|{leading}{chomp}\n" + "\n".join(pad + line if line else "" for line in lines)


def _double_quoted(text: str) -> str:
    named = {"\t": "\\t", "\r": "\\r", "\n": "\\n", '"': '\\"', "\\": "\\\\", "\x00": "\\0"}
    return (
        '"'
        + "".join(named.get(c, f"\\x{ord(c):02x}" if ord(c) < 32 or ord(c) == 127 else c) for c in text)
        + '"'
    )
