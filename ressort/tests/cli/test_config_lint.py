"""`ressort config lint`: what a person is told before a merge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ressort.cli import main

SCHEMAS = {
    "shop": {
        "properties": {
            "shop.currency": {"enum": ["EUR", "CHF"]},
            "shop.max-lines": {"type": "integer"},
            "shop.open": {"type": "boolean"},
        },
        "patternProperties": {r"^shop\.limits\..+$": {}},
    },
    "ressort": {"properties": {"server.port": {"type": "integer"}}, "patternProperties": {}},
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "contracts" / "config").mkdir(parents=True)
    for name, schema in SCHEMAS.items():
        (tmp_path / "contracts" / "config" / f"{name}.schema.json").write_text(json.dumps(schema))
    folder = tmp_path / "config-repo"
    folder.mkdir()
    return folder


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    status = main(["config", "lint", *words])
    return status, capsys.readouterr().out.splitlines()


def test_a_sound_folder(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Relaxed spellings, lists, placeholders with defaults, ciphers, and what comes from outside."""
    (repository / "application.yml").write_text("server.port: ${PORT}\nhost: a\nspring.x: ${random.uuid}\n")
    (repository / "shop.yml").write_text(
        "shop: {MAX_LINES: 3, currency: eur, open: off, limits: {any: 1}}\nurl: http://${host}/${path:x}\n"
        "db.password: '{cipher}abc'\nescaped: \\${nobody}\n"
    )
    assert told(capsys, "--strict") == (0, ["2 files read: 0 errors, 0 warnings"])


def test_errors_come_first_and_fail(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Syntax, duplicates, values no reader can take, bad expressions, what Boot no longer understands."""
    (repository / "a.yml").write_text("a: 1\na: 2\n")
    (repository / "b.yml").write_text("b: [1\n")
    (repository / "c.properties").write_text("spring.config.activate.on-profile=a & | b\n")
    (repository / "d.yml").write_text("spring.profiles: dev\n")
    (repository / "shop.yml").write_text("shop.max-lines: many\nshop.currency: XYZ\nshop.curency: EUR\n")
    status, lines = told(capsys)
    assert status == 1
    assert [line.partition(": ")[0] for line in lines[:-1]] == [
        "a.yml:2", "b.yml:2", "c.properties:1", "d.yml:1", "shop.yml:1", "shop.yml:2", "shop.yml:3",
    ]  # fmt: skip
    assert "found duplicate key a" in lines[0]
    assert "'many', which is no integer" in lines[4]
    assert "'XYZ', which is no one of EUR, CHF" in lines[5]
    assert lines[6] == "shop.yml:3: warning: shop.curency is not known: did you mean shop.currency?"
    assert lines[7] == "5 files read: 6 errors, 1 warnings"


def test_warnings_fail_when_strict(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A secret in clear text is told without being shown; a placeholder nobody sets."""
    (repository / "shop-dev.yml").write_text("mail.password: hunter2\nurl: ${shop.nowhere}\n")
    (repository / "other.yml").write_text("shop.nowhere: not of this application\n")
    assert told(capsys)[0] == 0
    status, lines = told(capsys, "--strict")
    assert status == 1
    assert lines[0].startswith("shop-dev.yml:1: warning: mail.password looks like a secret in clear text")
    assert "hunter2" not in "".join(lines)
    assert lines[1].startswith(
        "shop-dev.yml:2: warning: url refers to ${shop.nowhere}, which no file here sets"
    )


def test_hidden_folders_and_other_files_are_left_alone(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`.git` holds anything."""
    (repository / ".git").mkdir()
    (repository / ".git" / "x.yml").write_text("[")
    (repository / "README.md").write_text("a: [")
    assert told(capsys) == (0, ["0 files read: 0 errors, 0 warnings"])


def test_wrong_places_are_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder, and schemas that are none."""
    assert main(["config", "lint", "nowhere"]) == 1
    assert "there is no folder nowhere to read" in capsys.readouterr().err
    assert main(["config", "lint", "--schemas", str(repository)]) == 1
    assert "no *.schema.json" in capsys.readouterr().err
