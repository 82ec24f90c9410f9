"""The JDK's XML form of properties."""

from __future__ import annotations

import contextlib
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.config import ConfigError, read_documents
from ressort.config.xml_documents import parse_xml

HEAD = '<?xml version="1.0"?>\n<!DOCTYPE properties SYSTEM "http://java.sun.com/dtd/properties.dtd">\n'


def flat(text: str) -> dict[str, object]:
    (document,) = parse_xml(text.encode(), "f.xml")
    return {key: value.value for key, value in document.items()}


def test_entries_are_texts() -> None:
    """Blanks stay, references and sections are read, the last of one key wins, comments and stray text go."""
    entries = (
        '<comment>c</comment> x <entry key="a.b"> 1 &amp; 2 </entry><entry key="k"><![CDATA[<x>]]></entry>'
    )
    assert flat(f'{HEAD}<properties>{entries}<entry key="k">é</entry><entry key="l[]">a,b</entry></properties>') == {
        "a.b": " 1 & 2 ", "k": "é", "l[]": "a,b",
    }  # fmt: skip
    assert flat(f"{HEAD}<properties/>") == {}


ENTITY = '<!DOCTYPE properties [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE properties SYSTEM "http://java.sun.com/dtd/properties.dtd" [<!ENTITY e "ha">]>'


@pytest.mark.parametrize(
    "text",
    [
        '<properties><entry key="k">x</entry></properties>',
        f'{ENTITY}<properties><entry key="k">&e;</entry></properties>',
        f'{LAUGHS}<properties><entry key="k">&e;</entry></properties>',
        '<!DOCTYPE properties SYSTEM "http://elsewhere/x.dtd"><properties/>',
        f"{HEAD}<properties><entry>x</entry></properties>",
        f'{HEAD}<properties><other key="k">x</other></properties>',
        f'{HEAD}<properties><entry key="k">a<entry key="b"/></entry></properties>',
        f"{HEAD}<root/>",
        f'{HEAD}<properties><entry key="k">x',
        '<?xml version="1.0" encoding="nonsense"?><properties/>',
        "",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """Entities of its own above all: nothing is fetched, nothing explodes."""
    with pytest.raises(ConfigError, match=r"f\.xml"):
        flat(text)


def test_such_files_are_read_by_their_extension() -> None:
    """Activation counts there too."""
    entry = '<entry key="spring.config.activate.on-profile">dev</entry>'
    (document,) = read_documents(f"{HEAD}<properties>{entry}</properties>".encode(), "f.xml", "xml")
    assert document.active_for(["dev"])
    assert not document.active_for(["x"])


@given(st.text(st.sampled_from("<>/&;![]\"'= entrykpos?xml-\x00é"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No other exception than ConfigError."""
    with contextlib.suppress(ConfigError):
        flat(HEAD + text)


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.text("ab <&\"'>é"), max_size=4
    )
)
def test_what_is_written_is_read_back(content: dict[str, str]) -> None:
    """Whatever the texts hold."""
    entries = "".join(
        f"<entry key={quoteattr(key)}>{escape(value)}</entry>" for key, value in content.items()
    )
    assert flat(f"{HEAD}<properties>{entries}</properties>") == content
