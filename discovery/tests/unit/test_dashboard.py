"""The page and its JSON."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from discovery.app import create_app
from discovery.settings import DashboardOptions, Settings

HOSTILE = "\"><script>alert(1)</script>'{{7*7}}"


@pytest.fixture
def http() -> FlaskClient:
    return create_app(Settings()).test_client()


def register(http: FlaskClient, name: str, **fields: object) -> None:
    instance = {
        "instanceId": name,
        "app": "ORDERS",
        "hostName": "h",
        "ipAddr": "10.0.0.1",
        "port": {"$": 8080, "@enabled": "true"},
        "dataCenterInfo": {"name": "MyOwn"},
    } | fields
    assert http.post("/eureka/apps/ORDERS", json={"instance": instance}).status_code == 204


class Elements(HTMLParser):
    """Start tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(html)
    return parser.found


def test_the_page_shows_the_real_registry(http: FlaskClient) -> None:
    """Services, instances, statuses and zones as registered."""
    register(http, "o1", metadata={"zone": "lyon"})
    page = http.get("/").text
    assert all(word in page for word in ("ORDERS", "o1", "h:8080", "lyon", "UP"))


def test_an_empty_registry_says_so(http: FlaskClient) -> None:
    """A sentence instead of an empty table."""
    assert "Aucune instance" in http.get("/").text


def test_three_healthy_services_raise_no_alarm(http: FlaskClient) -> None:
    """No red banner, and a sentence that explains self-preservation."""
    for name in ("a", "b", "c"):
        register(http, name)
    page = http.get("/?lang=en").text
    assert 'role="alert"' not in page
    assert "fewer than 10 instances" in page


def test_every_registered_text_is_escaped(http: FlaskClient) -> None:
    """Ids, hosts, metadata and links cannot bring script or markup."""
    register(
        http,
        HOSTILE,
        hostName=HOSTILE,
        metadata={HOSTILE: HOSTILE, "zone": HOSTILE},
        statusPageUrl="javascript:alert(1)",
        homePageUrl='http://x/"onmouseover="alert(1)',
    )
    page = http.get("/").text
    found = elements(page)
    assert [tag for tag, _ in found].count("script") == 1
    assert not any(name.startswith("on") for _, attributes in found for name in attributes)
    assert not any((attributes.get("href") or "").startswith("javascript") for _, attributes in found)
    assert "49" not in re.sub(r"<style.*?</style>|<script.*?</script>", "", page, flags=re.DOTALL)


def test_nothing_is_loaded_from_elsewhere(http: FlaskClient) -> None:
    """No external asset, and a policy that would forbid one."""
    answer = http.get("/")
    sources = [a.get("src") for _, a in elements(answer.text) if a.get("src")]
    assert sources == []
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [
        ("/", "fr-FR,fr;q=0.9", "fr"),
        ("/", "en-GB", "en"),
        ("/", "de", "fr"),
        ("/?lang=en", "fr", "en"),
        ("/?lang=xx", "en", "en"),
    ],
)
def test_the_language_follows_the_reader(http: FlaskClient, path: str, header: str, language: str) -> None:
    """The link first, then the browser, then the setting."""
    page = http.get(path, headers={"Accept-Language": header})
    assert f'<html lang="{language}">' in page.text


def test_both_languages_have_the_same_words() -> None:
    """No text is missing in one of them."""
    from discovery.adapters.texts import ENGLISH, FRENCH

    assert FRENCH.keys() == ENGLISH.keys()


def test_the_json_holds_what_the_page_shows(http: FlaskClient) -> None:
    """Leases, renewals, protection and history for machines."""
    register(http, "o1", leaseInfo={"durationInSecs": 15, "renewalIntervalInSecs": 5})
    data = http.get("/registry.json").json
    (instance,) = data["applications"][0]["instances"]
    assert (instance["id"], instance["lease_s"], instance["port"]) == ("o1", 15, 8080)
    assert data["self_preservation"]["state"] == "small"
    assert data["renewals"] == {"last_minute": 0, "expected_per_minute": 12.0}
    assert data["arrivals"][0]["instance"] == "o1"


def test_the_fragment_is_the_middle_of_the_page(http: FlaskClient) -> None:
    """What the refresh puts in place has no frame of its own."""
    assert "<html" not in http.get("/?fragment=1").text


def test_the_page_can_be_moved_or_switched_off() -> None:
    """`eureka.dashboard.path` and `enabled`."""
    moved = create_app(Settings(dashboard=DashboardOptions(path="/tableau"))).test_client()
    assert (moved.get("/tableau").status_code, moved.get("/").status_code) == (200, 404)
    assert moved.get("/tableau/registry.json").status_code == 200
    off = create_app(Settings(dashboard=DashboardOptions(enabled=False))).test_client()
    assert off.get("/").status_code == 404
