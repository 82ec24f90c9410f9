"""The merged forms."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from config_server.domain.answer import EnvironmentAnswer, Property, Source
from config_server.domain.errors import InvalidRequestError
from config_server.domain.flattening import flattened, java_text, nested, properties_text
from config_server.domain.json_text import json_text
from config_server.domain.yaml_text import yaml_text


def answer(*sources: dict[str, Any]) -> EnvironmentAnswer:
    built = [
        Source(str(n), {key: Property(value) for key, value in one.items()}) for n, one in enumerate(sources)
    ]
    return EnvironmentAnswer("a", "p", None, "v", tuple(built))


def test_higher_source_wins_and_lists_are_whole_and_last() -> None:
    """A list of the highest source replaces all places of the lower one."""
    merged = flattened(answer({"l[0]": "x", "a": 1}, {"l[0]": "p", "l[1]": "q", "a": 0, "b": 2}))
    assert list(merged.items()) == [("a", 1), ("b", 2), ("l[0]", "x")]


def test_nesting_with_lists_and_holes() -> None:
    """Dots make maps, numbers lists, missing places null; other brackets stay."""
    flat = {"a.b": 1, "l[0].x": 1, "l[2].x": 2, "m[0][1]": "y", "r[/api/**]": "z"}
    assert nested(flat) == {
        "a": {"b": 1}, "l": [{"x": 1}, None, {"x": 2}], "m": [[None, "y"]], "r[/api/**]": "z",
    }  # fmt: skip


def test_scalar_before_map_keeps_the_compound_key() -> None:
    """`x` and `x.y` both survive in that order."""
    assert nested({"org.x": 1, "org.x.y": 2}) == {"org": {"x": 1, "x.y": 2}}


@pytest.mark.parametrize("key", ["a..b", ".a", "a.[0]", "a[-1]"])
def test_keys_that_cannot_be_nested(key: str) -> None:
    """400, as the original answers."""
    with pytest.raises(InvalidRequestError):
        nested({key: 1})


def test_properties_text_has_no_escaping_and_no_last_newline() -> None:
    """One `key: value` per line."""
    assert properties_text({"a": True, "b.c": 1.0, "d": "x=y"}) == "a: true\nb.c: 1.0\nd: x=y"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e10, "1.0E10"),
        (1e-7, "1.0E-7"),
        (123456.5, "123456.5"),
        (1.5e7, "1.5E7"),
        (0.0, "0.0"),
        (0.001, "0.001"),
    ],
)
def test_java_doubles(value: float, text: str) -> None:
    """Exponents outside 10^-3 to 10^7."""
    assert java_text(value) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({}, "{}\n"),
        ({"a": {"l": ["x", {"k": 1, "m": [2]}], "e": [], "n": None, "s": ""}},
         "a:\n  l:\n  - x\n  - k: 1\n    m:\n    - 2\n  e: []\n  n: null\n  s: ''\n"),
        ({"a": "one\ntwo\n"}, "a: |\n  one\n  two\n"),
        ({"a": "one\ntwo"}, "a: |-\n  one\n  two\n"),
        ({"a": " one\ntwo"}, "a: |2-\n   one\n  two\n"),
        ({"a": "true", "b": "12", "c": "1e3", "d": "2013-10-31", "e": "null", "f": "a: b", "g": "#x"},
         "a: 'true'\nb: '12'\nc: '1e3'\nd: '2013-10-31'\ne: 'null'\nf: 'a: b'\ng: '#x'\n"),
        ({"a": "\n", "b": "\n\n", "c": "x\n\n"}, "a: |2+\n\nb: |2+\n\n\nc: |+\n  x\n\n"),
        ({"a": "x\u2028\u2028y\n"}, "a: |\n  x\u2028\u2028  y\n"),
        ({"a": "x \ny", "b": "x\ny "}, 'a: "x \\ny"\nb: "x\\ny "\n'),
        ({"a": "x\n" + "word " * 20}, 'a: "x\\n' + "word " * 14 + 'word\\\n  \\ ' + "word " * 5 + '"\n'),
        ({"a": "tab\there"}, 'a: "tab\\there"\n'),
        ({"é": "l'été"}, "é: l'été\n"),
        ({"a": 1e10, "b": 1e-7}, "a: 1.0E10\nb: 1.0E-7\n"),
        ({"a": True, "b": 1.5, "c": 7}, "a: true\nb: 1.5\nc: 7\n"),
    ],
)  # fmt: skip
def test_yaml_as_snakeyaml_writes_it(content: Any, text: str) -> None:
    """Dashes at the parent's column, literal blocks, single quotes where a reader would see another type."""
    assert yaml_text(content) == text


texts = st.text(
    st.characters(
        categories=("L", "N", "P", "S", "Zs"), include_characters="\n\t\r\x85\u2028\u2029", codec="utf-8"
    ),
    max_size=150,
) | st.text(st.sampled_from(" \n\tab:#-?'\"\u00a0\U0001f600,[]{}"), max_size=200)
scalars = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts
keys = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True) | texts
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(keys, trees, max_size=4))
def test_written_yaml_is_read_back_equal(content: dict[str, Any]) -> None:
    """Whatever the text looks like, it means what went in."""
    assert yaml.safe_load(yaml_text(content)) == json.loads(json.dumps(content))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"k" * 123: 1}, f"? {'k' * 123}\n: 1\n"),
        ({"k" * 122: 1}, f"{'k' * 122}: 1\n"),
        ({"mul\nti": {"a": 1, "b": [1]}}, "? |-\n  mul\n  ti\n: a: 1\n  b:\n  - 1\n"),
        ({"": ["x"], "a": {"": 1}}, "? ''\n: - x\na:\n  ? ''\n  : 1\n"),
        ({"a": "x\x01y", "b": ["\x1b[0m"]}, "a: !!binary |-\n  eAF5\nb:\n- !!binary |-\n  G1swbQ==\n"),
        ({"a": "\u00a0x", "b": "x\u00a0\ty", "c": "09", "d": "01:30", "e": "0:00", "f": "._4"},
         "a: \u00a0x\nb: \"x\\_\\ty\"\nc: '09'\nd: 01:30\ne: 0:00\nf: '._4'\n"),
        ({"q": "it's: " * 13}, f"q: '{chr(32).join(['it' + chr(39) * 2 + 's:'] * 12)}\n  it''s: '\n"),
    ],
)  # fmt: skip
def test_rare_texts_and_keys_as_snakeyaml_writes_them(content: Any, text: str) -> None:
    """Long, empty and multi-line keys, bytes, blanks that are none, what only looks like a number."""
    assert yaml_text(content) == text


def test_json_numbers_are_java_s() -> None:
    """Doubles by Java's rules, what JSON cannot say as text, letters as they are."""
    content = {"a": 6.02e23, "b": [1e-5, 1e7, 1.0, 3, True, None], "c": float("nan"), "é\n": {}, "d": []}
    assert json_text(content) == (
        '{"a":6.02E23,"b":[1.0E-5,1.0E7,1.0,3,true,null],"c":"NaN","é\\n":{},"d":[]}'
    )
