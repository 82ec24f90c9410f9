"""Java properties files."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.config import ConfigError
from ressort.config.properties_documents import parse_properties


def flat(text: str) -> dict[str, Any]:
    return {key: value.value for document in parse_properties(text, "f") for key, value in document.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=1\nb: 2\nc 3\nd", {"a": "1", "b": "2", "c": "3", "d": ""}),
        ("  a = x y  ", {"a": "x y  "}),
        ("# no\n! no\na=1", {"a": "1"}),
        ("a=one\\\n   two\nb=3", {"a": "onetwo", "b": "3"}),
        ("a=x\\\\\nb=2", {"a": "x\\", "b": "2"}),
        ("a=\\u00e9\\t\\=", {"a": "é\t="}),
        ("a\\ b\\=c=1", {"a b=c": "1"}),
        ("a==b", {"a": "=b"}),
        ("l[]=x, y", {"l[0]": "x", "l[1]": "y"}),
        ("# comment \\\na=1", {"a": "1"}),
    ],
)
def test_syntax(text: str, expected: dict[str, str]) -> None:
    """Separators, continuations, escapes, comments and expanded lists."""
    assert flat(text) == expected


def test_documents() -> None:
    """``#---`` and ``!---`` part documents only in the first column."""
    found = parse_properties("a=1\n#---\nb=2\n !---\nd=4\n!---\nc=3", "f")
    assert [list(document) for document in found] == [["a"], ["b", "d"], ["c"]]


def test_lines_are_kept() -> None:
    """The place is where the logical line begins."""
    document = parse_properties("# x\na=1\\\n2\nb=3", "f.properties")[0]
    assert [str(value.origin) for value in document.values()] == ["f.properties:2", "f.properties:4"]


def test_the_column_is_that_of_the_value() -> None:
    """Counted from 1 in its own line, also when the value only begins on a continuation."""
    document = parse_properties("  a : 1\nb=\\\n    2\nc=", "f")[0]
    assert [value.origin.place for value in document.values() if value.origin] == ["1:7", "3:5", "4:3"]


def test_only_javas_line_ends_part_lines() -> None:
    """Letters of UTF-8 read as Latin-1 hold characters that Python takes for line ends."""
    assert flat("a=\u00c3\u0085\x1c\u2028z\rb=2") == {"a": "\u00c3\u0085\x1c\u2028z", "b": "2"}


def test_bad_escape_names_the_line() -> None:
    """A cut unicode escape is an error with its place."""
    with pytest.raises(ConfigError, match=r"f:2.*uXXXX"):
        parse_properties("a=1\nb=\\u12", "f")


@given(st.text(max_size=60))
def test_any_text_is_read_or_a_config_error(text: str) -> None:
    """No other exception leaves the parser."""
    try:
        parse_properties(text, "f")
    except ConfigError as error:
        assert "f:" in str(error)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("a=1\n#---\nb=2", [["a"], ["b"]]),
        ("a=1\n# x\n#---\nb=2", [["a", "b"]]),
        ("a=1\n! x\n#---\nb=2", [["a"], ["b"]]),
        ("a=1\n#---\n# x\nb=2", [["a", "b"]]),
        ("a=1\n#---\n\nb=2", [["a"], ["b"]]),
        ("a=1\n #---\nb=2", [["a", "b"]]),
        ("a=1\n#--- \t\nb=2", [["a"], ["b"]]),
        ("#---\na=1\n#---\n", [["a"]]),
    ],
)
def test_a_mark_beside_a_comment_parts_nothing(text: str, documents: list[list[str]]) -> None:
    """Above it one of its own kind counts, below it any."""
    assert [list(document) for document in parse_properties(text, "f")] == documents


def test_a_value_without_a_key_is_dropped() -> None:
    """As Spring does."""
    assert [list(document) for document in parse_properties("=j\na=1", "f")] == [["a"]]


@pytest.mark.parametrize(
    ("value", "parts"),
    [("", [""]), ("a, b ,c", ["a", "b ", "c"]), (r"x\,y,z", ["x,y", "z"]), (r"x\\,y", ["x\\", "y"]), ("a,", ["a", ""]),
     (",", ["", ""])],
)  # fmt: skip
def test_lists_in_one_line(value: str, parts: list[str]) -> None:
    """Commas part, escaped ones do not; blanks go only in front, as in Spring."""
    (document,) = parse_properties(f"k[]={value}", "f")
    assert {key: each.value for key, each in document.items()} == {
        f"k[{n}]": part for n, part in enumerate(parts)
    }


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=12), max_size=5))
def test_what_java_writes_is_read_back(content: dict[str, str]) -> None:
    """Escaped as java.util.Properties does; keys are trimmed and `[]` has a meaning of its own."""
    content = {key: value for key, value in content.items() if key == key.strip(" \t\f") and key[-2:] != "[]"}
    lines = "".join(f"{_stored(key, True)}={_stored(value, False)}\n" for key, value in content.items())
    read: dict[str, str] = {}
    for document in parse_properties(lines, "f"):
        read |= {key: value.value for key, value in document.items()}
    assert read == content


def _stored(text: str, is_key: bool) -> str:
    """As Properties.store escapes, but for its \\u of letters."""
    named = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f", "\\": "\\\\"}
    parts = []
    for place, character in enumerate(text):
        escaped = character in "=:#!" or (character == " " and (is_key or place == 0))
        parts.append(named.get(character, f"\\{character}" if escaped else character))
    return "".join(parts)


@given(st.text(st.sampled_from(" \n\r\t\f=:#!-\\u0041ab[],\u00e9\ufeff"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No other exception than ConfigError."""
    with contextlib.suppress(ConfigError):
        parse_properties(text, "f")
