"""A value of the estate file with its line and key, so that every complaint names both and the value given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from ressort.cli.estate import EstateError

_NULL, _STRING, _INTEGER = (f"tag:yaml.org,2002:{kind}" for kind in ("null", "str", "int"))
_LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Place:
    """One value of the file; ``node`` is None where the key is missing, ``line`` is then its parent's.

    Every reading method takes what is ``wanted`` in words and raises EstateError with them when it is not there.
    """

    file: Path
    line: int
    key: str
    node: yaml.Node | None

    @property
    def given(self) -> bool:
        """Whether there is a value."""
        return self.node is not None and self.node.tag != _NULL

    def mapping(self, known: Sequence[str] = (), wanted: str = "a mapping (key: value)") -> dict[str, Place]:
        """The values of a mapping by key; where ``known`` keys are named no other may stand, and none lacks."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.refused(wanted)
        self._merge(self.node)
        found = {str(key.value): self._below(f".{key.value}", value) for key, value in self.node.value}
        for key, place in found.items():
            if known and key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
                raise place.error(f"is not a known key: {hint}")
        return {key: self._below(f".{key}", None) for key in known} | found

    def items(self, wanted: str) -> list[Place]:
        """The values of a list; none when it is not given."""
        if not self.given:
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.refused(wanted)
        return [self._below(f"[{index}]", child) for index, child in enumerate(self.node.value)]

    def text(self, wanted: str) -> str:
        """A value that is text and not empty."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag != _STRING or not self.node.value:
            raise self.refused(wanted)
        return str(self.node.value)

    def written(self, wanted: str = "text or a number") -> str:
        """Text, a number or any other single value, as it is written in the file."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.given:
            raise self.refused(wanted)
        return str(self.node.value)

    def whole(self, wanted: str = "a whole number") -> int:
        """A whole number."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag != _INTEGER:
            raise self.refused(wanted)
        return int(self.plain())

    def plain(self) -> Any:
        """The value as Python's own dicts, lists and scalars."""
        loader = yaml.SafeLoader("")
        try:
            return None if self.node is None else loader.construct_object(self.node, deep=True)
        except (yaml.MarkedYAMLError, ValueError) as error:
            raise self.error(f"cannot be read: {getattr(error, 'problem', error)}") from error
        finally:
            loader.dispose()

    def refused(self, wanted: str) -> EstateError:
        """The complaint that ``wanted`` was not given, with what was."""
        if self.node is None:
            return self.error(f"is missing: it must be {wanted}")
        if not self.given:
            return self.error(f"is empty: it must be {wanted}")
        return self.error(f"must be {wanted}, not {_shown(self.node)}")

    def error(self, reason: str) -> EstateError:
        """A complaint about this value: ``file:line: key reason``."""
        return EstateError(f"{self.file}:{self.line}: {self.key} {reason}")

    def _merge(self, node: yaml.MappingNode) -> None:
        """Put what ``<<: *anchor`` refers to in its place."""
        try:
            yaml.SafeLoader("").flatten_mapping(node)
        except yaml.MarkedYAMLError as error:
            raise self.error(f"cannot be read: {error.problem}") from error

    def _below(self, step: str, node: yaml.Node | None) -> Place:
        line = self.line if node is None else node.start_mark.line + 1
        return Place(self.file, line, f"{self.key}{step}".removeprefix("."), node)


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if not isinstance(node, yaml.ScalarNode):
        return "a mapping"
    text = node.value if len(node.value) <= _LONGEST_SHOWN else f"{node.value[:_LONGEST_SHOWN]}…"
    return repr(text) if node.tag == _STRING else text
