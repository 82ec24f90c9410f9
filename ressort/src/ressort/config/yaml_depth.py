"""How deep a YAML text may nest: SnakeYAML stops at 50, libyaml's reader only when its stack ends."""

from __future__ import annotations

import re

import yaml

MAX_DEPTH = 50
_FEW = MAX_DEPTH // 3
_FAR_IN = re.compile(rf"^[ \-?:]{{{_FEW},}}", re.M)


def too_deep(text: str) -> tuple[int, int] | None:
    """Line and column where the text nests deeper than MAX_DEPTH maps and lists, None when it does not.

    Raises yaml.YAMLError. A text that cannot be as deep, by its brackets and its margin, is not looked at.
    """
    brackets = text.count("[") + text.count("{") - text.count("${")
    if brackets < _FEW and not _FAR_IN.search(text):
        return None
    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                return (mark.line + 1, mark.column + 1) if mark else (1, 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None
