"""`POST /actuator/refresh`: the changed keys, or why nothing changed."""

from __future__ import annotations

from pathlib import Path

from ressort.actuator.endpoint import Answer, Call
from ressort.actuator.endpoints.refresh import refresh_endpoint
from ressort.config import load


def test_changed_keys_then_a_broken_file(tmp_path: Path) -> None:
    """The list of Spring; 500 with file and line, and the old values stay."""
    file = tmp_path / "application.yml"
    file.write_text("a: 1\nb: 1\n")
    env = load(None, (), {}, tmp_path)
    write = refresh_endpoint(env).write
    assert write is not None
    file.write_text("a: 2\n")
    assert write(Call()) == ["a", "b"]
    file.write_text("a: 3\n  b: [\n")
    refused = write(Call())
    assert isinstance(refused, Answer)
    assert refused.status == 500
    assert "application.yml:2" in refused.body["message"]
    assert env.get("a") == "2"
