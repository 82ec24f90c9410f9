"""Ten thousand mutated files and paths: every answer is one of the answers there are, soon, and nothing piles up."""

from __future__ import annotations

import logging
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from config_server.adapters.memory import MemoryRepository
from config_server.app import Adapters, create_app
from config_server.application.file_backend import FileBackend
from config_server.settings import ConfigServerSettings

SEEDS = Path(__file__).parents[3] / "tests" / "interop" / "config" / "repository"
MUTATIONS = 10_000
PATIENCE_S = 10.0
FORMS = ("/app/default", "/app/dev,a", "/app-default.yml", "/app-default.json", "/app-default.properties")
PATHS = (
    "/app/default/main",
    "/application-dev,b.yml",
    "/main/app-dev.json",
    "/app/dev/main/app.yml",
    "/app/default/x.txt?useDefaultLabel",
    "/a(_)b/default/feature(_)x",
)
ODD = "{}[]:-&*!|>'\"%@`#,?\\\t\n \x00\x85\ufeff\u2028$é"
PATH_PARTS = (
    "..",
    "/",
    "//",
    "%2e",
    "%2F",
    "%5C",
    "%00",
    "(_)",
    "#",
    "*",
    ";",
    "\\",
    "é",
    "-",
    ",",
    ".yml",
    "%",
)
_KEPT = "/?%()*;,.#\\"


def mutated(text: str, dice: random.Random) -> str:
    characters = list(text)
    for _ in range(dice.randrange(1, 8)):
        place = dice.randrange(len(characters) + 1)
        match dice.randrange(4):
            case 0:
                characters.insert(place, dice.choice(ODD))
            case 1:
                del characters[place : place + dice.randrange(4)]
            case 2:
                start = dice.randrange(len(characters) + 1)
                characters[place:place] = characters[start : start + dice.randrange(60)]
            case _:
                characters[place : place + 1] = [chr(dice.randrange(0x20, 0x2FFF))]
    return "".join(characters)


def served(repository: MemoryRepository) -> tuple[FlaskClient, FileBackend]:
    backend = FileBackend(repository)
    adapters = Adapters(backend, lambda: datetime(2026, 11, 20, tzinfo=UTC))
    return create_app(ConfigServerSettings(), adapters).test_client(), backend


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Each broken file is told in the log, ten thousand times; other tests read that log."""
    caplog.set_level(logging.CRITICAL, "config_server")


@pytest.mark.parametrize("extension", ["yml", "properties"])
def test_files(extension: str) -> None:
    """200, 400, or the 500 that names the file and what is wrong with it."""
    dice = random.Random(extension)
    seeds = [path.read_bytes().decode("utf-8", "replace") for path in sorted(SEEDS.iterdir())]
    repository = MemoryRepository({})
    client, backend = served(repository)
    statuses = set()
    for _ in range(MUTATIONS * 2 // 5):
        text = mutated(dice.choice(seeds), dice)
        repository.commit({f"app.{extension}": text})
        began = time.monotonic()
        answer = client.get(dice.choice(FORMS))
        assert time.monotonic() - began < PATIENCE_S, text
        assert answer.status_code in (200, 400) or f"app.{extension}" in answer.json["message"], text
        statuses.add(answer.status_code)
    assert {200, 500} <= statuses
    assert backend.parsed.bytes <= 10 * 2**20


def test_paths() -> None:
    """200, 304, 400 or 404, and never anything from outside the repository."""
    dice = random.Random(1)
    client, _ = served(MemoryRepository({"app.yml": "a: 1\n", "x.txt": "x"}))
    for _ in range(MUTATIONS // 5):
        path = dice.choice(PATHS)
        for _ in range(dice.randrange(1, 4)):
            place = dice.randrange(1, len(path) + 1)
            path = path[:place] + dice.choice(PATH_PARTS) + path[place:]
        raw, _, query = path.partition("?")
        environ = {
            "PATH_INFO": unquote(raw, "latin-1"),
            "RAW_URI": quote(path, safe=_KEPT),
            "QUERY_STRING": quote(query, safe="=&%"),
        }
        answer = client.get("/", environ_overrides=environ)
        assert answer.status_code in (200, 304, 400, 404), path
        assert "root:" not in answer.text
