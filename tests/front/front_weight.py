"""The weight of the built front on the wire: brotli, as the gateway sends it, by what needs what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_NAME = r"[\w.-]+\.(?:js|css)"
_LINKED = re.compile(rf'(?:src|href)="({_NAME})"')
_IMPORTED = re.compile(rf"""(?:from|import)["'`]\./({_NAME})["'`]""")
_ROUTED = re.compile(rf"""load(?:Children|Component):\(\)=>import\(["'`]\./({_NAME})["'`]""")
_DEAD = (".br", ".gz", ".txt")


@dataclass(frozen=True)
class Locale:
    """One language's build: the folder with its `index.html`."""

    folder: Path

    def first(self) -> set[str]:
        """Files that any page begins with."""
        return self._with_imports(_LINKED.findall(self._text("index.html")))

    def routes(self) -> dict[str, set[str]]:
        """By the chunk of its component: all that is fetched to show a route when the first files are there."""
        first = self.first()
        return dict(self._below(first, first))

    def everything(self) -> set[str]:
        """All files but those that no browser asks for."""
        names = (file.name for file in self.folder.iterdir() if file.is_file())
        return {name for name in names if not name.endswith(_DEAD)}

    def weight(self, names: Iterable[str]) -> int:
        """Bytes on the wire: the compressed file where there is one."""
        files = ((self.folder / f"{name}.br", self.folder / name) for name in names)
        return sum(next(file for file in either if file.exists()).stat().st_size for either in files)

    def _below(self, files: set[str], there: set[str]) -> Iterator[tuple[str, set[str]]]:
        """Routes declared in `files`, each with what it fetches beside what is there: children are declared in it."""
        for chunk in sorted({name for file in files for name in _ROUTED.findall(self._text(file))}):
            fetched = self._with_imports([chunk]) - there
            children = list(self._below(fetched, there | fetched))
            yield from ((leaf, fetched | more) for leaf, more in children)
            if not children:
                yield chunk, fetched

    def _with_imports(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        left = list(names)
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += _IMPORTED.findall(self._text(name))
        return found

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


def locales(dist: Path) -> list[Locale]:
    """French, and what other languages were built."""
    return [Locale(index.parent) for index in sorted(dist.rglob("index.html"))]
