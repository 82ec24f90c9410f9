"""`ressort encrypt` and `ressort decrypt`: one secret, by standard input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ressort.cli import main

CIPHER = "682bc583f4641835fa2db009355293665d2647dade3375c0ee201de2a49f7bda"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENCRYPT_KEY", raising=False)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, command: str, text: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return main([command])


def test_there_and_back(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The end of the line is not part of the text."""
    monkeypatch.setenv("ENCRYPT_KEY", "foo")
    assert run(monkeypatch, "encrypt", "été\n") == 0
    value = capsys.readouterr().out
    assert value.startswith("{cipher}")
    assert run(monkeypatch, "decrypt", value) == 0
    assert capsys.readouterr().out == "été\n"


@pytest.mark.parametrize("mark", ["", "{cipher}"])
def test_what_spring_encrypted_is_read(
    mark: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the key of the folder's own settings, beside a value under another one."""
    (folder / "application.yml").write_text("encrypt.key: foo\nb: '{cipher}00'\n")
    assert run(monkeypatch, "decrypt", mark + CIPHER) == 0
    assert capsys.readouterr().out == "mysecret\n"


def test_without_a_key_or_with_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused in one line that names the key to set and shows nothing of the text."""
    assert run(monkeypatch, "encrypt", "hunter2") == 1
    assert "encrypt.key: there is no key" in (told := capsys.readouterr().err)
    assert "hunter2" not in told
    monkeypatch.setenv("ENCRYPT_KEY", "bar")
    assert run(monkeypatch, "decrypt", CIPHER) == 1
    assert "not encrypted with this key" in capsys.readouterr().err
