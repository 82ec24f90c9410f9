"""The form of addresses that a person types."""

from __future__ import annotations

import pytest

from notification_service.domain.coordonnees import est_courriel, est_telephone


@pytest.mark.parametrize(
    "adresse", ["a@b.fr", "jean.o'neil+factures@sous.domaine.example", "jürgen@müller.de", "x" * 64 + "@b.fr"]
)
def test_these_are_addresses(adresse: str) -> None:
    """Letters of any language; whether anybody reads there is for the carrier to say."""
    assert est_courriel(adresse)


@pytest.mark.parametrize(
    "adresse",
    [
        "",
        "a",
        "a@b",
        "a@b.",
        "@b.fr",
        "a@.fr",
        "a@@b.fr",
        "a b@c.fr",
        "a@b.fr,c@d.fr",
        "<a@b.fr>",
        "x" * 65 + "@b.fr",
        "a@b.fr\n",
        f"a@{'b.' * 130}fr",
    ],
)
def test_these_are_none(adresse: str) -> None:
    """Never two, never a header."""
    assert not est_courriel(adresse)


def test_a_number_is_in_international_form() -> None:
    """E.164."""
    assert est_telephone("+33612345678")
    assert [est_telephone(n) for n in ("0612345678", "+33 6 12 34 56 78", "+0612345678", "+336\n", "+3")] == [
        False
    ] * 5
