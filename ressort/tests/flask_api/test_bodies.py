"""Bodies: strict, every error at once, in the language of the service."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from orders_api import Orders, order_app


def codes(response) -> dict[str, str]:
    """pointer -> code of a 422."""
    assert response.status_code == 422, response.text
    assert response.content_type == "application/problem+json"
    return {error["pointer"]: error["code"] for error in response.json["errors"]}


def test_a_valid_body_is_taken(client, good) -> None:
    """201 with the resource, its address and its tag."""
    answer = client.post("/orders", json=good)
    assert answer.status_code == 201
    assert answer.json["lines"][0] == {
        "label": "vis",
        "quantity": "2.5",
        "price_cents": 100,
        "total_cents": 250,
    }
    assert answer.headers["Location"] == "http://localhost/orders/o001"
    assert answer.headers["ETag"] == '"1-2026-11-20"'


def test_every_error_of_the_body_comes_at_once(client) -> None:
    """Wrong types, unknown and read-only members, bad values and rules between fields, by pointer."""
    body = {
        "id": "x",
        "customer": 3,
        "kind": "OTHER",
        "zz/z": 1,
        "ordered_on": "2026-02-03",
        "wanted_on": "2026-02-01",
        "lines": [
            {"label": "", "quantity": 2.5, "price_cents": 1.5},
            {"label": "a\nb", "quantity": "0", "price_cents": 0, "total_cents": 1},
            {"quantity": "1.23456", "price_cents": True},
            7,
        ],
    }
    assert codes(client.post("/orders", json=body)) == {
        "/id": "champ-en-lecture-seule",
        "/lines/1/total_cents": "champ-en-lecture-seule",
        "/customer": "texte-attendu",
        "/kind": "valeur-inconnue",
        "/zz~1z": "champ-inconnu",
        "/wanted_on": "too-early",
        "/lines/0/label": "trop-court",
        "/lines/0/quantity": "nombre-a-virgule-refuse",
        "/lines/0/price_cents": "nombre-a-virgule-refuse",
        "/lines/1/label": "caractere-interdit",
        "/lines/1/quantity": "hors-limites",
        "/lines/1/price_cents": "hors-limites",
        "/lines/2/label": "champ-requis",
        "/lines/2/quantity": "trop-de-decimales",
        "/lines/2/price_cents": "entier-attendu",
        "/lines/3": "objet-attendu",
    }


def test_a_float_for_money_says_what_to_send(client, good) -> None:
    """Even 100.0: the text tells an integer or a decimal string is due."""
    good["lines"][0].update(price_cents=100.0, quantity=2.5)
    details = {e["pointer"]: e["detail"] for e in client.post("/orders", json=good).json["errors"]}
    assert "nombre entier" in details["/lines/0/price_cents"]
    assert "chaîne décimale" in details["/lines/0/quantity"]


@pytest.mark.parametrize(
    "text", ["1e3", "+1", "1.", ".5", "٣", " 1", "0x1", "NaN", "Infinity", "1_000", "01", ""]
)
def test_decimal_strings_are_plain_digits(client, good, text) -> None:
    """No exponent, sign of plus, blanks, other digits, NaN."""
    good["lines"][0]["quantity"] = text
    assert codes(client.post("/orders", json=good)) == {"/lines/0/quantity": "chaine-decimale-attendue"}


@pytest.mark.parametrize(
    "text", ["2026-02-30", "1700006400", "2026-11-20T00:00:00", "20261120", "2026-1-2", 20261120]
)
def test_dates_are_iso_and_exist(client, good, text) -> None:
    """YYYY-MM-DD only."""
    assert codes(client.post("/orders", json={**good, "ordered_on": text})) == {
        "/ordered_on": "date-invalide"
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1999-12-31", "date-hors-limites"),
        ("2100-01-01", "date-hors-limites"),
        ("0001-01-01", "date-hors-limites"),
        ("2026-02-30", "date-invalide"),
        (None, None),
        ("2000-01-01", None),
        ("2099-12-31", None),
    ],
)
def test_days_stay_between_their_bounds(client, good, text, code) -> None:
    """Both days included; in a query it is a 400 naming the parameter."""
    answer = client.post("/orders", json={**good, "due_on": text})
    assert (codes(answer) if code else answer.status_code) == ({"/due_on": code} if code else 201)
    if text is not None:
        asked = client.get(f"/orders?until={text}")
        assert asked.status_code == (400 if code else 200)
        assert not code or asked.json["errors"][0]["parameter"] == "until"


def test_the_bounds_of_a_day_are_told(client, good) -> None:
    """A person reads which days are taken."""
    (error,) = client.post("/orders", json={**good, "due_on": "0001-01-01"}).json["errors"]
    assert error["detail"] == "Une date du 2000-01-01 au 2099-12-31 est attendue."


@pytest.mark.parametrize(
    ("field", "detail"),
    [
        ("kind", "Une de ces valeurs est attendue : STOCK ou DIRECT."),
        ("colour", "Une de ces valeurs est attendue : red, black or white ou it's."),
    ],
)
def test_the_values_of_a_choice_are_listed_in_the_language(client, good, field, detail) -> None:
    """No English word and no Python quote stands in a French text."""
    (error,) = client.post("/orders", json={**good, field: "x"}).json["errors"]
    assert error["detail"] == detail


def test_the_values_of_a_choice_in_a_query_are_listed_too(client) -> None:
    """The same text for a parameter."""
    (error,) = client.get("/orders?kind=x").json["errors"]
    assert error["detail"] == "Une de ces valeurs est attendue : STOCK ou DIRECT."


@pytest.mark.parametrize(
    ("text", "taken"), [("2026-01-01T10:00:00Z", True), ("2026-01-01T10:00:00", False), ("1700000000", False)]
)
def test_instants_need_a_zone(client, good, text, taken) -> None:
    """ISO 8601 with Z or an offset."""
    assert (client.post("/orders", json={**good, "seen_at": text}).status_code == 201) is taken


def test_huge_integers_and_money_beyond_the_limit_are_refused(client, good) -> None:
    """No overflow reaches the database."""
    huge = orjson.dumps(good).replace(b"100", b"1" + b"0" * 30)
    answer = client.post("/orders", data=huge, content_type="application/json")
    assert codes(answer) == {"/lines/0/price_cents": "hors-limites"}
    good["lines"][0]["price_cents"] = 10**15 + 1
    assert codes(client.post("/orders", json=good)) == {"/lines/0/price_cents": "hors-limites"}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "json-invalide"),
        (b'{"customer": NaN}', "json-invalide"),
        (b"\xff\xfe{}", "json-invalide"),
        (b"\xef\xbb\xbf{}", "json-invalide"),
        (b'{"customer": "\\ud800"}', "json-invalide"),
        (b'{"customer": "a", "customer": "b"}', "json-cle-repetee"),
        (b'{"customer": "a", "lines": [{"label": "x:y", "label": "z"}]}', "json-cle-repetee"),
        (b"[" * 60 + b"]" * 60, None),
        (b"[" * 1000 + b"]" * 1000, "json-trop-profond"),
        (b"[" * 9000 + b"]" * 9000, "json-invalide"),
        (b"", "corps-absent"),
    ],
)
def test_what_is_not_one_json_document_is_a_400(client, raw, code) -> None:
    """Broken, ambiguous, badly encoded, absent; never a 500."""
    answer = client.post("/orders", data=raw, content_type="application/json")
    if code is None:
        assert answer.status_code == 422
    else:
        assert (answer.status_code, answer.json["code"]) == (400, code)


def test_text_with_colons_is_not_taken_for_a_repeated_key(client, good) -> None:
    """The fast check for repeated keys has no false alarm."""
    assert client.post("/orders", json={**good, "note": 'a":b "c": d :::'}).status_code == 201


def test_another_media_type_is_a_415(client) -> None:
    """Forms are not JSON; +json is."""
    assert (
        client.post("/orders", data="a=1", content_type="application/x-www-form-urlencoded").status_code
        == 415
    )
    assert client.post("/orders", data="{}", content_type="application/vnd.x+json").status_code == 422


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"", None, 200),
        (b"", "application/json", 200),
        (b"{}", "application/json", 200),
        (b"{", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"x", None, 415),
    ],
)
def test_a_route_without_a_body_takes_none_or_an_empty_object(client, orders, raw, kind, status) -> None:
    """What cannot be read is refused as everywhere, and nothing is done."""
    assert client.post("/count", data=raw, content_type=kind).status_code == status
    assert orders.effects == (1 if status == 200 else 0)


def test_a_route_without_a_body_names_what_it_does_not_know(client, orders) -> None:
    """422 with every field, before the effect; the Idempotency-Key stays free."""
    key = {"Idempotency-Key": "k"}
    assert codes(client.post("/count", json={"x": 1, "y/z": None}, headers=key)) == {
        "/x": "champ-inconnu",
        "/y~1z": "champ-inconnu",
    }
    for value in (b"[]", b"[1]", b'"x"', b"0", b"false"):
        sent = client.post("/count", data=value, content_type="application/json")
        assert codes(sent) == {"": "objet-attendu"}
    assert orders.effects == 0
    assert client.post("/count", headers=key).json == {"effects": 1}


def test_a_resource_s_route_without_a_body_judges_it_last(client, orders, good) -> None:
    """400, 404, 412, 409, then 422 and no effect; declared or not, the body is never passed over."""
    made = client.post("/orders", json=good).json
    path = f"/orders/{made['id']}/open"

    def post(path: str, **sent) -> int:
        return client.post(path, **sent).status_code

    extra = {"json": {"x": 1}}
    assert post("/orders/none/open", data=b"{", content_type="application/json") == 400
    assert post("/orders/none/open", **extra) == 404
    assert post(path, headers={"If-Match": '"9-2026-11-20"'}, **extra) == 412
    assert post(path, **extra) == 409
    orders.rows[made["id"]]["closed"] = True
    assert post(path, **extra) == 422 and orders.rows[made["id"]]["closed"] is True
    assert post(path) == 200 and orders.rows[made["id"]]["closed"] is False
    assert post(f"/orders/{made['id']}/close", **extra) == 422
    assert not orders.rows[made["id"]]["closed"]
    assert post(f"/orders/{made['id']}/close", json={}) == 200


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b'{"file": "x"}', "application/json", 415),
        (b"", "application/json", 415),
        (b"file=x", "application/x-www-form-urlencoded", 415),
        (b"file", "", 415),
        (b"", "", 422),
        (b"--b--\r\n", "multipart/form-data; boundary=b", 422),
    ],
)
def test_a_form_route_takes_multipart_only(client, raw, kind, status) -> None:
    """What the handler would find no field in is refused for its type, as on every other route."""
    answer = client.post("/files", data=raw, content_type=kind or None)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert status != 415 or "multipart/form-data" in answer.json["detail"]


def test_a_body_above_the_limit_is_a_413(client) -> None:
    """The route's own limit counts where it has one."""
    answer = client.post("/orders", data=b"x" * 20_001, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (413, "corps-trop-volumineux")
    import io

    upload = client.post("/files", data={"file": (io.BytesIO(b"y" * 50_000), "a.csv")})
    assert upload.json == {"bytes": 50_000}


def test_an_optional_body_may_be_left_out(client) -> None:
    """Its default counts."""
    assert client.post("/jobs").json == {"name": "none"}
    assert client.post("/jobs", json={"name": "x"}).json == {"name": "x"}


def test_text_is_only_text(client, good) -> None:
    """HTML and SQL come back as they were sent."""
    nasty = "<b>'; DROP TABLE x;--"
    assert client.post("/orders", json={**good, "customer": nasty}).json["customer"] == nasty


def test_a_bulk_body_judges_each_element(client, good) -> None:
    """One bad row refuses itself only; too many rows or no array refuse all."""
    answer = client.post("/orders/bulk", json=[good, {"customer": ""}])
    assert [row["ok"] for row in answer.json] == [True, False]
    assert answer.json[1]["errors"] == [
        {"pointer": "/customer", "code": "trop-court", "detail": "1 caractère(s) au moins sont attendus."}
    ]
    assert codes(client.post("/orders/bulk", json=[good] * 4)) == {"": "trop-d-elements"}
    assert codes(client.post("/orders/bulk", json=good)) == {"": "liste-attendue"}


def test_english_texts_with_the_same_codes(good) -> None:
    """The language changes what people read, not what programs compare."""
    client = order_app(Orders(), locale="en_GB").test_client()
    good["lines"][0]["price_cents"] = 1.5
    error = client.post("/orders", json=good).json["errors"][0]
    assert (error["code"], "whole number" in error["detail"]) == ("nombre-a-virgule-refuse", True)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**63), 2**64 - 1)
    | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["customer", "lines", "label", "quantity", "kind", "ordered_on", "id", "zz"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_document_makes_a_500(value) -> None:
    """Whatever is sent, the answer is 201 or a 422 whose pointers are right."""
    client = APP.test_client()
    answer = client.post("/orders", data=orjson.dumps(value), content_type="application/json")
    assert answer.status_code in (201, 422)
    for error in (answer.json or {}).get("errors", []) if answer.status_code == 422 else []:
        assert error["pointer"] == "" or error["pointer"].startswith("/")


APP = order_app(Orders())
