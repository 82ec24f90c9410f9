"""A process reads its own encrypted values wherever they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ressort.config import ConfigError, Environment, load

CIPHER = "{cipher}682bc583f4641835fa2db009355293665d2647dade3375c0ee201de2a49f7bda"


def loaded(folder: Path, text: str, *argv: str, **environ: str) -> Environment:
    (folder / "application.yml").write_text(text)
    return load(None, argv=argv, environ=environ, directory=folder)


def test_files_variables_and_arguments(tmp_path: Path) -> None:
    """One key for all of them, itself from a variable."""
    env = loaded(tmp_path, f"a: '{CIPHER}'\nb: ['{CIPHER}']\n", f"--c={CIPHER}", ENCRYPT_KEY="foo", D=CIPHER)
    assert [env.get(key) for key in ("a", "b[0]", "c", "d")] == ["mysecret"] * 4


@pytest.mark.parametrize("environ", [{}, {"ENCRYPT_KEY": "another"}])
def test_a_value_that_cannot_be_read_ends_the_start(tmp_path: Path, environ: dict[str, Any]) -> None:
    """With key and place; nothing of the cipher."""
    with pytest.raises(
        ConfigError, match=r"^db\.password .*application\.yml:1.*cannot be decrypted"
    ) as refused:
        loaded(tmp_path, f"db.password: '{CIPHER}'\n", **environ)
    assert "682bc583" not in str(refused.value)


def test_or_is_empty_when_that_is_asked_for(tmp_path: Path) -> None:
    """`encrypt.fail-on-error`."""
    assert loaded(tmp_path, f"encrypt.fail-on-error: false\na: '{CIPHER}'\n").get("a") == ""


def test_a_key_store(tmp_path: Path) -> None:
    """Relative to the folder of the process; a missing file and a class path are named."""
    stores = Path(__file__).parents[1] / "crypto" / "stores"
    (tmp_path / "keys.jks").write_bytes((stores / "keys.jks").read_bytes())
    store = "encrypt.key-store: {location: 'file:keys.jks', password: letmein, alias: one}\n"
    with pytest.raises(ConfigError, match="cannot be decrypted"):
        loaded(tmp_path, store + f"a: '{CIPHER}'\n")
    with pytest.raises(ConfigError, match="cannot be read"):
        loaded(tmp_path, store.replace("keys.jks", "nowhere") + f"a: '{CIPHER}'\n")
    with pytest.raises(ConfigError, match="no class path"):
        loaded(tmp_path, store.replace("file:", "classpath:") + f"a: '{CIPHER}'\n")
