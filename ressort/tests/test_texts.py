"""`ressort.texts`."""

from __future__ import annotations

import pytest

from ressort.texts import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hélène", "helene"),
        ("ÇA Où", "ca ou"),
        ("Straße", "strasse"),
        ("No\u0308el", "noel"),
        ("\ufb01n", "fin"),
        ("Œuvre", "oeuvre"),
        ("cœur ex æquo", "coeur ex aequo"),
        ("№ 12 ﬃ", "no 12 ffi"),
        ("FA-2026_001 %", "fa-2026_001 %"),
        ("", ""),
    ],
)
def test_accents_and_case_are_gone(text: str, folded: str) -> None:
    """Composed or not, ligatures opened; what is no letter stays; folding twice changes nothing."""
    assert fold(text) == folded
    assert fold(folded) == folded
