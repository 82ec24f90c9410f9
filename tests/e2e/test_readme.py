"""The README's journey, line by line: what it prints is what really comes out."""

from __future__ import annotations

import re
import subprocess
import sys

from e2e.estate import LEDGER, ROOT, Estate
from e2e.kinds import EMBEDDED, on

pytestmark = on(EMBEDDED, group="readme")

MARK = "\x01"


def journey() -> list[tuple[str, str]]:
    """The commands of the README's longest console block, each with the output printed below it."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    steps: list[tuple[str, str]] = []
    for line in max(blocks, key=len).splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], ""))
        else:
            command, output = steps[-1]
            steps[-1] = (command, f"{output}{line}\n")
    return steps


def undated(text: str) -> str:
    """Numbers of a series carry the year of the day."""
    return re.sub(r"FA-\d{4}-", "FA-YYYY-", text).strip()


def here(command: str, estate: Estate) -> str:
    """A command of the README, said to an estate on other ports and in another folder."""
    command = command.replace("http://localhost:8080/api", estate.api)
    command = command.replace(".venv/bin/python", sys.executable)
    return command.replace("data/receivables-2013.csv", str(LEDGER))


def test_the_readmes_commands_print_what_it_says(estate: Estate) -> None:
    """One shell runs them all; every output but the first, which starts the estate, is compared."""
    (_, up), *steps = journey()
    assert up.startswith("up in")
    script = "exec 2>&1\n" + "".join(f"printf '{MARK}'\n{here(command, estate)}\n" for command, _ in steps)
    run = subprocess.run(
        ["bash", "-c", script], cwd=estate.folder, capture_output=True, text=True, timeout=180, check=False
    )
    outputs = run.stdout.split(MARK)[1:]
    assert len(outputs) == len(steps)
    for (command, said), printed in zip(steps, outputs, strict=True):
        assert undated(printed) == undated(said), f"$ {command}"
