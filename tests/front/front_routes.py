"""Every address pattern of the application, read from the router's own source: a new route cannot be forgotten."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "frontend" / "src" / "app"
_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|(?P<open>\{)|(?P<close>\})"""
    r"""|\bpath:\s*(?P<path>'[^']*'|"[^"]*")|\bmatcher:\s*(?P<matcher>\w+)|(?P<redirect>\bredirectTo\b)"""
    r"""|\bloadChildren:\s*\(\)\s*=>\s*import\('(?P<module>[^']+)'\)|(?P<text>'[^']*'|`[^`]*`)""",
    re.S,
)


@dataclass
class _Route:
    path: str | None = None
    redirects: bool = False
    module: str | None = None
    children: list[_Route] = field(default_factory=list)


def patterns() -> list[str]:
    """`factures`, `factures/:id`, `factures/(matcher)`, …: what can be shown; redirections and frames around other pages
    are left out."""
    return sorted(set(_shown(APP / "app.routes.ts", "")))


def _shown(file: Path, prefix: str) -> list[str]:
    return [pattern for route in _routes(file.read_text("utf-8")) for pattern in _below(route, prefix, file)]


def _below(route: _Route, prefix: str, file: Path) -> list[str]:
    here = "/".join(part for part in (prefix, route.path or "") if part)
    if route.redirects:
        return []
    if route.module:
        return _shown((file.parent / route.module).with_suffix(".ts"), here)
    if any(child.path is not None for child in route.children):
        return [pattern for child in route.children for pattern in _below(child, here, file)]
    return [here]


def _routes(source: str) -> list[_Route]:
    """Object literals that have a `path`, nested as they are written."""
    top = _Route()
    open_ones = [top]
    for token in _TOKEN.finditer(source[source.index("routes: Routes") :]):
        if token["open"]:
            open_ones.append(_Route())
        elif token["close"] and len(open_ones) > 1:
            done = open_ones.pop()
            open_ones[-1].children += [done] if done.path is not None else done.children
        elif token["path"]:
            open_ones[-1].path = token["path"][1:-1]
        elif token["matcher"]:
            open_ones[-1].path = f"({token['matcher']})"
        elif token["redirect"]:
            open_ones[-1].redirects = True
        elif token["module"]:
            open_ones[-1].module = token["module"]
    return top.children
