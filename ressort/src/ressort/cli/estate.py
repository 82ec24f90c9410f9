"""The estate file ``ressort.yml``: which members exist, in which order they start, the demo to run once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from ressort.errors import RessortError

DEFAULT_STOP_TIMEOUT_S = 9.0
_MEMBER_KEYS = ("name", "module", "port", "also-ports", "stage", "stop-stage", "args", "environment")
_ESTATE_KEYS = ("state", "stop-timeout", "preload", "members", "addresses", "demo")


class EstateError(RessortError):
    """The estate file cannot be used; the message names file, line, key and what to write instead."""


@dataclass(frozen=True)
class Member:
    """One process of the estate: ``python -m <module> [args]``, ready when it listens on ``port``.

    ``environment`` is added to what the launcher itself was given.
    """

    name: str
    module: str
    port: int
    stage: int = 1
    stop_stage: int = 1
    also_ports: tuple[int, ...] = ()
    args: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def ports(self) -> tuple[int, ...]:
        """Every TCP port the member listens on, its main one first."""
        return (self.port, *self.also_ports)


@dataclass(frozen=True)
class Address:
    """An address worth opening once the estate is up."""

    url: str
    label: str


@dataclass(frozen=True)
class Demo:
    """One request that fills an empty estate; posted only when every ``unless`` counter answers zero."""

    label: str
    unless: tuple[tuple[str, str], ...]
    post: str
    body: Mapping[str, Any]
    progress: Mapping[str, Any]


@dataclass(frozen=True)
class Estate:
    """The whole file, checked."""

    directory: Path
    state: Path
    members: tuple[Member, ...]
    preload: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    demo: Demo | None = None
    stop_timeout_s: float = field(default=DEFAULT_STOP_TIMEOUT_S)

    def member(self, name: str) -> Member:
        """The member called ``name``; EstateError with the nearest known name otherwise."""
        for member in self.members:
            if member.name == name:
                return member
        known = [member.name for member in self.members]
        near = get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known members: {', '.join(known)}"
        raise EstateError(f"no member {name!r} in this estate: {hint}")

    def stages(self, members: Sequence[Member]) -> list[list[Member]]:
        """``members`` grouped by start stage, ascending."""
        return [[m for m in members if m.stage == stage] for stage in sorted({m.stage for m in members})]


def load_estate(path: Path) -> Estate:
    """Read and check ``path``. Raises EstateError naming the file, the line, the key and the remedy."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise EstateError(
            f"no estate file at {path}: run `ressort` where ressort.yml is, or give --file"
        ) from None
    except OSError as error:
        raise EstateError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise EstateError(f"{path}:{line}: not valid YAML: {error.problem}") from error
    return _Reader(path, node).estate()


class _Reader:
    """Walks the composed YAML so that every complaint can name a line."""

    def __init__(self, path: Path, node: yaml.Node | None) -> None:
        self._path = path
        self._node = node

    def estate(self) -> Estate:
        root = self._mapping(self._node, "")
        if "ressort" not in root:
            raise EstateError(f"{self._path}:1: key 'ressort' is missing: the file starts with `ressort:`")
        top = self._mapping(root["ressort"], "ressort", _ESTATE_KEYS)
        if "members" not in top:
            raise self._error(root["ressort"], "ressort.members", "is missing: list at least one member")
        members = tuple(self._member(node, i) for i, node in enumerate(self._items(top["members"])))
        self._distinct(top["members"], members)
        directory = self._path.resolve().parent
        return Estate(
            directory=directory,
            state=directory / str(self._value(top.get("state")) or "var"),
            members=members,
            preload=tuple(self._value(top.get("preload")) or ()),
            addresses=tuple(Address(a["url"], a["label"]) for a in self._value(top.get("addresses")) or ()),
            demo=self._demo(top.get("demo")),
            stop_timeout_s=self._seconds(top.get("stop-timeout")),
        )

    def _member(self, node: yaml.Node, index: int) -> Member:
        where = f"ressort.members[{index}]"
        keys = self._mapping(node, where, _MEMBER_KEYS)
        values = {key: self._value(child) for key, child in keys.items()}
        for key, kind in (("name", str), ("module", str), ("port", int)):
            if not isinstance(values.get(key), kind):
                raise self._error(keys.get(key, node), f"{where}.{key}", f"must be given ({kind.__name__})")
        if not 0 < values["port"] < 65536:
            raise self._error(
                keys["port"], f"{where}.port", f"{values['port']} is not a TCP port (1 to 65535)"
            )
        environment = values.get("environment", {})
        if not isinstance(environment, dict):
            raise self._error(keys["environment"], f"{where}.environment", "must be a mapping (NAME: value)")
        stage = int(values.get("stage", 1))
        return Member(
            name=values["name"],
            module=values["module"],
            port=values["port"],
            stage=stage,
            stop_stage=int(values.get("stop-stage", stage)),
            also_ports=tuple(values.get("also-ports", ())),
            args=tuple(str(arg) for arg in values.get("args", ())),
            environment=tuple((str(name), str(value)) for name, value in environment.items()),
        )

    def _distinct(self, node: yaml.Node, members: Sequence[Member]) -> None:
        taken: dict[object, str] = {}
        for member in members:
            for claim in (member.name, *member.ports):
                if claim in taken:
                    raise self._error(
                        node, "ressort.members", f"{claim!r} is claimed twice ({taken[claim]}, {member.name})"
                    )
                taken[claim] = member.name

    def _demo(self, node: yaml.Node | None) -> Demo | None:
        if node is None:
            return None
        values = self._value(node)
        missing = [key for key in ("label", "post", "body", "progress") if key not in values]
        if missing:
            raise self._error(node, f"ressort.demo.{missing[0]}", "is missing")
        unless = tuple((check["get"], check["field"]) for check in values.get("unless", ()))
        return Demo(values["label"], unless, values["post"], values["body"], values["progress"])

    def _seconds(self, node: yaml.Node | None) -> float:
        if node is None:
            return DEFAULT_STOP_TIMEOUT_S
        text = str(self._value(node)).strip().removesuffix("s")
        try:
            return float(text)
        except ValueError:
            raise self._error(node, "ressort.stop-timeout", f"{text!r} is not a number of seconds") from None

    def _mapping(self, node: yaml.Node | None, where: str, known: Sequence[str] = ()) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, where or "the file", "must be a mapping (key: value)")
        found = {str(key.value): value for key, value in node.value}
        for key in found:
            if known and key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
                raise self._error(found[key], f"{where}.{key}", f"is not a known key: {hint}")
        return found

    def _items(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, "ressort.members", "must be a list")
        return list(node.value)

    def _value(self, node: yaml.Node | None) -> Any:
        return None if node is None else _construct(node)

    def _error(self, node: yaml.Node | None, key: str, reason: str) -> EstateError:
        line = node.start_mark.line + 1 if node is not None else 1
        return EstateError(f"{self._path}:{line}: {key} {reason}")


def _construct(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()
