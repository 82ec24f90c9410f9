"""Versions of resources: strong ETags `"<version>-<date>"`, If-Match on writes, If-None-Match on reads.

Another representation than JSON has its form behind (`"<version>-<date>-html"`). The date is part of the tag
since derived members (days late) change with the day; a write compares the version only, because a resource
read before midnight has not been changed by the night (RFC 9110, 13.1).
"""

from __future__ import annotations

from datetime import date

import flask

from .problem import Problem


def etag(version: int, day: date, form: str = "") -> str:
    """The header value for a version number and the day its derived members were computed for.

    `form` names a representation other than JSON (`html`): two with different bytes never share a strong tag.
    """
    return f'"{version}-{day.isoformat()}-{form}"' if form else f'"{version}-{day.isoformat()}"'


def require_match(version: int, day: date) -> None:
    """The check of PUT and DELETE: 428 without If-Match, 412 (with the present ETag) when it is stale."""
    if "HTTP_IF_MATCH" not in flask.request.environ:
        raise Problem(428, "if-match-requis")
    check_match(version, day)


def check_match(version: int, day: date) -> None:
    """The check of every other write: an If-Match that was sent is honoured, `*` included."""
    given = flask.request.environ.get("HTTP_IF_MATCH")
    if given is not None and not _names_version(given, version):
        current = etag(version, day)
        raise Problem(412, "version-perimee", headers={"ETag": current}, values={"etag": current})


def is_unchanged(current: str, given: str | None) -> bool:
    """Whether an If-None-Match header names this tag, so that a read answers 304; weak comparison."""
    if given is None:
        return False
    if given.strip() == "*":
        return True
    bare = current.removeprefix("W/")
    return any(tag.removeprefix("W/") == bare for tag in _tags(given))


def is_this(current: str, given: str) -> bool:
    """Whether an If-Match header names exactly this representation, so that a read goes on; strong comparison."""
    return given.strip() == "*" or current in _tags(given)


def _tags(header: str) -> list[str]:
    return [tag.strip() for tag in header.split(",")]


def _names_version(header: str, version: int) -> bool:
    """Strong comparison of the version part; a weak tag never matches a write (RFC 9110, 13.1.1)."""
    if header.strip() == "*":
        return True
    return any(_version_of(tag) == str(version) for tag in _tags(header))


def _version_of(tag: str) -> str | None:
    if len(tag) < 2 or tag[0] != '"' or tag[-1] != '"':
        return None
    return tag[1:-1].partition("-")[0]
