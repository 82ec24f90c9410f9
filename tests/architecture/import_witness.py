"""Imports every module of one package and prints, as JSON, what our own code did to the world meanwhile.

Run as `python import_witness.py <package> <root of the repository>`. What a dependency does while it is itself
being imported is its own affair and not listed.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from types import FrameType
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
EFFECTS = (
    "socket.__new__",
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.fork",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.putenv",
    "sqlite3.connect",
)
CLOCK = ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "now", "utcnow", "today")

found: set[str] = set()
ROOT = ""


def ours(frame: FrameType | None, directly: bool = False) -> str | None:
    """Where our code did it; None when a dependency being imported did, or the import system reading our modules.

    `directly`: what a dependency does when our code calls it is not ours either.
    """
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(ROOT) and "/.venv/" not in file:
            return f"{file.removeprefix(ROOT)}:{frame.f_lineno}"
        if "site-packages" in file and (directly or frame.f_code.co_name == "<module>"):
            return None
        if file.startswith("<frozen importlib"):
            return None
        frame = frame.f_back
    return None


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Notes effects, files written, and files that our own code reads."""
    if event in EFFECTS or event == "open":
        reading = event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITING)
        place = ours(sys._getframe(1), directly=reading)
        if place is not None and __file__ not in place:
            found.add(f"{event} {arguments[0]!r} at {place}" if arguments else f"{event} at {place}")


def profile(frame: FrameType, event: str, argument: Any) -> None:
    """Notes our code asking for the time, and threads (Python 3.11 has no audit event for them)."""
    if event == "c_call" and argument.__name__ == "start_new_thread" and (place := ours(frame)):
        found.add(f"thread at {place}")
    if event == "c_call" and argument.__name__ in CLOCK:
        module = getattr(argument, "__module__", None) or type(getattr(argument, "__self__", None)).__name__
        place = ours(frame, directly=True)
        if place is not None:
            found.add(f"clock {module}.{argument.__name__} at {place}")


class WatchedEnviron(type(os.environ)):  # type: ignore[misc]
    """os.environ that tells who reads it."""

    def __getitem__(self, key: str) -> str:
        place = ours(sys._getframe(1), directly=True)
        if place is not None:
            found.add(f"environment {key} at {place}")
        return str(super().__getitem__(key))


def main(package: str, root: str) -> None:
    """Import all of it and print what was found."""
    global ROOT
    ROOT = root.rstrip("/") + "/"
    sys.dont_write_bytecode = True
    sys.addaudithook(audit)
    os.environ.__class__ = WatchedEnviron
    sys.setprofile(profile)
    imported = importlib.import_module(package)
    for module in pkgutil.walk_packages(imported.__path__, f"{package}."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    sys.setprofile(None)
    print(json.dumps(sorted(found)))


if __name__ == "__main__":
    main(*sys.argv[1:])
