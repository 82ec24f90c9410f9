"""What an interface declares: encoding, decoding, fallbacks, breakers, settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Protocol

import pytest

from ressort.config import load
from ressort.http import (
    ClientFactory,
    Exchange,
    InProcessTransport,
    Query,
    RemoteError,
    Reply,
    Response,
    TransportError,
    UnavailableError,
    UnreadableAnswerError,
    delete,
    feign_client,
    get,
    post,
)
from ressort.resilience import BreakerRegistry, CircuitBreakerOptions, CircuitOpenError


class Fake:
    """A transport that remembers exchanges and answers as told."""

    def __init__(self, answer: Callable[[Exchange], Reply] | Reply | Exception) -> None:
        self.answer = answer
        self.seen: list[Exchange] = []

    def send(self, exchange: Exchange) -> Reply:
        self.seen.append(exchange)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer(exchange) if callable(self.answer) else self.answer

    def close(self) -> None:
        """Nothing is open."""


def reply(body: bytes = b"null", status: int = 200, **headers: str) -> Reply:
    return Reply(status, {"Content-Type": "application/json", **headers}, body)


class Kind(StrEnum):
    """A query value."""

    NEW = "NEW"


@dataclass
class Stock:
    """A typed answer."""

    sku: str
    left: int = 0


class Spare:
    """Answers when the service is out."""

    def stock(self, sku: str) -> Stock:
        return Stock(sku, -1)


@feign_client("stock", url="http://stock.test", fallback=Spare)
class Guarded(Protocol):
    """With a fallback."""

    @get("/stock/{sku}")
    def stock(self, sku: str) -> Stock: ...


@feign_client("stock", url="http://stock.test")
class StockApi(Protocol):
    """Every kind of parameter and answer."""

    @get("/stock/{sku}", read_timeout_s=1.5)
    def stock(self, sku: str) -> Stock: ...

    @get("/stock")
    def search(
        self,
        since: date | None = None,
        seen: datetime | None = None,
        kind: Kind | None = None,
        full: bool | None = None,
        price: Decimal | None = None,
        ids: Annotated[list[str] | None, Query(collection="csv")] = None,
        tag: list[str] | None = None,
    ) -> list[Stock]: ...

    @get("/stock/{sku}")
    def whole(self, sku: str) -> Response[Stock]: ...

    @get("/stock/{sku}/label")
    def label(self, sku: str) -> bytes: ...

    @delete("/stock/{sku}")
    def drop(self, sku: str) -> None: ...

    @post("/stock", headers={"X-Kind": "bulk"})
    def add(self, rows: list[Any]) -> Any: ...


def api(transport: Fake, **more: Any) -> StockApi:
    return ClientFactory(transport=transport, **more).create(StockApi)


def test_query_values_have_their_wire_forms() -> None:
    """Dates, instants, enums, booleans, decimals and lists; None is left out."""
    there = Fake(reply(b"[]"))
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    api(there).search(date(2026, 1, 2), moment, Kind.NEW, False, Decimal("1.50"), ["a", "b"], ["x", "y"])
    assert there.seen[0].target == (
        "/stock?ids=a%2Cb&since=2026-01-02&seen=2026-01-02T03%3A04%3A00Z&kind=NEW&full=false&price=1.50&tag=x&tag=y"
    )
    api(there).search()
    assert there.seen[1].target == "/stock"


def test_answers_become_what_is_declared() -> None:
    """Dataclasses, lists of them, whole responses, bytes and nothing; unknown members are ignored."""
    row = b'{"sku":"s","left":3,"more":1}'
    assert api(Fake(reply(row))).stock("s") == Stock("s", 3)
    assert api(Fake(reply(b"[" + row + b"]"))).search() == [Stock("s", 3)]
    whole = api(Fake(reply(row, 201, ETag='"1"'))).whole("s")
    assert (whole.status, whole.headers["ETag"], whole.body) == (201, '"1"', Stock("s", 3))
    assert api(Fake(reply(b"\x00"))).label("s") == b"\x00"
    assert api(Fake(reply(b"", 204))).drop("s") is None  # type: ignore[func-returns-value]


def test_bodies_are_json() -> None:
    """The only list left over is the body; decimals are strings, instants end in Z."""
    there = Fake(reply())
    api(there).add([{"d": Decimal("2.50"), "t": datetime(2026, 1, 1, tzinfo=UTC), "s": Stock("x")}])
    assert there.seen[0].body == b'[{"d":"2.50","t":"2026-01-01T00:00:00Z","s":{"sku":"x","left":0}}]'
    assert there.seen[0].headers["X-Kind"] == "bulk"


def test_an_unreadable_success_is_an_error() -> None:
    """HTML with 200 is not turned into None."""
    with pytest.raises(UnreadableAnswerError, match="stock"):
        api(Fake(reply(b"<html>"))).stock("s")


@pytest.mark.parametrize("bad", ["", "..", "."])
def test_a_path_segment_cannot_climb(bad: str) -> None:
    """Empty and dot segments would change the route."""
    with pytest.raises(TypeError, match="path segment"):
        api(Fake(reply())).stock(bad)


def test_wrong_arguments_are_named() -> None:
    """As Python would, with the call's name."""
    with pytest.raises(TypeError, match="sku"):
        api(Fake(reply())).stock()  # type: ignore[call-arg]


def test_a_fallback_answers_for_outages_and_5xx_only() -> None:
    """Unavailable and 500 ask the fallback; a 404 is an answer and comes out."""
    out = TransportError("refused", False, False, "NewConnectionError")
    assert ClientFactory(transport=Fake(out)).create(Guarded).stock("s").left == -1
    assert ClientFactory(transport=Fake(reply(status=500))).create(Guarded).stock("s").left == -1
    with pytest.raises(RemoteError):
        ClientFactory(transport=Fake(reply(status=404))).create(Guarded).stock("s")


def test_the_breaker_of_the_service_stops_calls() -> None:
    """After the threshold nothing is sent; the error says not sent and when to come back."""
    breakers = BreakerRegistry(
        defaults=CircuitBreakerOptions(sliding_window_size=2, minimum_number_of_calls=2)
    )
    there = Fake(TransportError("silent", True, True, "ReadTimeoutError"))
    stock = api(there, breakers=breakers)
    for _ in range(2):
        with pytest.raises(UnavailableError):
            stock.add([])
    with pytest.raises(UnavailableError) as raised:
        stock.add([])
    assert isinstance(raised.value.cause, CircuitOpenError)
    assert raised.value.sent is False and 59 < (raised.value.retry_after_s or 0) <= 60
    assert len(there.seen) == 2


def test_the_default_breaker_notices_an_outage_and_its_end_soon(tmp_path: Path) -> None:
    """Ten failures open it, for five seconds; properties win over that."""
    (tmp_path / "application.yml").write_text(
        "resilience4j.circuitbreaker.instances.stock.wait-duration-in-open-state: 1s"
    )
    plain, set_up = ClientFactory(), ClientFactory(load(directory=tmp_path, environ={}))
    assert plain.breakers.get("stock").options.wait_duration_in_open_state_s == 5
    options = set_up.breakers.get("stock").options
    assert (options.wait_duration_in_open_state_s, options.minimum_number_of_calls) == (1, 10)


def test_answers_below_500_say_nothing_against_the_service() -> None:
    """Any number of 404 and 409 keeps the circuit closed."""
    breakers = BreakerRegistry(
        defaults=CircuitBreakerOptions(sliding_window_size=2, minimum_number_of_calls=2)
    )
    stock = api(Fake(reply(status=409)), breakers=breakers)
    for _ in range(5):
        with pytest.raises(RemoteError):
            stock.stock("s")


def test_settings_have_openfeigns_names(tmp_path: Path) -> None:
    """Named settings over default ones; per-method times over both; bare numbers are milliseconds."""
    (tmp_path / "application.yml").write_text(
        "spring.cloud.openfeign.client.config:\n"
        "  default: {connect-timeout: 500, readTimeout: 2000}\n"
        "  stock: {read-timeout: 3000, dismiss404: true}\n"
    )
    there = Fake(reply(b"[]"))
    stock = ClientFactory(load(directory=tmp_path, environ={}), transport=there).create(StockApi)
    stock.search()
    assert (there.seen[0].connect_timeout_s, there.seen[0].read_timeout_s) == (0.5, 3.0)
    there.answer = reply(status=404)
    assert stock.stock("s") is None
    assert there.seen[1].read_timeout_s == 1.5


def test_a_url_and_defaults_come_from_settings(tmp_path: Path) -> None:
    """A static address instead of the registry; headers and parameters sent with every call."""

    @feign_client("labels")
    class Labels(Protocol):
        @get("/labels/{id}")
        def one(self, id: str, size: int | None = None) -> Any: ...

    (tmp_path / "application.yml").write_text(
        "spring.cloud.openfeign.client.config.labels:\n"
        "  url: http://labels.test:8080/base/\n"
        "  default-request-headers: {X-Tenant: acme}\n"
        "  default-query-parameters: {v: '2'}\n"
    )
    there = Fake(reply())
    ClientFactory(load(directory=tmp_path, environ={}), transport=there).create(Labels).one("a", size=3)
    sent = there.seen[0]
    assert (sent.base_url, sent.target) == ("http://labels.test:8080/base", "/labels/a?v=2&size=3")
    assert sent.headers["X-Tenant"] == "acme"


def test_a_breaker_can_be_switched_off(tmp_path: Path) -> None:
    """Then calls go on whatever happened."""
    (tmp_path / "application.yml").write_text("spring.cloud.openfeign.circuitbreaker.enabled: false")
    there = Fake(TransportError("silent", True, True, "ReadTimeoutError"))
    stock = ClientFactory(load(directory=tmp_path, environ={}), transport=there).create(StockApi)
    for _ in range(30):
        with pytest.raises(UnavailableError):
            stock.add([])
    assert len(there.seen) == 30


def test_an_interface_without_place_or_mark_is_refused_at_once() -> None:
    """Neither url nor load balancer, no mark, no calls: TypeError when the client is made."""

    @feign_client("nowhere")
    class Nowhere(Protocol):
        @get("/")
        def root(self) -> Any: ...

    class Unmarked(Protocol):
        """No client."""

    with pytest.raises(TypeError, match="load balancer"):
        ClientFactory().create(Nowhere)
    with pytest.raises(TypeError, match="feign_client"):
        ClientFactory().create(Unmarked)


def test_applications_can_be_called_in_process() -> None:
    """The in-memory transport runs a WSGI application; an unknown address refuses."""

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        return [b'{"sku": "%s"}' % environ["PATH_INFO"].rsplit("/", 1)[1].encode()]

    stock = ClientFactory(transport=InProcessTransport({"stock.test": app})).create(StockApi)
    assert stock.stock("s1") == Stock("s1")
    with pytest.raises(UnavailableError):
        ClientFactory(transport=InProcessTransport({})).create(StockApi).stock("s1")
