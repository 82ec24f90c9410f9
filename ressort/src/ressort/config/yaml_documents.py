"""YAML to flat properties with the place of every value, by Spring's rules rather than PyYAML's.

Differences from plain PyYAML (config-server facts, 4.1): duplicate keys are an error, dates stay text,
``1e3`` is a float, a lone ``=`` is text, keys that are not text become ``[key]``. Used by the client and by
the config server.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from ressort.config.errors import ConfigError
from ressort.config.sources import Origin, Value
from ressort.config.yaml_depth import MAX_DEPTH, too_deep
from ressort.config.yaml_scalars import (
    BINARY_TAG,
    FLOAT,
    FLOAT_TAG,
    binary_of,
    float_of,
    instant_of,
    java_text,
)

_DROPPED = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float", "tag:yaml.org,2002:value")
_MAP_TAG, _SEQ_TAG = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_SET_TAG, _OMAP_TAG = "tag:yaml.org,2002:set", "tag:yaml.org,2002:omap"
_MERGE_TAG = "tag:yaml.org,2002:merge"
_MAX_VALUES = 100_000
_MERGE_WEIGHT = 10


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The C loader where present, with Spring's implicit types."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _DROPPED]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(FLOAT_TAG, FLOAT, list("-+0123456789."))


def parse_yaml(text: str, resource: str) -> list[dict[str, Value]]:
    """The documents of a YAML text, each a flat map in file order; empty documents are skipped.

    Lists become ``key[0]``, null and the empty list ``""``, an empty map nothing, a root that is no map
    ``document``. Raises ConfigError naming ``resource:line`` for anything that is not good YAML.
    """
    loader = None
    try:
        loader = _Loader(text.removeprefix("\ufeff"))
        _refuse_depth(text, resource)
        return [document for node in _nodes(loader) if (document := _Flattening(loader, resource).of(node))]
    except yaml.MarkedYAMLError as error:
        raise _broken(error, resource) from error
    except yaml.YAMLError as error:
        raise ConfigError(f"not readable as YAML: {error}", origin=Origin(resource)) from error
    finally:
        if loader is not None:
            loader.dispose()


def _nodes(loader: Any) -> Iterator[yaml.Node]:
    while loader.check_node():
        node = loader.get_node()
        if node is not None:
            yield node


def _refuse_depth(text: str, resource: str) -> None:
    place = too_deep(text)
    if place is not None:
        raise ConfigError(
            f"more than {MAX_DEPTH} maps and lists inside one another",
            origin=Origin(resource, *place),
        )


def _broken(error: yaml.MarkedYAMLError, resource: str) -> ConfigError:
    mark = error.problem_mark or error.context_mark
    origin = Origin(resource, mark.line + 1, mark.column + 1) if mark else Origin(resource)
    reason = " ".join(part for part in (error.context, error.problem) if part)
    return ConfigError(
        f"broken YAML: {reason}",
        origin=origin,
        remedy="Check indentation, quotes and colons around this line.",
    )


class _Flattening:
    """One document on its way from nodes to flat keys."""

    def __init__(self, loader: Any, resource: str) -> None:
        self._loader = loader
        self._resource = resource
        self._flat: dict[str, Value] = {}
        self._open: set[int] = set()
        self._values = 0

    def of(self, root: yaml.Node) -> dict[str, Value]:
        if isinstance(root, yaml.MappingNode):
            self._mapping(root, "")
        elif not (isinstance(root, yaml.ScalarNode) and self._scalar(root) is None):
            self._node(root, "document")
        return self._flat

    def _node(self, node: yaml.Node, key: str) -> None:
        self._count(node)
        if isinstance(node, yaml.ScalarNode):
            value = self._scalar(node)
            self._flat[key] = Value("" if value is None else value, self._origin(node))
            return
        if id(node) in self._open:
            raise ConfigError("an anchor refers to itself", key=key, origin=self._origin(node))
        self._open.add(id(node))
        plain = self._untagged(node)
        if isinstance(plain, yaml.MappingNode):
            self._mapping(plain, key)
        else:
            self._sequence(plain, key)
        self._open.discard(id(node))

    def _count(self, node: yaml.Node, weight: int = 1) -> None:
        """Aliases of aliases make few lines a thousand million values: there is an end."""
        self._values += weight
        if self._values > _MAX_VALUES:
            raise ConfigError(f"more than {_MAX_VALUES} values in one document", origin=self._origin(node))

    def _untagged(self, node: yaml.Node) -> yaml.MappingNode | yaml.SequenceNode:
        """``!!set`` is the list of its keys, ``!!omap`` the map of its pairs. Raises ConfigError for another tag."""
        if isinstance(node, yaml.MappingNode):
            if node.tag == _SET_TAG:
                self._refuse_duplicates(node)
                return yaml.SequenceNode(_SEQ_TAG, [key for key, _ in node.value], node.start_mark)
            if node.tag == _MAP_TAG:
                return node
        elif node.tag == _OMAP_TAG:
            if all(isinstance(each, yaml.MappingNode) and len(each.value) == 1 for each in node.value):
                return yaml.MappingNode(_MAP_TAG, [each.value[0] for each in node.value], node.start_mark)
        elif isinstance(node, yaml.SequenceNode) and node.tag == _SEQ_TAG:
            return node
        raise ConfigError(f"broken YAML: the tag {node.tag} is not allowed here", origin=self._origin(node))

    def _sequence(self, node: yaml.SequenceNode, key: str) -> None:
        if not node.value:
            self._flat[key] = Value("", self._origin(node))
        for place, item in enumerate(node.value):
            self._node(item, f"{key}[{place}]")

    def _mapping(self, node: yaml.MappingNode, prefix: str) -> None:
        for key, value_node in self._entries(node, prefix, set()).items():
            self._node(value_node, key)

    def _entries(self, node: yaml.MappingNode, prefix: str, inside: set[int]) -> dict[str, yaml.Node]:
        """The entries as written, those of ``<<`` in its place; an own one replaces a merged one where that stands."""
        if id(node) in inside:
            raise ConfigError("an anchor refers to itself", origin=self._origin(node))
        self._refuse_duplicates(node)
        entries: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            if key_node.tag != _MERGE_TAG:
                entries[self._key(key_node, prefix)] = value_node
                continue
            for other in self._merged(value_node):
                for key, merged in self._entries(other, prefix, inside | {id(node)}).items():
                    entries.setdefault(key, merged)
        return entries

    def _merged(self, node: yaml.Node) -> Iterator[yaml.MappingNode]:
        """The maps that the value of a ``<<`` names; maps merged into one another again and again are refused."""
        for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if not isinstance(each, yaml.MappingNode):
                raise ConfigError(
                    "broken YAML: only a map, or a list of maps, can be merged", origin=self._origin(each)
                )
            self._count(each, _MERGE_WEIGHT)
            yield each

    def _key(self, node: yaml.Node, prefix: str) -> str:
        value = self._content(node)
        if not isinstance(value, str):
            value = f"[{java_text(value)}]"
        return prefix + value if value.startswith("[") or not prefix else f"{prefix}.{value}"

    def _content(self, node: yaml.Node, inside: frozenset[int] = frozenset()) -> Any:
        """A key as a value: lists and maps may be keys too."""
        self._count(node, 1 if inside else 0)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in inside:
            raise ConfigError("an anchor refers to itself", origin=self._origin(node))
        inside |= {id(node)}
        if isinstance(node, yaml.SequenceNode):
            return [self._content(each, inside) for each in node.value]
        return {
            java_text(self._content(key, inside)): self._content(each, inside) for key, each in node.value
        }

    def _refuse_duplicates(self, node: yaml.MappingNode) -> None:
        seen: set[tuple[type, str]] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE_TAG:
                continue
            key = self._content(key_node)
            identity = (type(key), java_text(key))
            if identity in seen:
                raise ConfigError(
                    f"broken YAML: found duplicate key {java_text(key)}",
                    origin=self._origin(key_node),
                    remedy="Keep one of the two.",
                )
            seen.add(identity)

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            if node.tag == FLOAT_TAG:
                return float_of(node.value)
            if node.tag == BINARY_TAG:
                return binary_of(node.value)
            value = self._loader.construct_object(node)
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            raise ConfigError(
                f"broken YAML: not a value of {node.tag}: {node.value}", origin=self._origin(node)
            ) from error
        return instant_of(value) if isinstance(value, date) else value

    def _origin(self, node: yaml.Node) -> Origin:
        mark = node.start_mark
        return Origin(self._resource, mark.line + 1, mark.column + 1)
