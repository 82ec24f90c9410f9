"""Makes `.venv` from `uv.lock` with nothing but Python: no pip, no ensurepip, no uv beforehand.

uv itself is one of the locked packages: its wheel is fetched from the address in `uv.lock`, checked against the
hash there, and its one binary is put into `.venv/bin`. Then `uv sync --frozen` installs the rest.

    python3 tools/bootstrap.py [options of uv sync, such as --no-dev]
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import subprocess
import sys
import tomllib
import urllib.request
import venv
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
UV = VENV / "bin" / "uv"
TIMEOUT_S = 120


def main(options: list[str]) -> int:
    """Make or complete the environment; 0 when it is ready, 1 with one message otherwise."""
    try:
        if not (VENV / "bin" / "python").exists():
            print(f"making {VENV}", flush=True)
            venv.create(VENV, with_pip=False, symlinks=True)
        locked = _locked_uv()
        if _installed_version() != locked["version"]:
            print(f"fetching uv {locked['version']}", flush=True)
            _install(_fetch(_wheel(locked["wheels"])))
        return _sync(options)
    except OSError as error:
        print(f"bootstrap: {error}", file=sys.stderr)
        return 1


def _locked_uv() -> dict[str, Any]:
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    found: dict[str, Any] = next(package for package in packages if package["name"] == "uv")
    return found


def _installed_version() -> str | None:
    if not UV.exists():
        return None
    asked = subprocess.run([UV, "--version"], capture_output=True, text=True, check=False)
    words = asked.stdout.split()
    return words[1] if asked.returncode == 0 and len(words) > 1 else None


def _wheel(wheels: list[dict[str, Any]]) -> dict[str, Any]:
    """The locked wheel for this machine."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system = {"linux": libc, "darwin": "macosx"}.get(sys.platform, sys.platform)
    for wheel in wheels:
        name = wheel["url"].rsplit("/", 1)[-1]
        if system in name and machine in name:
            return wheel
    raise OSError(f"no uv for {sys.platform} on {platform.machine()} is locked: install uv yourself as {UV}")


def _fetch(wheel: dict[str, Any]) -> bytes:
    with urllib.request.urlopen(wheel["url"], timeout=TIMEOUT_S) as answer:
        content: bytes = answer.read()
    given = "sha256:" + hashlib.sha256(content).hexdigest()
    if given != wheel["hash"]:
        raise OSError(f"{wheel['url']} has {given}, uv.lock says {wheel['hash']}")
    return content


def _install(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        draft = UV.with_name("uv.part")
        draft.write_bytes(archive.read(member))
    draft.chmod(0o755)
    draft.replace(UV)


def _sync(options: list[str]) -> int:
    command = [
        UV,
        "sync",
        "--quiet",
        "--frozen",
        "--system-certs",
        "--all-packages",
        "--all-extras",
        *options,
    ]
    environ = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environ |= {"UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
