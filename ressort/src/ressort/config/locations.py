"""Places where configuration files may lie: a folder, or the inside of a package. Both read the same way."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol

from ressort.config.errors import ConfigError
from ressort.config.sources import Origin


class Location(Protocol):
    """A folder of configuration files."""

    packaged: bool

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Content and display name of the file ``name`` below this place, None when there is none."""
        ...

    def at(self, path: str) -> Location:
        """The folder ``path`` below this one."""
        ...


class Folder:
    """A folder of the file system; display names are relative to ``shown_from`` where possible."""

    packaged = False

    def __init__(self, path: Path, shown_from: Path) -> None:
        self.path = path
        self._shown_from = shown_from

    def read(self, name: str) -> tuple[bytes, str] | None:
        """See Location. Raises ConfigError when the file is there and cannot be read."""
        path = self.path / name
        try:
            return path.read_bytes(), self._shown(path)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except OSError as error:
            raise ConfigError(
                f"the file cannot be read: {error.strerror}",
                origin=Origin(self._shown(path)),
                remedy="Give the user of this process the right to read it.",
            ) from error

    def at(self, path: str) -> Folder:
        """See Location; an absolute path replaces this folder."""
        return Folder(self.path / path, self._shown_from)

    def subfolders(self) -> list[Folder]:
        """Folders directly below, sorted by name."""
        if not self.path.is_dir():
            return []
        below = sorted(
            path for path in self.path.iterdir() if path.is_dir() and not path.name.startswith(".")
        )
        return [Folder(path, self._shown_from) for path in below]

    def exists(self) -> bool:
        """True when the folder is there."""
        return self.path.is_dir()

    def _shown(self, path: Path) -> str:
        resolved = path.resolve()
        root = self._shown_from.resolve()
        return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(resolved)


class Packaged:
    """The resources inside an importable package, such as ``facture_service/application.yml``."""

    packaged = True

    def __init__(self, package: str, root: Traversable | None = None, shown: str | None = None) -> None:
        self._package = package
        self._root = files(package) if root is None else root
        self._shown = shown or package.replace(".", "/")

    def read(self, name: str) -> tuple[bytes, str] | None:
        """See Location."""
        resource = self._root.joinpath(name)
        return (resource.read_bytes(), f"{self._shown}/{name}") if resource.is_file() else None

    def at(self, path: str) -> Packaged:
        """See Location; the path stays inside the package."""
        plain = path.strip("/")
        return (
            Packaged(self._package, self._root.joinpath(plain), f"{self._shown}/{plain}") if plain else self
        )
