"""Reading ``ressort.yml``: every value is checked, every complaint names file, line, key, value and remedy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from ressort.cli.estate import DEFAULT_STOP_TIMEOUT_S, Address, Demo, Estate, EstateError, Member
from ressort.cli.place import Place

_ESTATE_KEYS = ("state", "stop-timeout", "preload", "members", "addresses", "demo")
_MEMBER_KEYS = ("name", "module", "port", "also-ports", "stage", "stop-stage", "args", "environment")
_DEMO_KEYS = ("label", "unless", "post", "body", "progress")
_PROGRESS_TEXTS = ("state", "steps", "step-name", "step-count")
_PROGRESS_LISTS = ("running", "done")
_NAME = "the member's name (text without '/')"
_MODULE = "the name of a Python module (text)"
_PORT = "a TCP port (a whole number from 1 to 65535)"
_URL = "an address (text)"
_SECONDS = "a number of seconds (9s)"
_LAST_PORT = 65535


def load_estate(path: Path) -> Estate:
    """Read and check ``path``. Raises EstateError naming the file, the line, the key, the value and the remedy."""
    root = Place(path, 1, "", _compose(path))
    if not isinstance(root.node, yaml.MappingNode) or "ressort" not in root.mapping():
        raise EstateError(f"{path}:1: key 'ressort' is missing: the file starts with `ressort:`")
    top = root.mapping()["ressort"].mapping(_ESTATE_KEYS)
    directory = path.resolve().parent
    return Estate(
        directory=directory,
        state=directory / (top["state"].written() if top["state"].given else "var"),
        members=_members(top["members"]),
        preload=tuple(item.text(_MODULE) for item in top["preload"].items("a list of Python modules")),
        addresses=tuple(_address(item) for item in top["addresses"].items("a list of addresses")),
        demo=_demo(top["demo"]) if top["demo"].given else None,
        stop_timeout_s=_seconds(top["stop-timeout"]),
    )


def _compose(path: Path) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise EstateError(
            f"no estate file at {path}: run `ressort` where ressort.yml is, or give --file"
        ) from None
    except OSError as error:
        raise EstateError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise EstateError(f"{path}: is not UTF-8: byte {error.start + 1} is not part of a text") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise EstateError(f"{path}:{line}: not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise EstateError(f"{path}: not valid YAML: {error}".replace("\n", " ")) from error
    return node


def _members(place: Place) -> tuple[Member, ...]:
    wanted = "a list of at least one member"
    items = place.items(wanted)
    if not items:
        raise place.error("is empty: list at least one member") if place.given else place.refused(wanted)
    members = tuple(_member(item) for item in items)
    _check_distinct(items, members)
    return members


def _member(place: Place) -> Member:
    keys = place.mapping(_MEMBER_KEYS)
    name = keys["name"].text(_NAME)
    if "/" in name:
        raise keys["name"].refused(_NAME)
    stage = _stage(keys["stage"], 1)
    return Member(
        name=name,
        module=keys["module"].text(_MODULE),
        port=_port(keys["port"]),
        stage=stage,
        stop_stage=_stage(keys["stop-stage"], stage),
        also_ports=tuple(_port(item) for item in keys["also-ports"].items("a list of TCP ports")),
        args=tuple(item.written() for item in keys["args"].items("a list of arguments")),
        environment=_environment(keys["environment"]),
    )


def _port(place: Place) -> int:
    port = place.whole(_PORT)
    if not 0 < port <= _LAST_PORT:
        raise place.refused(_PORT)
    return port


def _stage(place: Place, default: int) -> int:
    return place.whole() if place.given else default


def _environment(place: Place) -> tuple[tuple[str, str], ...]:
    if not place.given:
        return ()
    return tuple(
        (name, value.written()) for name, value in place.mapping(wanted="a mapping (NAME: value)").items()
    )


def _check_distinct(places: Sequence[Place], members: Sequence[Member]) -> None:
    taken: dict[str, str] = {}
    for place, member in zip(places, members, strict=True):
        for claim in (f"name {member.name!r}", *(f"port {port}" for port in member.ports)):
            if claim in taken:
                raise place.error(f"claims {claim}, which {taken[claim]} has already")
            taken[claim] = f"{place.key} ({member.name})"


def _address(place: Place) -> Address:
    keys = place.mapping(("url", "label"))
    return Address(keys["url"].text(_URL), keys["label"].written())


def _demo(place: Place) -> Demo:
    keys = place.mapping(_DEMO_KEYS)
    unless = [
        item.mapping(("get", "field")) for item in keys["unless"].items("a list of counters (get, field)")
    ]
    keys["body"].mapping()
    return Demo(
        label=keys["label"].written(),
        unless=tuple((counter["get"].text(_URL), counter["field"].written()) for counter in unless),
        post=keys["post"].text(_URL),
        body=keys["body"].plain(),
        progress=_progress(keys["progress"]),
    )


def _progress(place: Place) -> dict[str, Any]:
    keys = place.mapping((*_PROGRESS_TEXTS, *_PROGRESS_LISTS))
    texts = {key: keys[key].written() for key in _PROGRESS_TEXTS}
    return texts | {
        key: [item.written() for item in keys[key].items("a list of states")] for key in _PROGRESS_LISTS
    }


def _seconds(place: Place) -> float:
    if not place.given:
        return DEFAULT_STOP_TIMEOUT_S
    try:
        seconds = float(place.written(_SECONDS).strip().removesuffix("s"))
    except ValueError:
        raise place.refused(_SECONDS) from None
    if not math.isfinite(seconds) or seconds < 0:
        raise place.refused(_SECONDS)
    return seconds
