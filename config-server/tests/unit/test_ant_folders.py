"""Wildcards of search-paths."""

from __future__ import annotations

import pytest

from config_server.domain.ant_folders import matching_folders

FOLDERS = ["other", "svc-a", "svc-a/sub", "svc-a/sub/low", "svc-b"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("svc-*", ["svc-a", "svc-b"]),
        ("*", ["other", "svc-a", "svc-b"]),
        ("*/sub", ["svc-a/sub"]),
        ("svc-*/*", ["svc-a/sub"]),
        ("svc-a/**", ["svc-a/sub", "svc-a/sub/low"]),
        ("**/low", ["svc-a/sub/low"]),
        ("**/sub/**", ["svc-a/sub", "svc-a/sub/low"]),
        ("svc-?", ["svc-a", "svc-b"]),
        ("**", FOLDERS),
        ("svc.*", []),
    ],
)
def test_a_star_stays_inside_its_folder(pattern: str, found: list[str]) -> None:
    """Only two stars cross a slash."""
    assert matching_folders(pattern, FOLDERS) == found
