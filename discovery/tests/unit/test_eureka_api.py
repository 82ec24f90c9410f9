"""Eureka's REST through the WSGI application: codes, empty bodies, slashes, forms."""

from __future__ import annotations

import gzip
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from discovery.app import create_app
from discovery.settings import Settings
from ressort.discovery.wire import read_applications, read_instance

JSON = {"Accept": "application/json"}


@pytest.fixture
def http() -> FlaskClient:
    return create_app(Settings()).test_client()


def body(**fields: Any) -> dict[str, Any]:
    instance = {
        "instanceId": "h:orders:1",
        "app": "ORDERS",
        "hostName": "h",
        "ipAddr": "10.0.0.1",
        "port": {"$": 1, "@enabled": "true"},
        "dataCenterInfo": {"@class": "x", "name": "MyOwn"},
        "vipAddress": "orders,shop",
        "lastDirtyTimestamp": "100",
    }
    return {"instance": instance | fields}


@pytest.fixture
def registered(http: FlaskClient) -> FlaskClient:
    assert http.post("/eureka/apps/orders", json=body()).status_code == 204
    return http


def ids(http: FlaskClient, path: str = "/eureka/apps") -> list[str]:
    return [i.id for i in read_applications(http.get(path, headers=JSON).data).instances]


@pytest.mark.parametrize(
    "path",
    [
        "/eureka/apps",
        "/eureka/apps/",
        "/eureka//apps",
        "/eureka/v2/apps",
        "/eureka/v1/apps/",
    ],
)
def test_every_spelling_of_the_path_works_without_redirect(registered: FlaskClient, path: str) -> None:
    """Version, doubled and trailing slashes."""
    answer = registered.get(path, headers=JSON)
    assert answer.status_code == 200
    assert b"h:orders:1" in answer.data


def test_registration_answers_204_without_body(http: FlaskClient) -> None:
    """Anything else counts as a failure for Java, JavaScript and Go."""
    answer = http.post("/eureka/apps/orders", json=body())
    assert (answer.status_code, answer.data) == (204, b"")


def test_an_xml_registration_is_accepted(http: FlaskClient) -> None:
    """Go's client speaks XML only."""
    xml = (
        "<instance><instanceId>x</instanceId><hostName>h</hostName><app>orders</app><ipAddr>1.1.1.1</ipAddr>"
        '<port enabled="true">80</port><dataCenterInfo class="c"><name>MyOwn</name></dataCenterInfo></instance>'
    )
    answer = http.post("/eureka/apps/ORDERS", data=xml, content_type="application/xml")
    assert answer.status_code == 204
    assert ids(http) == ["x"]


def test_a_gzipped_registration_is_accepted(http: FlaskClient) -> None:
    """Peers compress; the original refuses."""
    answer = http.post(
        "/eureka/apps/orders",
        data=gzip.compress(orjson.dumps(body())),
        headers={"Content-Encoding": "gzip", "Content-Type": "application/json"},
    )
    assert answer.status_code == 204


def test_a_gzip_bomb_is_refused(http: FlaskClient) -> None:
    """What would inflate beyond a megabyte is a bad request."""
    answer = http.post(
        "/eureka/apps/orders",
        data=gzip.compress(b" " * 50_000_000),
        headers={"Content-Encoding": "gzip", "Content-Type": "application/json"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"hostName": ""}, b"Missing hostname"),
        ({"ipAddr": None}, b"Missing ip address"),
        ({"app": ""}, b"Missing appName"),
        ({"app": "billing"}, b"Mismatched appName, expecting ORDERS but was BILLING"),
        ({"dataCenterInfo": None}, b"Missing dataCenterInfo"),
        ({"dataCenterInfo": {"@class": "x"}}, b"Missing dataCenterInfo Name"),
    ],
)
def test_incomplete_instances_are_refused_in_eurekas_words(
    http: FlaskClient, fields: dict[str, Any], words: bytes
) -> None:
    """400 with the reason as text."""
    answer = http.post("/eureka/apps/orders", json=body(**fields))
    assert (answer.status_code, answer.data) == (400, words)


def test_unparsable_bodies_are_refused_in_their_own_format(http: FlaskClient) -> None:
    """JSON error for JSON, XML error for XML, 415 for the rest."""
    post = http.post
    assert post("/eureka/apps/a", data="{", content_type="application/json").json == {
        "error": "cannot parse request body"
    }
    xml = post("/eureka/apps/a", data="<!DOCTYPE a><a/>", content_type="application/xml")
    assert (xml.status_code, xml.data) == (
        400,
        b"<error><message>cannot parse request body</message></error>",
    )
    assert post("/eureka/apps/a", data="a=b", content_type="text/plain").status_code == 415


def test_heartbeats_have_empty_answers(registered: FlaskClient) -> None:
    """200 known, 404 unknown or newer, never a word."""
    for path, status in [
        ("/eureka/apps/ORDERS/h:orders:1?status=UP&lastDirtyTimestamp=100", 200),
        ("/eureka/apps/orders/h%3Aorders%3A1/", 200),
        ("/eureka/apps/ORDERS/h:orders:1?lastDirtyTimestamp=101", 404),
        ("/eureka/apps/ORDERS/nobody", 404),
    ]:
        answer = registered.put(path, data="{}")
        assert (answer.status_code, answer.data) == (status, b""), path
    assert registered.put("/eureka/apps/ORDERS/h:orders:1?lastDirtyTimestamp=x").status_code == 400


def test_a_replicated_beat_behind_gets_our_copy(registered: FlaskClient) -> None:
    """409 with the stored instance."""
    answer = registered.put(
        "/eureka/apps/ORDERS/h:orders:1?lastDirtyTimestamp=99",
        headers=JSON | {"x-netflix-discovery-replication": "true"},
    )
    assert answer.status_code == 409
    assert read_instance(answer.data, True).id == "h:orders:1"


@pytest.mark.parametrize("instance_id", ["test#1.[3.?]!", "a b", "é", "a/b", "a%b"])
def test_any_instance_id_can_be_addressed(http: FlaskClient, instance_id: str) -> None:
    """Percent-encoded by the client."""
    from urllib.parse import quote

    http.post("/eureka/apps/orders", json=body(instanceId=instance_id))
    path = f"/eureka/instances/{quote(instance_id, safe='')}"
    answer = http.get(path, headers=JSON)
    if "/" in instance_id:
        assert answer.status_code == 404  # a WSGI server has decoded the slash; our own engine has not
    else:
        assert read_instance(answer.data, True).id == instance_id


def test_a_form_encoded_id_is_found(http: FlaskClient) -> None:
    """Steeltoe writes a space as plus."""
    http.post("/eureka/apps/orders", json=body(instanceId="a b"))
    assert http.put("/eureka/apps/ORDERS/a+b").status_code == 200


def test_cancel(registered: FlaskClient) -> None:
    """200 once, 404 afterwards."""
    assert registered.delete("/eureka/apps/ORDERS/h:orders:1").status_code == 200
    again = registered.delete("/eureka/apps/ORDERS/h:orders:1")
    assert (again.status_code, again.data) == (404, b"")
    assert ids(registered) == []


def test_an_eviction_leaves_its_reason(registered: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """On the page, in the history and in the log; a reason of several lines is refused and nobody leaves."""
    path = "/eureka/apps/ORDERS/h:orders:1"
    assert registered.delete(f"{path}?motif=a%0Ab").status_code == 400
    assert registered.delete(f"{path}?motif={'x' * 201}").status_code == 400
    assert ids(registered) != []
    assert registered.delete(f"{path}?motif=disque%C2%A0mort").status_code == 200
    (gone,) = registered.get("/registry.json").get_json()["departures"]
    assert (gone["kind"], gone["reason"]) == ("cancelled", "disque\u00a0mort")
    assert "(disque\u00a0mort)" in registered.get("/").text
    assert "h:orders:1 (ORDERS) was evicted by an operator: disque\u00a0mort" in caplog.text


def test_status_override(registered: FlaskClient) -> None:
    """Put and delete, with 400 for a word that is no status."""
    path = "/eureka/apps/ORDERS/h:orders:1/status"
    assert registered.put(f"{path}?value=OUT_OF_SERVICE").status_code == 200
    assert b'"status":"OUT_OF_SERVICE"' in registered.get("/eureka/apps/ORDERS", headers=JSON).data
    assert registered.get("/eureka/serverinfo/statusoverrides").json == {"h:orders:1": "OUT_OF_SERVICE"}
    assert registered.delete(f"{path}?value=UP").status_code == 200
    assert b'"status":"UP"' in registered.get("/eureka/apps/ORDERS", headers=JSON).data
    assert registered.put(f"{path}?value=SLEEPING").status_code == 400
    assert registered.put("/eureka/apps/ORDERS/nobody/status?value=UP").status_code == 404


def test_what_operators_did_is_told_with_their_reasons(
    registered: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Newest first, on the page and as JSON; what changes nothing is no act, a bad reason changes nothing."""
    path = "/eureka/apps/ORDERS/h:orders:1"
    for bad in ("a%0Ab", "x" * 201):
        assert registered.put(f"{path}/status?value=OUT_OF_SERVICE&motif={bad}").status_code == 400
        assert registered.delete(f"{path}/status?value=UP&motif={bad}").status_code == 400
    registered.delete(f"{path}/status?value=UP&motif=rien")
    assert registered.get("/eureka/serverinfo/operatoracts").json == []
    for _ in range(2):
        registered.put(f"{path}/status?value=OUT_OF_SERVICE&motif=disque%20plein")
    registered.delete(f"{path}/status?value=UP&motif=disque%20vid%C3%A9")
    registered.put(f"{path}/status?value=DOWN")
    registered.delete(f"{path}?motif=mort")
    told = registered.get("/eureka/serverinfo/operatoracts").json
    assert [(act["kind"], act["status"], act["reason"]) for act in told] == [
        ("evicted", None, "mort"),
        ("overridden", "DOWN", ""),
        ("restored", None, "disque vidé"),
        ("overridden", "OUT_OF_SERVICE", "disque plein"),
    ]
    assert {(act["app"], act["instance"]) for act in told} == {("ORDERS", "h:orders:1")}
    assert registered.get("/registry.json").get_json()["acts"] == told
    assert "(disque plein)" in registered.get("/").text
    assert "h:orders:1 (ORDERS) was set to OUT_OF_SERVICE by an operator: disque plein" in caplog.text
    assert "h:orders:1 (ORDERS) was put back by an operator: disque vidé" in caplog.text


def test_metadata_update(registered: FlaskClient) -> None:
    """Merged, the first value per key."""
    path = "/eureka/apps/ORDERS/h:orders:1/metadata?weight=3&weight=4&zone=lyon"
    assert registered.put(path).status_code == 200
    info = read_instance(registered.get("/eureka/instances/h:orders:1", headers=JSON).data, True)
    assert info.metadata == {"weight": "3", "zone": "lyon"}


def test_applications_and_virtual_hosts(registered: FlaskClient) -> None:
    """404 for an application nobody serves, an empty registry for such a virtual host."""
    assert registered.get("/eureka/apps/orders").status_code == 200
    assert registered.get("/eureka/apps/nobody").status_code == 404
    assert ids(registered, "/eureka/vips/shop") == ["h:orders:1"]
    assert ids(registered, "/eureka/svips/shop") == []
    nobody = registered.get("/eureka/vips/nobody", headers=JSON).json["applications"]
    assert nobody == {"versions__delta": "-1", "apps__hashcode": "", "application": []}


def test_delta_tells_version_hash_and_action(registered: FlaskClient) -> None:
    """What our own client relies on."""
    delta = read_applications(registered.get("/eureka/apps/delta", headers=JSON).data)
    assert delta.registry_hash == "UP_1_"
    assert int(delta.version) > 1
    assert [i.action for i in delta.instances] == ["ADDED"]


def test_xml_by_default_and_406_for_what_cannot_be(registered: FlaskClient) -> None:
    """Clients that say nothing read only XML."""
    answer = registered.get("/eureka/apps")
    assert answer.content_type.startswith("application/xml")
    assert answer.data.startswith(b"<applications><versions__delta>1</versions__delta>")
    refused = registered.get("/eureka/apps", headers={"Accept": "text/html"})
    assert (refused.status_code, refused.data) == (406, b"")


def test_gzip_when_offered(registered: FlaskClient) -> None:
    """The whole registry compressed, plain otherwise."""
    zipped = registered.get("/eureka/apps", headers=JSON | {"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == registered.get("/eureka/apps", headers=JSON).data


def test_methods_that_are_not_allowed_say_which_are(http: FlaskClient) -> None:
    """405 with Allow and no body; OPTIONS answers the same list."""
    answer = http.post("/eureka/apps")
    assert (answer.status_code, answer.data, answer.headers["Allow"]) == (405, b"", "GET, HEAD, OPTIONS")
    assert http.options("/eureka/apps/A/b").headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, PUT"


@pytest.mark.parametrize("path", ["/eureka", "/eureka/nothing", "/eureka/apps/a/b/c", "/eureka/v2"])
def test_unknown_paths_are_empty_404s(http: FlaskClient, path: str) -> None:
    """Never a page of HTML."""
    answer = http.get(path)
    assert (answer.status_code, answer.data) == (404, b"")
