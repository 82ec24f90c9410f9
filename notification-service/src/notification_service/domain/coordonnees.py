"""Addresses that a person types: their form, before anything is sent."""

from __future__ import annotations

import re

_COURRIEL = re.compile(
    r"[^\s@<>\"(),:;\[\]\\]{1,64}@(?:[^\s@<>\"(),:;\[\]\\.]{1,63}\.)+[^\s@<>\"(),:;\[\]\\.]{2,63}"
)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def est_courriel(adresse: str) -> bool:
    """Whether it has the form of an e-mail address: a name, an at sign, a domain with a dot."""
    return len(adresse) <= 254 and _COURRIEL.fullmatch(adresse) is not None


def est_telephone(numero: str) -> bool:
    """Whether it is a number in international form (E.164), such as ``+33612345678``."""
    return _E164.fullmatch(numero) is not None
