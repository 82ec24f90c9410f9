"""The letter itself, for a frame of the page that shows it."""

from __future__ import annotations

from typing import Any

import pytest

HTML = {"Accept": "text/html"}
NAVIGATEUR = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def url(http: Any) -> str:
    """A notification that was sent."""
    notification_id = http.recevoir(1)
    http.poste.expedier()
    return f"/notifications/{notification_id}"


@pytest.mark.parametrize("accept", [HTML, NAVIGATEUR])
def test_a_frame_gets_the_letter_alone(http: Any, url: str, accept: dict[str, str]) -> None:
    """Nothing of it runs, nothing is fetched, only our own pages frame it."""
    answer = http.client.get(url, headers=accept)
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert answer.data.decode("utf-8") == http.get(url)["html"]
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize("accept", ["application/json", "application/json, text/plain, */*", "*/*", ""])
def test_programs_get_json(http: Any, url: str, accept: str) -> None:
    """As before; caches are told that there is more than one form."""
    answer = http.client.get(url, headers={"Accept": accept})
    assert (answer.content_type, answer.headers["Vary"]) == ("application/json", "Accept")


def test_letter_and_json_have_versions_of_their_own(http: Any, url: str) -> None:
    """304 for each by its own tag, never by the other's."""
    lettre, json = http.client.get(url, headers=HTML), http.client.get(url)
    assert lettre.headers["ETag"] != json.headers["ETag"]
    for answer, form in ((lettre, HTML), (json, {})):
        again = http.client.get(url, headers={**form, "If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data, again.headers["Vary"]) == (304, b"", "Accept")
    assert http.client.get(url, headers={**HTML, "If-None-Match": json.headers["ETag"]}).status_code == 200


def test_a_letter_that_is_not_written_yet_is_not_found(http: Any) -> None:
    """It is written when it leaves; the problem says so, in JSON."""
    answer = http.client.get(f"/notifications/{http.recevoir(1)}", headers=HTML)
    assert (answer.status_code, answer.json["code"]) == (404, "message-pas-encore-redige")
    assert http.client.get("/notifications/nobody", headers=HTML).json["code"] == "notification-introuvable"
