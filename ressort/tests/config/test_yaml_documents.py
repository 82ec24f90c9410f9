"""YAML by Spring's rules."""

from __future__ import annotations

import contextlib
import math
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ressort.config import ConfigError
from ressort.config.yaml_documents import parse_yaml

# Spring reads 1e3 as a number, PyYAML as a text that it writes without quotes.
spring_number = re.compile(r"[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+")
printable = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), codec="utf-8"), max_size=10).filter(
    lambda text: spring_number.fullmatch(text) is None
)


def flat(text: str) -> dict[str, Any]:
    return {key: value.value for document in parse_yaml(text, "f.yml") for key, value in document.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {b: 1, c: [x, {y: 2}]}", {"a.b": 1, "a.c[0]": "x", "a.c[1].y": 2}),
        ("a: [[1, 2], [3]]", {"a[0][0]": 1, "a[0][1]": 2, "a[1][0]": 3}),
        ("a: null\nb: ''\nc: []\nd: ~", {"a": "", "b": "", "c": "", "d": ""}),
        ("a: {}\nb: 1", {"b": 1}),
        ("a.b: 1", {"a.b": 1}),
        ("m:\n  '[/api/**]': x\n  404: y\n  on: z", {"m[/api/**]": "x", "m[404]": "y", "m[true]": "z"}),
        ("- a\n- b", {"document[0]": "a", "document[1]": "b"}),
        ("just text", {"document": "just text"}),
        ("a: &x {k: 1, l: 2}\nb: {<<: *x, k: 3}", {"a.k": 1, "a.l": 2, "b.k": 3, "b.l": 2}),
    ],
)
def test_flattening(text: str, expected: dict[str, Any]) -> None:
    """Maps, lists, empties, odd keys, roots and merge keys."""
    assert flat(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-10-31", "2013-10-31"), ("1e3", 1000.0), ("1.5e3", 1500.0), ("1e-7", 1e-7), ("+.5", 0.5), ("=", "="),
        ("0123", 83), ("1:30", 90), ("1_000", 1000), ("yes", True), ("off", False), ("y", "y"), ("08", "08"),
        ("1.0", 1.0), ("'1'", "1"), (".inf", math.inf), ("0x1F", 31), ("1.2.3", "1.2.3"), ("190:20:30.15", 685230.15), ("-1:30.5", -90.5), ("60:70", "60:70"),
        ("12:30:45.5", 45045.5),
    ],
)  # fmt: skip
def test_scalar_types(text: str, expected: object) -> None:
    """What SnakeYAML in Spring Boot reads, where PyYAML would differ."""
    found = flat(f"a: {text}")["a"]
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("b: &b {x: 1, y: 2}\nm: {y: 9, <<: *b}", ["b.x", "b.y", "m.y", "m.x"]),
        ("b: &b {x: 1, y: 2}\nc: &c {y: 3, z: 4}\nm: {<<: [*b, *c], w: 0}",
         ["b.x", "b.y", "c.y", "c.z", "m.x", "m.y", "m.z", "m.w"]),
        ("~: x\nn: {null: y}", ["[null]", "n[null]"]),
    ],
)  # fmt: skip
def test_keys_stand_in_spring_s_order(text: str, keys: list[str]) -> None:
    """Merged keys stand where `<<` does, the first map of a list before the second; a null key has a name."""
    assert list(flat(text)) == keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("? [a, [1, 2.0, ~, true], {x: y, z: [q]}]\n: v", {"[[a, [1, 2.0, null, true], {x=y, z=[q]}]]": "v"}),
        ("m:\n  ? {a: 1}\n  : g", {"m[{a=1}]": "g"}),
        ("s: !!set {a: 1, 2: }", {"s[0]": "a", "s[1]": 2}),
        ("o: !!omap [a: 1, b: 2]", {"o.a": 1, "o.b": 2}),
        ("b: !!binary |\n  aGVs\n  bG8=", {"b": "aGVsbG8="}),
        ("t: !!timestamp 2026-01-02", {"t": "2026-01-02T00:00:00.000Z"}),
        ("t: !!timestamp 2026-01-02 03:04:05.67 +2", {"t": "2026-01-02T01:04:05.670Z"}),
        ("e: !!float '1:30'\nf: !!int '1:30'", {"e": 90.0, "f": 90}),
    ],
)
def test_rare_keys_and_tags(text: str, expected: dict[str, Any]) -> None:
    """Lists and maps as keys by Java's text of them; YAML's own tags as Spring flattens them."""
    assert flat(text) == expected


@pytest.mark.parametrize(
    "value",
    ["!!binary '@@'", "!!bool maybe", "!!int x", "!!int 1.5", "!!float x", "!!timestamp x", "!!str [a]", "!!seq {a: 1}",
     "!!map [a]", "!!omap {a: 1}", "!!omap [{a: 1, b: 2}]", "!!set {a, a}", "!!pairs [a: 1]", "!!int ''", "!!float ''"],
)  # fmt: skip
def test_values_that_their_tag_does_not_allow(value: str) -> None:
    """Told with their place."""
    with pytest.raises(ConfigError, match=r"f\.yml:2"):
        flat(f"ok: 1\na: {value}")


def test_fifty_levels_are_deep_enough() -> None:
    """As in SnakeYAML, the root counted; deeper ones would also end the reader's stack."""
    assert flat("a: " + "[" * 49 + "1" + "]" * 49) == {"a" + "[0]" * 49: 1}
    stairs = "\n".join("  " * n + "k:" for n in range(60))
    for text in (
        "a: " + "[" * 50 + "]" * 50,
        "[" * 200_000,
        "- " * 60 + "x",
        stairs + " 1",
        "{a: " * 100_000,
    ):
        with pytest.raises(ConfigError, match="inside one another"):
            flat(text)


@pytest.mark.parametrize("head", ["a0: &a0 {}", "a0: &a0 []", "a0: &a0 x"])
@pytest.mark.parametrize("last", ["z: *a9", "? *a9\n: z"])
def test_aliases_do_not_explode(head: str, last: str) -> None:
    """A thousand million laughs, empty ones and those in a key too."""
    laughs = [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(ConfigError, match="values in one document"):
        flat("\n".join([head, *laughs, last]))


@given(
    st.text(st.sampled_from(" \n\t-:?[]{}&*!|>'\"%@,#~<=.0123456789abxeE_+\u00e9\ufeff\x00\x85"), max_size=60)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    """No other exception than ConfigError."""
    with contextlib.suppress(ConfigError):
        flat(text)


@pytest.mark.parametrize("text", ["1: a\n0x1: b", "yes: a\ntrue: b", "a: 1\n'a': 2"])
def test_keys_of_one_value_are_duplicates(text: str) -> None:
    """However they are written."""
    with pytest.raises(ConfigError, match="duplicate key"):
        flat(text)


@pytest.mark.parametrize("text", ["a: {<<: 1}", "a: {<<: [1]}", "a: &a {<<: *a}"])
def test_what_cannot_be_merged_is_told(text: str) -> None:
    """Only maps can, and none into itself."""
    with pytest.raises(ConfigError):
        flat(text)


def test_merges_do_not_explode() -> None:
    """Thirty maps that merge the one before twice would be a thousand million entries."""
    lines = ["m0: &m0 {x: 1}", *(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}]}}" for n in range(1, 30))]
    with pytest.raises(ConfigError, match="more than 100000 values"):
        flat("\n".join(lines))


def test_places_are_kept_for_every_value() -> None:
    """Line and column of each value, counted from 1."""
    document = parse_yaml("a:\n  b: 1\n  c:\n  - x\n  - y\n", "config/application.yml")[0]
    assert {key: str(value.origin) for key, value in document.items()} == {
        "a.b": "config/application.yml:2",
        "a.c[0]": "config/application.yml:4",
        "a.c[1]": "config/application.yml:5",
    }
    assert document["a.b"].origin is not None
    assert document["a.b"].origin.place == "2:6"


def test_documents_and_empty_documents() -> None:
    """Three dashes part documents, empty ones do not count."""
    assert [list(document) for document in parse_yaml("a: 1\n---\n---\n# nothing\n---\nb: 2", "f")] == [
        ["a"],
        ["b"],
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3", 3),
        ("a: 1\n\tb: 2", 2),
        ("a: 1\na: 2", 2),
        ("a:\n  b: 'x\n", 3),
        ("a: b: c", 1),
        ("a: *nowhere", 1),
        ("a: 1\nb: !!python/object/apply:os.system [x]", 2),
        ("a: !java/Object x", 1),
        ("a: &x\n  b: *x", 1),
    ],
)
def test_broken_yaml_names_the_line(text: str, line: int) -> None:
    """Every fault is a ConfigError at file and line."""
    with pytest.raises(ConfigError, match=r"YAML|anchor") as caught:
        parse_yaml(text, "f.yml")
    assert str(caught.value.origin) == f"f.yml:{line}"


@given(st.text(max_size=60))
def test_any_text_is_yaml_or_a_config_error(text: str) -> None:
    """No other exception leaves the parser."""
    try:
        parse_yaml(text, "f.yml")
    except ConfigError as error:
        assert "f.yml" in str(error)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**9), 10**9) | printable,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner, max_size=3)
        ),
        max_leaves=10,
    )
)
def test_what_pyyaml_writes_is_read_back(content: object) -> None:
    """Every scalar of a written document is found with its type."""
    text = yaml.safe_dump({"root": content}, allow_unicode=True)
    values = list(flat(text).values())
    expected = list(_leaves(content))
    assert values == expected


def _leaves(content: object) -> list[object]:
    if isinstance(content, dict):
        return [leaf for key in sorted(content) for leaf in _leaves(content[key])]
    if isinstance(content, list):
        return [leaf for item in content for leaf in _leaves(item)] if content else [""]
    return ["" if content is None else content]
