"""`contracts/` says what the code says, and the check says so when it does not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import write_contracts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every document as the code says it now."""
    return {path: write_contracts.written(found) for path, found in write_contracts.documents().items()}


def test_the_folder_says_what_the_code_says(texts: dict[str, str]) -> None:
    """The documents in the repository are those the code writes."""
    assert write_contracts.differences(texts, ROOT / "contracts") == []


def test_another_process_writes_the_same_bytes(texts: dict[str, str]) -> None:
    """Hash seeds, dates and folders decide nothing."""
    program = (
        "import sys; sys.path.insert(0, 'tools'); import json, write_contracts as w;"
        "print(json.dumps({p: w.written(d) for p, d in w.documents().items()}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == texts


def test_a_changed_missing_or_foreign_document_is_named(texts: dict[str, str], tmp_path: Path) -> None:
    """Each file that differs is told apart, with the line where it does."""
    write_contracts.write(texts, tmp_path)
    changed = tmp_path / "events/RelanceTraitee.schema.json"
    changed.write_text(changed.read_text().replace('"ANNULEE"', '"ANNULE"'))
    (tmp_path / "openapi/batch.json").unlink()
    (tmp_path / "openapi/autre-service.json").write_text("{}")
    found = write_contracts.differences(texts, tmp_path)
    assert [line.split(" ", 1)[1] for line in found] == [
        "differs from the code",
        "is missing",
        "is written by no code",
    ]
    assert found[0].startswith("contracts/events/RelanceTraitee.schema.json:")


def test_the_check_fails_with_the_command_that_rewrites(
    texts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1, the files and the remedy; nothing is written."""
    monkeypatch.setattr(write_contracts, "ROOT", tmp_path)
    assert write_contracts.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert "contracts/openapi/batch.json is missing" in said
    assert "Rewrite with: .venv/bin/python tools/write_contracts.py" in said
    assert not (tmp_path / "contracts").exists()


def test_writing_makes_the_check_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was rewritten is accepted, and a document of nobody is gone."""
    monkeypatch.setattr(write_contracts, "ROOT", tmp_path)
    stranger = tmp_path / "contracts/events/examples/Inconnu.json"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("{}")
    assert write_contracts.main([]) == 0
    assert write_contracts.main(["--check"]) == 0
    assert not stranger.exists()


@pytest.mark.parametrize("kind", ["events", "config"])
def test_the_schemas_are_schemas(texts: dict[str, str], kind: str) -> None:
    """Each document is itself valid under the dialect it names."""
    schemas = [json.loads(text) for path, text in texts.items() if path.startswith(kind) and "schema" in path]
    assert schemas
    for schema in schemas:
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("member", "key", "expected"),
    [
        ("ressort", "server.port", {"type": "integer", "default": 8080}),
        ("batch", "relance.cron", {"type": "string", "default": "0 0 9 * * MON-FRI"}),
        ("facture-service", "facture.series.premier-numero", {"type": "integer", "default": 1}),
        ("paiement-service", "paiement.rattrapage", {"default": "2s", "x-bare-number": "ms"}),
        ("ressort", "server.max-http-request-header-size", {"default": 8192, "x-bare-number": "bytes"}),
    ],
)
def test_properties_are_listed_with_type_default_and_unit(
    texts: dict[str, str], member: str, key: str, expected: dict[str, Any]
) -> None:
    """A property one writes in a file is found under its full name."""
    schema = json.loads(texts[f"config/{member}.schema.json"])
    assert expected.items() <= schema["properties"][key].items()
