"""Which form an Accept header gets."""

from __future__ import annotations

import pytest

from discovery.adapters.negotiation import accepts_gzip, form_of
from ressort.discovery.wire import Form


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, Form.XML),
        ("", Form.XML),
        ("*/*", Form.XML),
        ("application/json", Form.JSON),
        ("application/json, application/*+json", Form.JSON),
        ("application/json, text/plain, */*", Form.JSON),
        ("application/xml", Form.XML),
        ("text/xml;q=0.9", Form.XML),
        ("application/xml, application/json", Form.JSON),
        ("application/xml, application/json;q=0.5", Form.XML),
        ("application/json;q=0", None),
        ("text/html", None),
        ("text/html, */*;q=0.1", Form.XML),
        ("application/json;q=rubbish", None),
    ],
)
def test_the_form_follows_the_header(accept: str | None, form: Form | None) -> None:
    """XML for the silent, JSON when it is named and not liked less."""
    assert form_of(accept, None) is form


def test_the_compact_form_is_asked_by_its_own_header() -> None:
    """In any case; unknown words mean the full form."""
    assert form_of("application/json", "Compact") is Form.JSON_COMPACT
    assert form_of(None, "compact") is Form.XML_COMPACT
    assert form_of(None, "tiny") is Form.XML


@pytest.mark.parametrize(
    ("header", "offered"),
    [(None, False), ("gzip", True), ("gzip;q=0", False), ("identity", False), ("deflate, gzip;q=0.5", True)],
)
def test_gzip_only_when_offered(header: str | None, offered: bool) -> None:
    """A weight of zero is a refusal."""
    assert accepts_gzip(header) is offered
