"""Writes `contracts/` from the code, or checks that it says what the code says.

    python tools/write_contracts.py            rewrite every document
    python tools/write_contracts.py --check    exit status 1 naming each document that differs

Applications are made on adapters in memory: no network, no clock and no environment decide what is written, so
two runs on the same code write the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import contract_config
import contract_events
import contract_openapi
import contract_samples

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "contracts"
COMMAND = "python tools/write_contracts.py"


def documents() -> dict[str, Any]:
    """Every document by its path below `contracts/`."""
    return {
        **{f"openapi/{name}.json": found for name, found in contract_openapi.documents().items()},
        **{f"events/{name}.schema.json": found for name, found in contract_events.schemas().items()},
        **{f"events/examples/{name}.json": found for name, found in contract_samples.examples().items()},
        **{f"config/{name}.schema.json": found for name, found in contract_config.schemas().items()},
    }


def written(document: Any) -> str:
    """A document as it stands in its file."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write(texts: Mapping[str, str], folder: Path) -> None:
    """Makes the folder say exactly this; documents of services that are gone are removed."""
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for path in _strangers(texts, folder):
        (folder / path).unlink()


def differences(texts: Mapping[str, str], folder: Path) -> list[str]:
    """One line per document that is missing, outdated or of nobody."""
    found = []
    for path, text in sorted(texts.items()):
        file = folder / path
        if not file.is_file():
            found.append(f"{FOLDER}/{path} is missing")
        elif (line := _first_difference(file.read_text(encoding="utf-8"), text)) is not None:
            found.append(f"{FOLDER}/{path}:{line} differs from the code")
    return found + [f"{FOLDER}/{path} is written by no code" for path in _strangers(texts, folder)]


def _strangers(texts: Mapping[str, str], folder: Path) -> list[str]:
    present = {file.relative_to(folder).as_posix() for file in folder.rglob("*.json")}
    return sorted(present - texts.keys())


def _first_difference(present: str, due: str) -> int | None:
    """The number of the first line that differs, None when none does."""
    if present == due:
        return None
    left, right = present.splitlines(), due.splitlines()
    pairs = zip(left, right, strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
    return same + 1


def main(argv: Sequence[str] | None = None) -> int:
    """Write or check; the process exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, fail when something differs")
    arguments = parser.parse_args(argv)
    texts = {path: written(document) for path, document in documents().items()}
    folder = ROOT / FOLDER
    if not arguments.check:
        write(texts, folder)
        return 0
    found = differences(texts, folder)
    if found:
        print("\n".join(found), file=sys.stderr)
        print(f"Rewrite with: .venv/bin/{COMMAND}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
