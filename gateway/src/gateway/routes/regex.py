"""Java regular expressions and replacements as Python's, on raw bytes."""

from __future__ import annotations

import re

_GROUP = re.compile(r"\(\?<(?![=!])")
_BACK = re.compile(r"\\k<(\w+)>")
_REFERENCE = re.compile(rb"\$(?:\{(\w+)\}|(\d))|\\(.)", re.DOTALL)


def java_pattern(pattern: str) -> re.Pattern[bytes]:
    """Compile a Java pattern to match raw bytes; raises ``re.error``."""
    translated = _BACK.sub(r"(?P=\1)", _GROUP.sub("(?P<", pattern))
    return re.compile(translated.encode("utf-8"))


def java_replacement(text: str, pattern: re.Pattern[bytes]) -> bytes:
    """A Java replacement (``${name}``, ``$1``, ``\\`` escapes) as a template for ``re.sub``.

    Raises ``ValueError`` for a group the pattern does not have. Spring writes ``$\\`` for ``$`` so that YAML
    placeholders do not eat it.
    """
    source = text.replace("$\\", "$").encode("utf-8")
    parts: list[bytes] = []
    end = 0
    for found in _REFERENCE.finditer(source):
        parts.append(_literal(source[end : found.start()]))
        parts.append(_reference(found, pattern))
        end = found.end()
    parts.append(_literal(source[end:]))
    return b"".join(parts)


def _reference(found: re.Match[bytes], pattern: re.Pattern[bytes]) -> bytes:
    name, number, escaped = found.groups()
    if escaped is not None:
        return _literal(escaped)
    if name is not None and not name.isdigit():
        if name.decode() not in pattern.groupindex:
            raise ValueError(f"no group '{name.decode()}' in the pattern")
        return b"\\g<" + name + b">"
    index = int(name or number)
    if index > pattern.groups:
        raise ValueError(f"no group {index} in the pattern")
    return b"\\g<%d>" % index


def _literal(text: bytes) -> bytes:
    return text.replace(b"\\", b"\\\\")
