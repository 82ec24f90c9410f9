"""What a browser fetches, compressed as the gateway sends it, in every language: nothing grows unseen."""

from __future__ import annotations

from pathlib import Path

import front_weight
import pytest

pytestmark = [pytest.mark.xdist_group("front")]

FIRST, ROUTE, ALL = 150_000, 90_000, 600_000


def test_what_every_page_begins_with_is_light(dist: Path) -> None:
    """150 kB at most: the document, styles, framework and shell."""
    for locale in front_weight.locales(dist):
        assert locale.weight({"index.html", *locale.first()}) <= FIRST, locale


def test_each_route_is_light(dist: Path) -> None:
    """90 kB at most for a route with all the chunks it shares with others."""
    for locale in front_weight.locales(dist):
        weights = {route: locale.weight(files) for route, files in locale.routes().items()}
        assert len(weights) > 10
        assert {route: weight for route, weight in weights.items() if weight > ROUTE} == {}, locale


def test_all_of_it_is_light(dist: Path) -> None:
    """600 kB at most for everything there is."""
    for locale in front_weight.locales(dist):
        assert locale.weight(locale.everything()) <= ALL, locale
