"""Placeholders in values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.config import ConfigError, resolve

VALUES = {
    "a": "1",
    "b": "${a}2",
    "name": "a",
    "url:x": "whole",
    "empty": "",
    "loop": "${pool}",
    "pool": "${loop}",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("${a}", "1"),
        ("x${b}y", "x12y"),
        ("${${name}}", "1"),
        ("${missing:default}", "default"),
        ("${missing:}", ""),
        ("${missing:${a}}", "1"),
        ("${missing:${other:deep}}", "deep"),
        ("${missing:http://h:1/x}", "http://h:1/x"),
        ("${url:x}", "whole"),
        ("${empty:default}", ""),
        ("\\${a}", "${a}"),
        ("${a", "${a"),
        ("${a}}", "1}"),
    ],
)
def test_resolution(text: str, expected: str) -> None:
    """Nested keys and defaults, colons in defaults, escapes and text that is no placeholder."""
    assert resolve(text, VALUES.get) == expected


def test_missing_key_without_default_is_an_error() -> None:
    """The message names the key and how to give a default."""
    with pytest.raises(ConfigError, match=r"\$\{nowhere\}.*default"):
        resolve("${nowhere}", VALUES.get)


def test_missing_key_stays_when_not_strict() -> None:
    """The flattened answers of a config server leave what they cannot resolve."""
    assert resolve("${nowhere} ${a}", VALUES.get, strict=False) == "${nowhere} 1"


def test_cycle_is_named() -> None:
    """Two keys that refer to each other are an error naming the way round."""
    with pytest.raises(ConfigError, match="loop -> pool -> loop"):
        resolve("${loop}", VALUES.get)


@given(st.text(alphabet="ab${}:\\ ", max_size=30))
def test_any_text_resolves_or_names_a_fault(text: str) -> None:
    """No text makes the resolver fail in another way or run forever."""
    try:
        resolve(text, VALUES.get)
    except ConfigError as error:
        assert str(error)
