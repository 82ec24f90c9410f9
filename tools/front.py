"""The front's toolchain: Node from the locked wheel, packages from the lockfile, checks and the build.

    .venv/bin/python tools/front.py install|build|api|lint|units|client|locale|check

`install` makes `frontend/.node` (Node from `uv.lock`) and `frontend/node_modules`. `build` writes `frontend/dist`,
compressed. `client` and `check` prove that the generated client and `frontend/dist` are what their sources give,
`locale` that all that is said in French is said in English. Users never need it: `frontend/dist` is in the repository.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONT = ROOT / "frontend"
NODE = FRONT / ".node"
UV = ROOT / ".venv" / "bin" / "uv"
PARTS = ("angular.json", "package-lock.json", "public", "src", "tools", "tsconfig.app.json", "tsconfig.json")


def install() -> int:
    """Node and the packages; 0 when they are there."""
    made = _run(
        [UV, "sync", "--quiet", "--frozen", "--system-certs", "--only-group", "front"], environment=NODE
    )
    # Not `npm ci`: it refuses the lockfile where a registry lacks an optional package of another platform.
    return made or _run(
        [NODE / "bin" / "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    )


def build(target: Path = FRONT / "dist") -> int:
    """The application in every language, precompressed, in place of what was in `target`."""
    with tempfile.TemporaryDirectory(prefix="ressort-front-") as folder:
        if made := _node("node_modules/@angular/cli/bin/ng.js", "build", "--output-path", folder):
            return made
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(folder) / "browser", target)
        shutil.copy(Path(folder) / "3rdpartylicenses.txt", target)
    return _node("tools/compresser.mjs", str(target)) or _sign(target)


def sources() -> str:
    """The hash of everything a build is made of, tests aside; a build keeps it in its `version.json`."""
    digest = hashlib.sha256()
    for path in sorted(
        file for part in PARTS for file in _tree(FRONT / part) if not file.name.endswith(".spec.ts")
    ):
        digest.update(path.relative_to(FRONT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def sources_of(target: Path) -> str | None:
    """The hash of the sources a build was made of; None when there is no build."""
    version = target / "version.json"
    return json.loads(version.read_bytes()).get("sources") if version.exists() else None


def _tree(path: Path) -> list[Path]:
    return [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]


def _sign(target: Path) -> int:
    version = target / "version.json"
    known = json.loads(version.read_bytes())
    version.write_text(json.dumps(known | {"sources": sources()}) + "\n", encoding="utf-8")
    return 0


def api() -> int:
    """`src/app/api` from `contracts/openapi`."""
    return _node("tools/generer-api.mjs")


def lint() -> int:
    """Rules of style, accessibility and of who may import whom."""
    return _node("node_modules/eslint/bin/eslint.js", "src") or _node(
        "node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "src", "tools"
    )


def units() -> int:
    """Vitest."""
    return _node("node_modules/@angular/cli/bin/ng.js", "test", "--watch=false")


def client() -> int:
    """The committed client is what the contracts give."""
    return _node("tools/generer-api.mjs", "--verifier")


def locale() -> int:
    """Every French message has its English one; prints those that are to be written."""
    return _node("tools/traductions.mjs")


def check() -> int:
    """The committed build is what the sources give."""
    with tempfile.TemporaryDirectory(prefix="ressort-front-") as folder:
        fresh = Path(folder) / "dist"
        return build(fresh) or _compare(fresh, FRONT / "dist")


def _compare(fresh: Path, kept: Path) -> int:
    wanted, found = _files(fresh), _files(kept)
    different = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if different:
        shown = ", ".join(different[:8])
        print(
            f"frontend/dist is not what the sources give ({shown}); rebuild it: make front", file=sys.stderr
        )
    return 1 if different else 0


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _node(script: str, *arguments: str) -> int:
    return _run([NODE / "bin" / "node", script, *arguments])


def _run(command: list[Path | str], environment: Path | None = None) -> int:
    environ = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environ.setdefault("NODE_EXTRA_CA_CERTS", _system_certificates())
    environ |= {
        "NG_CLI_ANALYTICS": "false",
        "PATH": f"{NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    if environment is not None:
        environ |= {"UV_PROJECT_ENVIRONMENT": str(environment), "UV_PYTHON_DOWNLOADS": "never"}
    return subprocess.run(command, cwd=FRONT, env=environ, check=False).returncode


def _system_certificates() -> str:
    """The system's bundle: Node trusts its own list only, which lacks a company's certificates."""
    known = (ssl.get_default_verify_paths().cafile, "/etc/ssl/certs/ca-certificates.crt")
    return next((path for path in known if path and Path(path).is_file()), "")


COMMANDS = {
    "install": install,
    "build": build,
    "api": api,
    "lint": lint,
    "units": units,
    "client": client,
    "locale": locale,
    "check": check,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    sys.exit(COMMANDS[sys.argv[1]]())
